"""What every test may rely on: quick settings, tables that can be emptied, and the same few people.

Nothing here touches the developer's own data: files and the SQLite database go to a folder of their own.
"""

import gc
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as invented

from tests.once import made_once, open_shelf

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from throughline.frameworks.models import FrameworkVersion
    from throughline.schools.models import Membership, Organisation

SHELF = pytest.StashKey[Path | None]()
HERE = Path(tempfile.mkdtemp(prefix="throughline-test-"))
# On a busy machine inventing and trying examples takes as long as it takes: no test asserts a time.
invented.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
invented.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    config.stash[SHELF] = open_shelf()
    settings.VAR = HERE
    settings.KEEPING_KEY = str(HERE / "keeping-key")
    settings.STATIC_ROOT = HERE / "static"
    settings.STATIC_ROOT.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(HERE / "files")},
        },
        "imports": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(HERE / "imports")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(HERE, ignore_errors=True)
    if ours := config.stash[SHELF]:
        shutil.rmtree(ours, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the test database: all of that, and nothing else, is run on PostgreSQL too."""
    for item in items:
        fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if fixtures or item.get_closest_marker("django_db") or _is_of_django(item):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What was loaded so far stays until the end: it need not be looked through each time memory is tidied."""
    gc.collect()
    gc.freeze()


def _is_of_django(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    cls = getattr(item, "cls", None)
    return isinstance(cls, type) and issubclass(cls, TransactionTestCase)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """The tables are migrated once in a run; each process has a copy of its own."""
    from tests.tables import copy_tables

    with django_db_blocker.unblock():
        remove = copy_tables()
    yield
    with django_db_blocker.unblock():
        remove()


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions end with a flush, which append-only tables refuse: send it through the door."""
    from django.db import connection

    from throughline.activity.ledger import DOOR_TABLE, through_door

    ops = type(connection.ops)
    plain = ops.sql_flush

    def through_the_door(self: Any, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        others = [table for table in tables if table != DOOR_TABLE]
        statements = plain(self, style, others, **options)
        return through_door(statements) if len(others) < len(tables) else statements

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ops, "sql_flush", through_the_door)
        yield


@pytest.fixture(scope="session", autouse=True)
def _wiping_waits_for_other_tests() -> Iterator[None]:
    """On PostgreSQL a write that goes on in any database of the server delays wiping: that of a test beside this one."""
    from throughline.kit import scrubbing

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrubbing, "PATIENCE", 60)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and the like start from nothing in each test."""
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture(scope="session")
def _compiled() -> Path:
    """The translations as a running server has them."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from django.conf import settings

    def make(place: Path) -> None:
        for source in (settings.ROOT / "locale").rglob("*.po"):
            compiled = place / source.relative_to(settings.ROOT / "locale").with_suffix(".mo")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as text, compiled.open("wb") as out:
                write_mo(out, read_po(text))

    return made_once("locale", make)


@pytest.fixture
def translated(_compiled: Path, settings: Any) -> None:
    """Pages speak every language that is offered; without this they may speak English only."""
    settings.LOCALE_PATHS = [_compiled]


@pytest.fixture(autouse=True)
def _what_was_made_before_is_remembered() -> Iterator[None]:
    from throughline.testing.remembering import one_test

    with one_test():
        yield


# Statements whose plan was looked at.
LOOKED_AT: set[str] = set()
TIMES = 2


@pytest.fixture(autouse=True)
def _prepared_reads_ask_what_the_orm_asks() -> Iterator[None]:
    """In every test the first reads of every kind that is prepared are compared with what would be sent without
    (`kit.prepared`), and on SQLite the plan is looked at."""
    from django.core.exceptions import EmptyResultSet
    from django.db import connections

    from throughline.kit.prepared import Prepared

    plain, seen = Prepared.statement, Counter[int]()

    def compared(self: Any, given: list[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        kept = plain(self, given, args, kwargs)
        seen[id(kept)] += 1
        if seen[id(kept)] > TIMES:
            return kept
        rows = self.ask(*args, **kwargs)
        try:
            sent = rows.query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            assert kept.make is None
        else:
            assert kept.filled(given, connections[rows.db]) == sent
            if connections[rows.db].vendor == "sqlite" and kept.sql not in LOOKED_AT:
                LOOKED_AT.add(kept.sql)
                assert not _walks(connections[rows.db].connection, *sent), self.ask.__qualname__
        return kept

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "statement", compared)
        yield


# Tables that grow with every round: a page that reads through all rows that an organization has of one grows too.
GROW_WITH_ROUNDS = re.compile(
    "(journeys_(rating|rerating|rater|rounditem|tally|snapshot)|records_(decision|citation))"
)


def _walks(database: Any, sql: str, params: tuple[Any, ...]) -> list[str]:
    """Where a plan goes through all rows of such a table, or of one organization in it."""
    plan = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params)]
    return [
        step
        for step in plan
        if GROW_WITH_ROUNDS.search(step)
        and (step.startswith("SCAN journeys") or step.split(" LEFT-JOIN")[0].endswith("(organisation_id=?)"))
    ]


# The same few people.


@pytest.fixture
def school(db: None) -> "Organisation":
    """Harbour Bridge: the school that most tests are about."""
    from throughline.testing import make_school

    return make_school()


@pytest.fixture
def journey_version(db: None) -> "FrameworkVersion":
    """The journey framework as it ships."""
    from throughline.testing import shipped_version

    return shipped_version()


@pytest.fixture
def make_one(school: "Organisation") -> "Callable[..., Membership]":
    """`make_one("Name", "role", …)`: one more member of Harbour Bridge."""
    from throughline.testing import make_member

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
    from throughline.testing import make_member, make_school

    return make_member(make_school("Stonefield"), "Viktor Sand", "lead")
