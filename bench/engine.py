"""Measures everything on the engine of DATABASE_URL and prints the figures as JSON. Started by `bench/__main__.py`.

python -m bench.engine [--quick]
"""

import json
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)


def main() -> None:
    """Prepare an empty database, then build and measure one size after the other."""
    quick = "--quick" in sys.argv[1:]
    settings.ROOT_URLCONF = "bench.urls"
    say("preparing an empty database")
    call_command("prepare", stdout=sys.stderr)
    found = figures(quick)
    print(json.dumps(found))


def say(words: str) -> None:
    """Progress for whoever waits."""
    print(f"{connection.vendor}: {words}", file=sys.stderr, flush=True)


def figures(quick: bool) -> dict[str, Any]:
    """Every figure of this engine."""
    from bench.alone import measure_drawing, measure_saving
    from bench.building import build
    from bench.load import measure_load
    from bench.sizes import BASE, QUICK_SIZES, SIZES, Size

    seconds = 0.1 if quick else 1.0
    say("saving, and requests over HTTP")
    school = build(Size(7, 2, 24) if quick else Size(BASE.team, 3, BASE.items))
    saving = {name: cost.told() for name, cost in measure_saving(school, seconds * 2).items()}
    load = measure_load(school, 0.5 if quick else 3.0)
    sizes: dict[str, Any] = {}
    for size in QUICK_SIZES if quick else SIZES:
        began = time.monotonic()
        school = build(size)
        built = time.monotonic() - began
        sizes[str(size)] = _of_school(school, seconds)
        say(f"{size}: built in {built:.0f} s, measured in {time.monotonic() - began - built:.0f} s")
        sizes[str(size)]["alone"] = {k: v.told() for k, v in measure_drawing(school, seconds).items()}
    return {"engine": _engine(), "sizes": sizes, "saving": saving, "load": load}


def _of_school(school: Any, seconds: float) -> dict[str, Any]:
    """Pages and verbs of one size, walking its last round from rating to its end."""
    from bench import building, pages, verbs

    trivial = [pages.measure_trivial(school, seconds)]
    shown = pages.measure_pages(school, pages.while_rating(school), seconds)
    done = verbs.measure_verbs(verbs.while_rating(school), seconds)
    building.open_the_spread(school)
    items = school.items()
    building.settle(school, items[: len(items) // 2])
    shown |= pages.measure_pages(school, pages.while_agreeing(school), seconds)
    trivial.append(pages.measure_trivial(school, seconds))
    done |= verbs.measure_verbs(verbs.while_agreeing(school), seconds)
    building.settle(school, [each for each in school.items() if each.state == "open"])
    building.close(school)
    shown |= pages.measure_pages(school, pages.when_closed(school), seconds)
    trivial.append(pages.measure_trivial(school, seconds))
    done |= verbs.measure_verbs(verbs.when_closed(school), seconds)
    plain = sorted(trivial, key=lambda cost: cost.cpu)[1]
    return {
        "trivial": plain.told(),
        "pages": {name: cost.told() for name, cost in shown.items()},
        "verbs": {name: cost.told() for name, cost in done.items()},
    }


def _engine() -> str:
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        return f"SQLite {sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


if __name__ == "__main__":
    main()
