"""Whether something failed because the disk is full, whoever noticed it: the file system, SQLite or PostgreSQL."""

import errno
from collections.abc import Iterator

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL = 13
_SQLITE_SHARED_MEMORY = 4874  # SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log
_POSTGRES_DISK_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """True when this error, or one that led to it, says that there is no room left."""
    return any(_says_so(each) for each in _chain(error))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if getattr(error, "sqlite_errorcode", None) in (_SQLITE_FULL, _SQLITE_SHARED_MEMORY):
        return True
    return getattr(error, "sqlstate", None) == _POSTGRES_DISK_FULL


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
