"""Data that somebody has lived in, for every test of running an installation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.lived import Lived, lived
from tests.running.places import ENGINES


@pytest.fixture(params=ENGINES)
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lived]:
    """On each engine."""
    with lived(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def sqlite_data(tmp_path: Path) -> Iterator[Lived]:
    """On SQLite alone."""
    with lived("sqlite", tmp_path) as made:
        yield made
