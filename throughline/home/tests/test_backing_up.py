"""A backup that was made is made, whatever happens afterwards; and what keeps one from being made is said in words."""

import shutil
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from throughline.home.management.commands import backup
from throughline.home.running import archive, backing_up, engines


@pytest.fixture
def to(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where backups go; the database is a few bytes, and one file was uploaded."""
    settings.VAR = tmp_path / "var"
    (settings.VAR / "files").mkdir(parents=True)
    (settings.VAR / "files" / "one").write_text("uploaded")

    def copied(folder: Path) -> engines.Copy:
        (folder / "database.sqlite3").write_text("database")
        return engines.Copy(folder / "database.sqlite3", {"people_person": engines.Tally(1)}, [], {})

    monkeypatch.setattr(engines, "copy_into", copied)
    monkeypatch.setattr(engines, "version_of_engine", lambda: "-")
    monkeypatch.setattr(backing_up, "storage_folders", lambda: {"files": settings.VAR / "files"})
    monkeypatch.setattr(backup, "refuse_somebody_elses_data", lambda: None)
    return tmp_path / "backups"


def test_one_that_cannot_be_noted_is_a_backup_all_the_same(to: Path, settings: Any) -> None:
    (settings.VAR / "prepared").write_text("in the way")
    said, warned = StringIO(), StringIO()
    call_command("backup", to=str(to), stdout=said, stderr=warned)
    (made,) = to.glob("*.tar")
    with archive.opened(made) as found:
        assert found.manifest.rows == 1 and set(found.manifest.members) == {"database.sqlite3", "files/one"}
    assert f"to {made}" in said.getvalue()
    assert "could not be noted. File exists: " in warned.getvalue() and "prepared" in warned.getvalue()


def test_a_note_that_cannot_be_written_leaves_the_last_one(
    to: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backing_up.back_up(to).unremembered == ""
    before = backing_up.last_backup()
    real = Path.write_text

    def cut_off(self: Path, text: str, *more: Any) -> int:
        real(self, text[:10], *more)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", cut_off)
    assert backing_up._remember(to / "newer.tar", before[0]).startswith("No space left on device: ")  # type: ignore[index]
    assert backing_up.last_backup() == before is not None
    assert [path.name for path in (settings.VAR / "prepared").iterdir()] == ["last-backup.json"]


def test_a_file_that_grew_shorter_while_it_was_copied_is_named(
    to: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = archive._Hashed.read

    def shorter(self: Any, size: int = -1) -> bytes:
        return b"" if str(self.source.name).endswith("one") else real(self, size)

    monkeypatch.setattr(archive._Hashed, "read", shorter)
    with pytest.raises(CommandError, match=r"^No backup was made\. unexpected end of data: .*/files/one$"):
        backing_up.back_up(to)
    assert list(to.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(to: Path) -> None:
    to.write_text("a file")
    with pytest.raises(CommandError, match=r"^No backup was made\. File exists: "):
        backing_up.back_up(to)


def test_older_ones_that_cannot_be_deleted_do_not_make_it_fail_without_a_word(
    to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to.mkdir()
    (to / "throughline-20240101-000000.tar").mkdir()
    with pytest.raises(CommandError, match="older ones could not be deleted"):
        call_command("backup", to=str(to), keep=1, stdout=StringIO())


def test_the_log_of_the_database_needs_room_too(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = to.parent / "it.sqlite3"
    engine = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(database)})
    monkeypatch.setattr(backing_up, "connection", engine)
    shutil.rmtree(to.parent / "var" / "files")
    assert backing_up.room_needed() == 0
    database.write_bytes(b"-" * 1000)
    assert backing_up.room_needed() == 2200
    database.with_name("it.sqlite3-wal").write_bytes(b"-" * 5000)
    assert backing_up.room_needed() == 13_200
