"""Words that the database alone cannot open: encrypted with a key that lies in a file outside of it.

The recipe is Fernet (AES-128-CBC and HMAC-SHA256, from the library `cryptography`). What is sealed says inside whose it
is, so that a row put in another's place opens nothing; it is filled up to a few fixed lengths, so that its length does
not tell how much somebody wrote; and it carries no time. Each line of the file is a key: the first seals, all open.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

SHORT = 1024
LONG = 16 * 1024


class CannotOpen(Exception):
    """The key that sealed this is not on this server, or the words were put in another's place."""


def seal_up(said: Any, *, whose: str, at_least: int = SHORT) -> str:
    """Seal anything that can be written as JSON for `whose` eyes. Makes the key when there is none yet."""
    words = json.dumps({"whose": whose, "said": said}).encode()
    length = at_least
    while length < len(words):
        length *= 2
    sealed: bytes = _keys(make=True).encrypt_at_time(words.ljust(length), 0)
    return sealed.decode()


def open_up(sealed: str, *, whose: str) -> Any:
    """What was sealed for `whose` eyes. Raises `CannotOpen`."""
    try:
        words = json.loads(_keys(make=False).decrypt(sealed.encode()))
    except (_fernet().InvalidToken, OSError, ValueError) as error:  # another key, none to be read, or none
        raise CannotOpen from error
    if words["whose"] != whose:
        raise CannotOpen
    return words["said"]


def _fernet() -> Any:
    from cryptography import fernet  # noqa: PLC0415  (takes 7 MB, and few processes ever seal or open anything)

    return fernet


def _keys(*, make: bool) -> Any:
    place = Path(settings.KEEPING_KEY)
    if make and not place.exists():
        _make(place)
    return _fernet().MultiFernet([_fernet().Fernet(line) for line in place.read_text().split()])


def _make(place: Path) -> None:
    """A new key, whole and on the disk before anything is sealed with it. Two processes at once make one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with _on_the_disk(place.parent), tempfile.NamedTemporaryFile(dir=place.parent) as draft:
        draft.write(_fernet().Fernet.generate_key() + b"\n")
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, place)
        except FileExistsError:
            return


@contextmanager
def _on_the_disk(folder: Path) -> Iterator[None]:
    """A name that was made in this folder is there after a crash too."""
    yield
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
