"""Codes on slips and tokens of drafts: how they are drawn, how they are typed, and what of them is kept.

What is kept is an HMAC under the server's secret key: who has the database alone can try no code against it.
"""

import secrets

from django.utils.crypto import salted_hmac

# Letters and digits that are not taken for one another when they are read from paper.
TYPED = "abcdefghjkmnpqrstuvwxyz23456789"
CODE = 12  # 59 bits: nobody finds one by trying
_DRAWN = 32
_LONGEST = 100


def new_code() -> str:
    """A one-time code as it is typed, without the spaces that make it easier to read (`in_groups`)."""
    return "".join(secrets.choice(TYPED) for _each in range(CODE))


def in_groups(code: str) -> str:
    """As it is printed: `abcd efgh jkmn`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def clean_code(typed: str) -> str:
    """What somebody typed, as it was given out: capitals, spaces and dashes make no difference."""
    return "".join(each for each in typed[:_LONGEST].lower() if each in TYPED)


def code_hash(code: str) -> str:
    """What is kept of a code (`Slip`, `Spent`)."""
    return salted_hmac("throughline.voices.code", clean_code(code), algorithm="sha256").hexdigest()


def new_token() -> str:
    """What finds a draft again; it stands in a cookie and is neither the code nor made from it."""
    return secrets.token_urlsafe(_DRAWN)


def token_hash(token: str) -> str:
    """What is kept of a token (`Draft`)."""
    return salted_hmac("throughline.voices.draft", token, algorithm="sha256").hexdigest()
