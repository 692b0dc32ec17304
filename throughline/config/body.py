"""A request's body as it arrives: in memory while it is short, then on disk, in memory again where the disk has no room.

So that a full disk loses no words: the page that says so can give them back (`ui.rescue`).
"""

import errno
from io import BytesIO, RawIOBase
from tempfile import TemporaryFile
from typing import IO, Any, ClassVar

IN_MEMORY = 256 * 1024  # bytes of one body; more of it waits on disk
AFTER_FULL = 128 * 1024**2  # bytes that one process keeps in memory because the disk has no room


class NoRoom(Exception):
    """Neither on disk nor in memory."""


class Body(RawIOBase):
    """Written to its end, then read from its beginning."""

    without_room: ClassVar[int] = 0

    def __init__(self) -> None:
        self._parts: list[IO[bytes]] = [BytesIO()]
        self._size = self._own = 0
        self._disk = True

    def tell(self) -> int:
        """Bytes written."""
        return self._size

    def write(self, chunk: Any) -> int:
        rest = memoryview(chunk)
        if self._disk and self._size + len(rest) > IN_MEMORY:
            rest = self._to_disk(rest)
        if rest and not self._disk:
            if Body.without_room + len(rest) > AFTER_FULL:
                raise NoRoom
            Body.without_room += len(rest)
            self._own += len(rest)
        self._parts[-1].write(rest)
        self._size += len(chunk)
        return len(chunk)

    def _to_disk(self, rest: memoryview) -> memoryview:
        """What is left when there is no more room."""
        try:
            if len(self._parts) == 1:
                self._parts.append(TemporaryFile(buffering=0))  # noqa: SIM115  (closed with the body)
            while rest:
                rest = rest[self._parts[-1].write(rest) :]
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._disk = False
            self._parts.append(BytesIO())
        return rest

    def rewind(self) -> None:
        """From now on it is read."""
        for part in self._parts:
            part.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        """As much as there is: whoever asks for all of it asks once."""
        done = 0
        for part in self._parts:
            while done < len(into) and (read := part.read(len(into) - done)):
                into[done : done + len(read)] = read
                done += len(read)
        return done

    def close(self) -> None:
        Body.without_room -= self._own
        self._own = 0
        for part in self._parts:
            part.close()
        super().close()
