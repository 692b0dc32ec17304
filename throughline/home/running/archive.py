"""A backup as one file: a tar archive of the database, the files, and a manifest with the hash of each.

The manifest comes last, so that whatever was cut off in the middle has none.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "imports")  # the storages, by their names below the data folder
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_AT_ONCE = 1024 * 1024


class Broken(Exception):
    """This is no backup, or it is not whole; the sentence says how."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive, as the manifest tells of it."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    engine: str
    engine_version: str
    address: str
    migrations: list[str]
    tables: dict[str, tuple[int, str]]  # rows, and a sum over their content where the engine gives one
    members: dict[str, Member] = field(default_factory=dict)
    missing: list[str] = field(
        default_factory=list
    )  # files that were lost or damaged before the backup was made
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(rows for rows, _content in self.tables.values())

    @property
    def files(self) -> dict[str, Member]:
        """The uploaded files."""
        return {name: member for name, member in self.members.items() if name.startswith("files/")}


class _Hashed(io.RawIOBase):
    """What is read through it is hashed."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.found = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.source.read(size)
        self.found.update(content)
        return content


class Writer:
    """Puts files into a new archive and remembers the hash of each."""

    def __init__(self, out: IO[bytes]) -> None:
        self.tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: dict[str, Member] = {}

    def add(self, name: str, file: Path) -> None:
        """Raises FileNotFoundError when it is gone, and OSError when it grew shorter meanwhile."""
        with file.open("rb") as source:
            about = os.fstat(source.fileno())
            hashed = _Hashed(source)
            self._put(name, about.st_size, about.st_mtime, hashed)
            self.members[name] = Member(about.st_size, hashed.found.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """The manifest, and the end."""
        manifest.members = self.members
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        self._put(MANIFEST, len(text), 0, io.BytesIO(text))
        self.tar.close()

    def _put(self, name: str, size: int, at: float, source: Any) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mtime, told.mode = size, int(at), 0o600
        self.tar.addfile(told, source)


class Reader:
    """An archive that was made by `Writer`."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        try:
            self.inside = {told.name: told for told in tar.getmembers()}
        except (tarfile.TarError, EOFError, OSError) as error:
            raise Broken(f"The archive cannot be read to its end ({error}).") from None
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        if MANIFEST not in self.inside:
            raise Broken("It has no manifest at its end: it is no backup of Throughline, or it was cut off.")
        try:
            told = json.loads(b"".join(self.read(MANIFEST)))
            if told["format"] != FORMAT:
                raise Broken(
                    "It was made by another version of Throughline, in a form that this one does not know."
                )
            told["members"] = {name: Member(**member) for name, member in told["members"].items()}
            told["tables"] = {name: (rows, content) for name, (rows, content) in told["tables"].items()}
            return Manifest(**told)
        except (ValueError, TypeError, KeyError):
            raise Broken("Its manifest is damaged.") from None

    def read(self, name: str) -> Iterator[bytes]:
        """The content of one file, a piece at a time."""
        source = self.tar.extractfile(self.inside[name])
        if source is None:
            raise Broken(f"{name} is no plain file.")
        while piece := source.read(_AT_ONCE):
            yield piece

    def faults(self) -> list[str]:
        """Everything that is not as the manifest says, after reading the whole archive. Empty when it is whole."""
        listed = {**self.manifest.members}
        found = [f"{name} is in no list" for name in self.inside.keys() - listed.keys() - {MANIFEST}]
        found += [f"{name} is missing" for name in listed.keys() - self.inside.keys()]
        for name in sorted(listed.keys() & self.inside.keys()):
            if not _is_ours(name):
                found.append(f"{name} does not belong in a backup")
            elif not self.inside[name].isreg() or self._hash(name) != listed[name].sha256:
                found.append(f"{name} is damaged")
        if DATABASES.get(self.manifest.engine) not in listed:
            found.append("the database is missing")
        return sorted(found)

    def _hash(self, name: str) -> str:
        found = hashlib.sha256()
        try:
            for piece in self.read(name):
                found.update(piece)
        except (tarfile.TarError, EOFError, OSError):
            return ""
        return found.hexdigest()

    def take_out(self, name: str, to: Path) -> None:
        """Write one file, readable for ourselves only."""
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in self.read(name):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())


def _is_ours(name: str) -> bool:
    """The database, or a file that stays below one of the folders wherever it is put."""
    parts = PurePosixPath(name).parts
    return name in DATABASES.values() or (
        len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "/".join(parts) == name
    )


@contextmanager
def opened(file: Path) -> Iterator[Reader]:
    """Open a backup to read it. Raises `Broken`."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            yield Reader(tar)
    except tarfile.ReadError:
        raise Broken("It is no backup of Throughline, or its beginning is damaged.") from None
    except FileNotFoundError:
        raise Broken("There is no such file.") from None
    except IsADirectoryError:
        raise Broken("It is a folder; a backup is one file whose name ends with .tar.") from None
