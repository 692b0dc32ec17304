"""Codes on slips and tokens of drafts: how they are drawn, how they are typed, and what of them is kept.

What is kept is an HMAC under the server's secret key: who has the database alone can try no code against it.
"""

import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

# Letters and digits that are not taken for one another when they are read from paper.
TYPED = "abcdefghjkmnpqrstuvwxyz23456789"
CODE = 12  # 59 bits: nobody finds one by trying
_DRAWN = 32
_LONGEST = 100


def new_code() -> str:
    """A one-time code as it is typed, without the spaces that make it easier to read (`in_groups`)."""
    return "".join(secrets.choice(TYPED) for _each in range(CODE))


def new_seed() -> str:
    """What the code of a letter is made from (`code_of`), so that no code stands anywhere while the letter waits."""
    return secrets.token_urlsafe(_DRAWN)


def code_of(seed: str) -> str:
    """The code that belongs to a seed, the same each time: a letter that is tried again brings no other."""
    digest = salted_hmac("throughline.voices.letter", seed, algorithm="sha256").digest()
    number, found = int.from_bytes(digest), ""
    for _each in range(CODE):
        number, place = divmod(number, len(TYPED))
        found += TYPED[place]
    return found


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


def address_hash(asked_id: UUID, address: str) -> str:
    """What is kept of an address to which a letter of this group went (`WrittenTo`). Addresses are few enough to be tried
    by somebody who has the server's key as well: it is gone when the listening is closed.
    """
    return salted_hmac(
        "throughline.voices.address", f"{asked_id} {address.lower()}", algorithm="sha256"
    ).hexdigest()
