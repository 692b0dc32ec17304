"""Work in a process apart: what it is given and answers, how it ends, and what becomes of it."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from throughline.kit.apart import Apart, Broke

ECHO = "throughline.kit.tests.apart_echo"


@pytest.fixture
def echo() -> Iterator[Apart]:
    with Apart(ECHO, seconds=20) as process:
        yield process


def ask(process: Apart, do: str) -> object:
    return process.ask({"do": do})[0]["said"]


def test_words_and_bytes_arrive_and_come_back_whole(echo: Apart) -> None:
    content = bytes(range(256)) * 4096  # more than a pipe holds
    told, back = echo.ask({"do": "echo", "words": "Größe \ud800 水"}, content)
    assert (told["words"], back) == ("Größe \ud800 水", content)


def test_it_stays_for_the_next_piece_of_work(echo: Apart) -> None:
    assert ask(echo, "pid") == ask(echo, "pid") != os.getpid()


def test_one_that_went_while_nobody_asked_is_followed_by_another(echo: Apart) -> None:
    first = ask(echo, "pid")
    assert isinstance(first, int)
    os.kill(first, signal.SIGKILL)
    assert ask(echo, "pid") != first


def test_one_that_dies_at_work_says_so_and_the_next_works(echo: Apart) -> None:
    with pytest.raises(Broke, match="apart_echo ended with 3 before"):
        ask(echo, "die")
    assert ask(echo, "pid")


def test_one_that_takes_too_long_is_ended() -> None:
    with Apart(ECHO, seconds=1.5) as process:
        with pytest.raises(Broke, match="was ended after"):
            ask(process, "sleep")
        assert ask(process, "pid")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_one_that_takes_too_much_memory_fails_alone(echo: Apart) -> None:
    with pytest.raises(Broke):
        ask(echo, "grow")
    assert ask(echo, "pid")


def test_it_goes_by_itself_when_nothing_is_asked(echo: Apart) -> None:
    """The test's module waits for half a second only."""
    first = ask(echo, "pid")
    assert echo._process
    assert echo._process.wait(timeout=20) == 0
    assert ask(echo, "pid") != first


def test_it_knows_nothing_of_our_settings_and_leaves_no_core_behind(
    echo: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHLINE_SECRET_KEY", "a secret")
    environment = ask(echo, "environment")
    assert isinstance(environment, list)
    assert not [name for name in environment if name.startswith(("THROUGHLINE", "DJANGO", "DATABASE"))]
    assert ask(echo, "core") == [0, 0]


def test_nothing_of_it_is_left_when_it_is_let_go() -> None:
    with Apart(ECHO, seconds=20) as process:
        pid = ask(process, "pid")
    assert not Path(f"/proc/{pid}").exists()
