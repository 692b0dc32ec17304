"""Installations that tests start from. Each is made once in a run, by the product's own commands, and copied."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.once import made_once
from tests.running.places import environment_of, manage, well
from tools.postgres import Cluster, cluster

LIVED_IN = (Path(__file__).parent / "running" / "lived_in.py").read_text()

DRESS = ("assets", "locale", "prepared", "static")


def prepared(*, demo: bool = False) -> Path:
    """A data folder with an SQLite database, as `prepare` leaves it."""

    def plain(var: Path) -> None:
        well(manage(environment_of(var), "prepare"))

    def with_demo(var: Path) -> None:
        shutil.copytree(prepared(), var, dirs_exist_ok=True)
        well(manage(environment_of(var, THROUGHLINE_DEMO="1"), "prepare"))

    return made_once("demo", with_demo) if demo else made_once("prepared", plain)


def dressed(var: Path) -> Path:
    """A data folder that has what `prepare` makes besides the database: translations, fonts, styles and scripts."""
    made = prepared()
    for name in DRESS:
        shutil.copytree(made / name, var / name, dirs_exist_ok=True)
    return var


def prepared_on_postgres() -> Path:
    """`var`, and `data` of a PostgreSQL server, as `prepare` leaves them: one database to use, and one that stays so."""

    def make(place: Path) -> None:
        dressed(place / "var")
        with cluster() as server:
            well(manage(environment_of(place / "var", DATABASE_URL=server.url), "prepare"))
            server.create("empty_school", template="throughline")
            server.keep(place / "data")

    return made_once("prepared-postgresql", make)


def lived_in() -> Path:
    """`var` with an SQLite database that a school has lived in, and what it `told`."""

    def make(place: Path) -> None:
        environment = environment_of(shutil.copytree(prepared(), place / "var"))
        (place / "told").write_text(live(environment))

    return made_once("lived-in", make)


def lived_in_on_postgres() -> Path:
    """The same on PostgreSQL: `var`, `data` and what it `told`."""

    def make(place: Path) -> None:
        with on_postgres(prepared_on_postgres(), place / "var") as (environment, server):
            (place / "told").write_text(live(environment))
            server.keep(place / "data")

    return made_once("lived-in-postgresql", make)


def live(environment: dict[str, str]) -> str:
    return well(manage(environment, "shell", "--no-imports", "-c", LIVED_IN))


def told(place: Path) -> dict[str, str]:
    """What a place that was lived in tells of itself."""
    found: dict[str, str] = json.loads((place / "told").read_text())
    return found


@contextmanager
def on_postgres(
    place: Path, var: Path, *, durable: bool = True, variables: Mapping[str, str] = {}
) -> Iterator[tuple[dict[str, str], Cluster]]:
    """A copy of a place on PostgreSQL, on a server of its own."""
    shutil.copytree(place / "var", var, dirs_exist_ok=True)
    with cluster(durable=durable, copied_from=place / "data") as server:
        yield environment_of(var, DATABASE_URL=server.url, **variables), server
