"""Whatever keeps a restore from its end, there is a database, and it is said where what was here before lies."""

import errno
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management.base import CommandError

from throughline.home.running import engines, restoring
from throughline.home.running.archive import Manifest, Writer

NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Here:
    """An installation on SQLite with something in it, and a backup of another."""

    def __init__(self, place: Path) -> None:
        self.var, self.elsewhere = place / "var", place / "elsewhere"
        self.database, self.files = self.elsewhere / "it.sqlite3", self.var / "files"
        self.said: list[str] = []
        for folder in (self.var, self.elsewhere, self.files):
            folder.mkdir()
        self.log = self.elsewhere / "it.sqlite3-wal"
        self.database.write_text("old")
        self.log.write_text("old log")
        (self.files / "a").write_text("old file")
        self.backup = place / "backup.tar"
        (place / "new").write_text("new")
        with self.backup.open("wb") as out:
            writer = Writer(out)
            writer.add("database.sqlite3", place / "new")
            writer.add("files/b", place / "new")
            writer.close(Manifest("2026-11-29T08:00:00+00:00", "sqlite", "-", "-", [], {}))

    def restore(self) -> None:
        restoring.restore(self.backup, overwrite=True, say=self.said.append)

    @property
    def aside(self) -> list[Path]:
        return list(self.var.glob("replaced-*"))

    @property
    def left_over(self) -> list[str]:
        return [path.name for folder in (self.var, self.elsewhere) for path in folder.glob(".*")]

    def is_as_it_was(self) -> bool:
        texts = (self.database.read_text(), self.log.read_text(), (self.files / "a").read_text())
        return texts == ("old", "old log", "old file") and not self.aside and not self.left_over


@pytest.fixture
def here(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Here:
    made = Here(tmp_path)
    settings.VAR = made.var
    engine = SimpleNamespace(vendor="sqlite", close=lambda: None, settings_dict={"NAME": str(made.database)})
    monkeypatch.setattr(restoring, "connection", engine)
    monkeypatch.setattr(restoring, "unknown_here", lambda migrations: [])
    monkeypatch.setattr(restoring, "_refuse_while_running", lambda: None)
    monkeypatch.setattr(restoring, "holds_something", lambda: True)
    monkeypatch.setattr(restoring, "storage_folders", lambda: {"files": made.files})
    return made


def no_links(*_places: Path) -> None:
    """Two names of one file, on two disks."""
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def no_room_for(ending: str, real: Any) -> Any:
    """The function, on a disk that has no room for what ends so."""

    def tried(source: Path, to: Path, *more: Any, **options: Any) -> Any:
        if str(to).endswith(ending):
            Path(to).write_text("ne")  # what a copy that was cut off leaves
            raise NO_ROOM
        return real(source, to, *more, **options)

    return tried


@pytest.mark.parametrize("other_disk", [False, True])
def test_all_of_it_is_replaced_and_what_was_there_is_kept(
    here: Here, other_disk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if other_disk:
        monkeypatch.setattr(os, "link", no_links)
    here.restore()
    assert here.database.read_text() == "new" and not here.log.exists()
    assert [path.name for path in here.files.iterdir()] == ["b"]
    (aside,) = here.aside
    kept = {
        path.relative_to(aside).as_posix(): path.read_text() for path in aside.rglob("*") if path.is_file()
    }
    assert kept == {"database.sqlite3": "old", "database.sqlite3-wal": "old log", "files/a": "old file"}
    assert here.said[-1] == f"What was here before lies in {aside}; delete it when you are sure."
    assert here.left_over == []


@pytest.mark.parametrize("ending", [".it.sqlite3.restoring", "/database.sqlite3"])
def test_without_room_for_the_new_database_or_for_keeping_the_old_one_nothing_is_touched(
    here: Here, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ending == "/database.sqlite3":  # kept on another disk, thus by a copy
        monkeypatch.setattr(os, "link", no_links)
        monkeypatch.setattr(shutil, "copy2", no_room_for(ending, shutil.copy2))
    else:
        monkeypatch.setattr(shutil, "move", no_room_for(ending, shutil.move))
    with pytest.raises(CommandError, match=r"The restore failed\. No space left on device"):
        here.restore()
    assert here.is_as_it_was()
    assert here.said[-1].endswith("Nothing of what was here has been touched.")


def test_there_is_a_database_at_every_step(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def looked(real: Any) -> Any:
        def look(*words: Any, **options: Any) -> Any:
            seen.append(here.database.exists())
            done = real(*words, **options)
            seen.append(here.database.exists())
            return done

        return look

    for owner, name in (
        (shutil, "move"),
        (os, "link"),
        (Path, "unlink"),
        (Path, "replace"),
        (Path, "rename"),
    ):
        monkeypatch.setattr(owner, name, looked(getattr(owner, name)))
    here.restore()
    assert len(seen) > 10 and all(seen)


def test_what_fails_after_something_was_kept_names_the_folder(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "move", no_room_for(".files.restoring", shutil.move))
    with pytest.raises(CommandError, match="No space left"):
        here.restore()
    (aside,) = here.aside
    assert (aside / "database.sqlite3").read_text() == "old" and here.database.read_text() == "new"
    assert (here.files / "a").read_text() == "old file"
    assert str(aside) in here.said[-1] and "what is not there is still in its place" in here.said[-1]
    assert here.left_over == []


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), CommandError("psql failed"), OSError("unexpected end")]
)
def test_it_is_named_whatever_goes_wrong_and_the_reason_is_in_words(
    here: Here, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(stage: Path, aside: Path | None) -> None:
        raise error

    monkeypatch.setattr(restoring, "_put_files", fails)
    with pytest.raises((CommandError, KeyboardInterrupt)) as raised:
        here.restore()
    assert str(here.aside[0]) in here.said[-1]
    assert "None" not in str(raised.value)


def test_where_nothing_was_before_nothing_is_put_aside(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "holds_something", lambda: False)
    here.restore()
    assert here.aside == [] and here.database.read_text() == "new" and not here.log.exists()


def test_a_dump_that_fails_leaves_no_half_copy_that_looks_whole(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(name: str, *words: str) -> None:
        Path(words[-1]).write_text("half")
        raise CommandError("pg_dump failed: -")

    monkeypatch.setattr("throughline.home.running.restoring.connection.vendor", "postgresql")
    monkeypatch.setattr(restoring, "checked", lambda archive: archive.manifest)
    monkeypatch.setattr(engines, "call_postgres", half)
    with pytest.raises(CommandError, match="pg_dump failed"):
        here.restore()
    assert here.is_as_it_was()
