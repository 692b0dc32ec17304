"""`make bench`: measures on one engine after the other, each in a folder and database of its own, and writes a page.

python -m bench [--quick] [--engines sqlite,postgresql] [--only SECTION] [--commit COMMIT] [--to FILE]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.answering.report import answering
from bench.beside import COMMIT, missing
from bench.ratios import beside, public
from bench.report import calendars, imports, memory, page, plans, rosters, stalled, texts, with_section
from bench.voices.report import voices
from tools.postgres import cluster, server_programs

HERE = Path(__file__).resolve().parent
ENGINES = ("sqlite", "postgresql")
SECTIONS = (
    ("imports", "bench.importing", imports),
    ("rosters", "bench.rosters", rosters),
    ("stalled", "bench.stalled", stalled),
    ("public", "bench.public", public),
    ("texts", "bench.texts", texts),
    ("plans", "bench.plans", plans),
    ("calendars", "bench.calendars", calendars),
    ("voices", "bench.voices", voices),
    ("answering", "bench.answering", answering),
    ("memory", "bench.memory", memory),
    ("beside", "bench.beside", beside),
)
BY_THEMSELVES = (
    "texts",
    "plans",
    "answering",
    "voices",
    "memory",
    "beside",
)  # they take minutes of their own: a quick run has them only when it is asked


def main() -> None:
    "Measure what was asked for. PostgreSQL are left out, and that is said, where there is none."
    asked = _asked()
    here = [engine for engine in asked.engines.split(",") if _is_here(engine)]
    options = ["--commit", asked.commit, *(["--quick"] if asked.quick else [])]
    text = asked.to.read_text(encoding="utf-8") if asked.only else ""
    if not asked.only:
        text = page([_measure(engine, "bench.engine", options) for engine in here], quick=asked.quick)
    for name, module, section in SECTIONS:
        if asked.quick and not asked.only and name in BY_THEMSELVES:
            continue
        if name == "beside" and (why := missing(asked.commit)):
            print(why)
        elif asked.only in (None, name):
            told = {engine: _measure(engine, module, options) for engine in here}
            text = with_section(text, section(told))
    asked.to.write_text(text, encoding="utf-8")
    print(f"Written to {asked.to}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="one small size, to see that everything runs")
    parser.add_argument("--engines", default="sqlite", help=f"which of {','.join(ENGINES)} (default: sqlite)")
    parser.add_argument(
        "--only",
        choices=[name for name, _module, _section in SECTIONS],
        help="measure only this and change only its section",
    )
    parser.add_argument("--commit", default=COMMIT, help=f"what `beside` compares with (default: {COMMIT})")
    parser.add_argument("--to", type=Path, default=HERE / "results.md", help="the page to write")
    return parser.parse_args()


def _is_here(engine: str) -> bool:
    if engine not in ENGINES:
        sys.exit(f"There is no engine {engine}. Choose among: {', '.join(ENGINES)}")
    if engine == "postgresql" and server_programs() is None:
        print("PostgreSQL are left out: there is no server here. On Debian: apt-get install postgresql")
        return False
    return True


def _measure(engine: str, module: str, options: list[str]) -> dict[str, Any]:
    """The figures of one engine, from a process with nothing of the developer's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("THROUGHLINE_", "DATABASE_URL", "PORT"))}
    with tempfile.TemporaryDirectory(prefix="throughline-bench-") as var, _database(engine) as database:
        told = subprocess.run(
            [sys.executable, "-m", module, *options],
            cwd=HERE.parent,
            env={**kept, **database, "THROUGHLINE_VAR": var},
            stdout=subprocess.PIPE,
            check=True,
        )
    figures: dict[str, Any] = json.loads(told.stdout)
    return figures


@contextmanager
def _database(engine: str) -> Iterator[dict[str, str]]:
    """What the environment says of the database: nothing for SQLite, which then lies in the temporary folder."""
    if engine == "sqlite":
        yield {}
        return
    with cluster() as made:
        yield {"DATABASE_URL": made.url}


if __name__ == "__main__":
    main()
