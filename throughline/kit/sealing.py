"""A secret that is kept in two halves, so that neither of the two places can tell it.

The pad is made from a key of 256 random bits that is used for one handing over only, and from a name that stands for
one secret only: nothing is ever covered by the same pad twice.
"""

import hmac
from itertools import starmap
from operator import xor


def seal(secret: str, *, key: str, name: str) -> str:
    """One half of a short secret; `key` is kept somewhere else."""
    covered = secret.encode()
    pad = _pad(key, name)
    if len(covered) > len(pad):
        raise ValueError("too long to be sealed")
    return bytes(starmap(xor, zip(covered, pad, strict=False))).hex()


def unseal(sealed: str, *, key: str, name: str) -> str:
    """The secret again. With another key it is nothing that opens anything."""
    return bytes(starmap(xor, zip(bytes.fromhex(sealed), _pad(key, name), strict=False))).decode(
        errors="replace"
    )


def _pad(key: str, name: str) -> bytes:
    return hmac.digest(key.encode(), name.encode(), "sha512")
