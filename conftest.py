"""What every test may rely on: quick settings, tables that can be emptied, and the same few people.

Nothing here touches the developer's own data: files and the SQLite database go to a folder of their own.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from throughline.schools.models import Membership, Organisation

HERE = Path(tempfile.mkdtemp(prefix="throughline-test-"))


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings  # noqa: PLC0415  (settings are read once pytest-django has found them)

    settings.VAR = HERE
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(HERE / "files")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as in production: threads of a test then share it by the real rules (WAL, one writer).
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(HERE / "test.sqlite3")}


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(HERE, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions end with a flush, which append-only tables refuse: send it through the door."""
    from django.db import connection  # noqa: PLC0415

    from throughline.activity.ledger import DOOR_TABLE  # noqa: PLC0415

    ops = type(connection.ops)
    plain = ops.sql_flush

    @wraps(plain)
    def through_the_door(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        others = [table for table in tables if table != DOOR_TABLE]
        statements: list[str] = plain(self, style, others, **options)
        if len(others) == len(tables) or not statements:
            return statements
        opened = f"INSERT INTO {DOOR_TABLE} (id, reason) VALUES ('{uuid4().hex}', 'test reset')"
        return [opened, *statements, f"DELETE FROM {DOOR_TABLE}"]

    ops.sql_flush = through_the_door
    yield
    ops.sql_flush = plain


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and the like start from nothing in each test."""
    from django.core.cache import cache  # noqa: PLC0415

    yield
    cache.clear()


# The same few people.


@pytest.fixture
def school(db: None) -> "Organisation":
    """Harbour Bridge: the school that most tests are about."""
    from throughline.testing import make_school  # noqa: PLC0415

    return make_school()


@pytest.fixture
def make_one(school: "Organisation") -> "Callable[..., Membership]":
    """`make_one("Name", "role", …)`: one more member of Harbour Bridge."""
    from throughline.testing import make_member  # noqa: PLC0415

    def make(name: str, *roles: str) -> "Membership":
        return make_member(school, name, *roles)

    return make


@pytest.fixture
def lead(make_one: "Callable[..., Membership]") -> "Membership":
    """Amara Okafor leads the journey of Harbour Bridge."""
    return make_one("Amara Okafor", "lead")


@pytest.fixture
def team(make_one: "Callable[..., Membership]") -> "Membership":
    """Jonas Lind is on the leadership team."""
    return make_one("Jonas Lind", "team")


@pytest.fixture
def teammate(make_one: "Callable[..., Membership]") -> "Membership":
    """Ravi Nair is on the leadership team too."""
    return make_one("Ravi Nair", "team")


@pytest.fixture
def educator(make_one: "Callable[..., Membership]") -> "Membership":
    """Mei Tanaka teaches."""
    return make_one("Mei Tanaka", "educator")


@pytest.fixture
def learner(make_one: "Callable[..., Membership]") -> "Membership":
    """Salma Haddad learns."""
    return make_one("Salma Haddad", "learner")


@pytest.fixture
def family(make_one: "Callable[..., Membership]") -> "Membership":
    """Nadia Haddad is Salma's mother."""
    return make_one("Nadia Haddad", "family")


@pytest.fixture
def outsider(db: None) -> "Membership":
    """Viktor Sand leads Stonefield, a school that has nothing to do with Harbour Bridge."""
    from throughline.testing import make_member, make_school  # noqa: PLC0415

    return make_member(make_school("Stonefield"), "Viktor Sand", "lead")
