"""What is sealed opens with the key that lies outside of the database, for whom it was sealed, and not otherwise."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from throughline.kit.keeping import LONG, CannotOpen, open_up, seal_up


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    place = tmp_path / "new" / "keeping-key"
    settings.KEEPING_KEY = str(place)
    return place


@pytest.mark.parametrize("said", ["", "Hello", "ñ 日本 " * 900, {"steps": [1, None]}])
def test_what_is_sealed_comes_out_again(said: object) -> None:
    sealed = seal_up(said, whose="Ida")
    assert open_up(sealed, whose="Ida") == said
    assert "Hello" not in sealed


def test_the_key_is_made_once_and_nobody_else_reads_it(key: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda number: seal_up(number, whose="Ida"), range(8)))
    assert [open_up(each, whose="Ida") for each in sealed] == list(range(8))
    assert len(key.read_text().split()) == 1 and list(key.parent.iterdir()) == [key]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_it_opens_for_nobody_else_nor_without_the_key_nor_changed(key: Path) -> None:
    sealed = seal_up("Mine.", whose="Ida")
    for words, whose in ((sealed, "Omar"), (sealed[:-8] + "AAAAAAA=", "Ida")):
        with pytest.raises(CannotOpen):
            open_up(words, whose=whose)
    for other in (Fernet.generate_key(), b"no key", b""):
        key.write_bytes(other)
        with pytest.raises(CannotOpen):
            open_up(sealed, whose="Ida")
    key.unlink()
    with pytest.raises(CannotOpen):
        open_up(sealed, whose="Ida")
    assert not key.exists(), "opening makes no key"


def test_with_a_newer_key_above_it_the_old_one_still_opens(key: Path) -> None:
    sealed = seal_up("Mine.", whose="Ida")
    key.write_text(f"{Fernet.generate_key().decode()}\n{key.read_text()}")
    newer = seal_up("Mine.", whose="Ida")
    assert open_up(sealed, whose="Ida") == open_up(newer, whose="Ida") == "Mine."
    key.write_text(key.read_text().split()[0])
    assert open_up(newer, whose="Ida") == "Mine."


def test_neither_a_time_nor_the_length_of_the_words_can_be_read_off() -> None:
    sealed = [seal_up("x" * length, whose="Ida", at_least=LONG) for length in (0, 10, 9000)]
    assert len({len(each) for each in sealed}) == 1
    assert all(each.startswith("gAAAAAAAAAAA") for each in sealed), "the time in it is nought"
