"""Where files of imports lie until they are published or forgotten: a private storage of its own, never served."""

import weakref
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import transaction

READ = ".read"


def import_storage() -> Storage:
    """The storage."""
    return storages["imports"]


def put(organisation_id: UUID, content: "File[bytes]") -> str:
    """Keep a file under a name that nobody can guess; it goes again if the transaction around this fails."""
    place = f"{organisation_id.hex}/{uuid4().hex}"
    try:
        path = import_storage().save(place, content)
    except OSError:
        import_storage().delete(place)  # a part of it, where the disk is full
        raise
    kept = _Kept(path)
    transaction.on_commit(kept.stay)
    return path


class _Kept:
    """Django drops the callback when it rolls back, and the callback takes the file with it."""

    def __init__(self, path: str) -> None:
        self._undo = weakref.finalize(self, take_away, path)

    def stay(self) -> None:
        self._undo.detach()


def put_beside(path: str, content: bytes) -> None:
    """Keep what was read of the file at `path`, in place of what was kept of it before."""
    import_storage().delete(path + READ)
    import_storage().save(path + READ, ContentFile(content))


def beside(path: str) -> bytes:
    """What was read of the file at `path`."""
    with import_storage().open(path + READ) as kept:
        content: bytes = kept.read()
        return content


def opened(path: str) -> "File[Any]":
    """The file itself; close it."""
    return import_storage().open(path)


def take_away(path: str) -> None:
    """Delete a file and what was read of it."""
    import_storage().delete(path)
    import_storage().delete(path + READ)


def all_paths() -> Iterator[str]:
    """Every file that lies there, without what was read of it."""
    if not import_storage().exists(""):
        return
    for folder in import_storage().listdir("")[0]:
        for name in import_storage().listdir(folder)[1]:
            if not name.endswith(READ):
                yield f"{folder}/{name}"
