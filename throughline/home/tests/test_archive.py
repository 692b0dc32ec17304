"""The archive of a backup: whatever is wrong with it is found before anything is made of it."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from throughline.home.running.archive import Broken, Manifest, Writer, opened

CONTENT = {
    "database.sqlite3": b"D" * 5000,
    "files/ab/cd/one": b"the first",
    "imports/ab/two": b"",
    "files/ab/cd/three": b"3" * 70_000,
}


def manifest(**more: Any) -> Manifest:
    told: dict[str, Any] = {
        "made_at": "2026-11-29T08:00:00+00:00",
        "engine": "sqlite",
        "engine_version": "SQLite 3.40.1",
        "address": "https://journey.example.org",
        "migrations": ["activity.0001_initial"],
        "tables": {"people_person": (3, "")},
    }
    return Manifest(**{**told, **more})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    place = tmp_path / "a.tar"
    with place.open("wb") as out:
        writer = Writer(out)
        for number, (name, content) in enumerate(CONTENT.items()):
            (tmp_path / str(number)).write_bytes(content)
            writer.add(name, tmp_path / str(number))
        writer.close(manifest())
    return place


def faults_of(file: Path) -> list[str]:
    with opened(file) as archive:
        return archive.faults()


def made_anew(file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], object]) -> Path:
    """The same archive after somebody has changed its files or its manifest."""
    with tarfile.open(file) as old:
        inside = {each.name: old.extractfile(each).read() for each in old.getmembers()}  # type: ignore[union-attr]
    told = json.loads(inside.pop("manifest.json"))
    change(inside, told)
    with tarfile.open(file, "w") as new:
        for name, content in [*inside.items(), ("manifest.json", json.dumps(told).encode())]:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return file


def test_what_was_put_in_comes_out_with_its_manifest(archive: Path, tmp_path: Path) -> None:
    assert faults_of(archive) == []
    with opened(archive) as found:
        assert found.manifest.tables == {"people_person": (3, "")}
        assert found.manifest.rows == 3
        assert set(found.manifest.files) == {"files/ab/cd/one", "files/ab/cd/three"}
        for name, content in CONTENT.items():
            found.take_out(name, tmp_path / "out" / name)
            assert (tmp_path / "out" / name).read_bytes() == content
            assert (tmp_path / "out" / name).stat().st_mode & 0o777 == 0o600


def test_one_wrong_bit_anywhere_in_the_content_is_found(archive: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        places = [each for each in tar.getmembers() if each.size and each.name != "manifest.json"]
    for member in places:
        for at in (member.offset_data, member.offset_data + member.size - 1):
            damaged = bytearray(whole)
            damaged[at] ^= 1
            archive.write_bytes(damaged)
            assert faults_of(archive) == [f"{member.name} is damaged"]


def test_wherever_it_was_cut_off_it_is_no_backup_any_more(archive: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        end = tar.getmember("manifest.json")
    for length in [0, 1, 511, 512, 3000, 6144, len(whole) // 2, end.offset, end.offset_data + 1]:
        archive.write_bytes(whole[:length])
        with pytest.raises(Broken):
            faults_of(archive)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda inside, told: inside.pop("files/ab/cd/one"), "files/ab/cd/one is missing"),
        (lambda inside, told: inside.update({"files/new": b"-"}), "files/new is in no list"),
        (lambda inside, told: told["members"].pop("database.sqlite3"), "the database is missing"),
        (lambda inside, told: inside.pop("database.sqlite3"), "database.sqlite3 is missing"),
    ],
)
def test_more_or_less_than_the_manifest_says_is_found(archive: Path, change: Any, said: str) -> None:
    assert said in faults_of(made_anew(archive, change))


@pytest.mark.parametrize(
    "name", ["../evil", "files/../../evil", "/etc/evil", "files/./evil", "evil", "files"]
)
def test_a_name_that_leads_elsewhere_is_refused(archive: Path, name: str) -> None:
    def move(inside: dict[str, bytes], told: dict[str, Any]) -> None:
        inside[name] = inside.pop("files/ab/cd/one")
        told["members"][name] = told["members"].pop("files/ab/cd/one")

    assert f"{name} does not belong in a backup" in faults_of(made_anew(archive, move))


def test_a_link_in_place_of_a_file_is_refused(archive: Path) -> None:
    with tarfile.open(archive, "a") as tar:
        link = tarfile.TarInfo("files/ab/cd/one")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert faults_of(archive) == ["files/ab/cd/one is damaged"]


@pytest.mark.parametrize(
    "change",
    [lambda told: told.update(format=99), lambda told: told.pop("tables"), lambda told: told.update(odd=1)],
)
def test_a_manifest_of_another_form_is_refused(archive: Path, change: Any) -> None:
    made_anew(archive, lambda inside, told: change(told))
    with pytest.raises(Broken):
        faults_of(archive)


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 2048, b"SQLite format 3\0" * 100])
def test_another_kind_of_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Broken):
        faults_of(tmp_path / "x")


def test_a_folder_and_nothing_are_no_backup(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Broken):
            faults_of(place)
