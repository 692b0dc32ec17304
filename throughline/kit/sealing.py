"""A secret that is kept in two halves, so that neither of the two places can tell it.

The pad is made from a key of 256 random bits that is used for one handing over only, and from a name that stands for
one secret only: nothing is ever covered by the same pad twice.
"""

import hashlib
import hmac
import zlib
from base64 import b64decode, b64encode
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


def seal_text(text: str, *, key: str) -> str:
    """A text of any length, covered with a key that is used for this one text only; a change to it is noticed."""
    plain = zlib.compress(text.encode())
    covered = _covered(plain, key)
    return b64encode(_proof(covered, key) + covered).decode()


def unseal_text(sealed: str, *, key: str) -> str | None:
    """The text again, or None: another key, or something was changed."""
    try:
        raw = b64decode(sealed, validate=True)
    except ValueError:
        return None
    proof, covered = raw[:32], raw[32:]
    if not hmac.compare_digest(proof, _proof(covered, key)):
        return None
    return zlib.decompress(_covered(covered, key)).decode()


def _covered(plain: bytes, key: str) -> bytes:
    stream = hashlib.shake_256(b"cover " + key.encode()).digest(len(plain))
    return (int.from_bytes(plain) ^ int.from_bytes(stream)).to_bytes(len(plain))


def _proof(covered: bytes, key: str) -> bytes:
    return hmac.digest(b"proof " + key.encode(), covered, "sha256")


def _pad(key: str, name: str) -> bytes:
    return hmac.digest(key.encode(), name.encode(), "sha512")
