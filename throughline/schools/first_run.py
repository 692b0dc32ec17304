"""The key of the first run: on a public server, the first-run page is for whoever set the server up, not for whoever
comes first. `manage.py prepare` prints it; it follows from the secret key, so that nothing is kept.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _LONG = 4, 4


def first_run_key() -> str:
    """80 bits as four groups of letters and digits that nobody mixes up."""
    digest = salted_hmac("throughline.first-run", "key", algorithm="sha256").digest()
    letters = [_ALPHABET[byte % len(_ALPHABET)] for byte in digest[: _GROUPS * _LONG]]
    return "-".join("".join(letters[place : place + _LONG]) for place in range(0, len(letters), _LONG))


def is_first_run_key(given: str) -> bool:
    """Whether somebody typed it, however they wrote its letters and dashes."""
    typed = "".join(given.split()).replace("-", "").upper()
    return constant_time_compare(typed, first_run_key().replace("-", ""))
