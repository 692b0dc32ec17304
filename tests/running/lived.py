"""A data folder that a school has lived in, made once and copied for each test."""

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.running.places import Done, data_of, environment_of, manage, refused, well

LIVED_IN = (Path(__file__).parent / "lived_in.py").read_text()

CONTENT = """
import hashlib, json
from django.apps import apps
from django.db import connection
told = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.managed and not model._meta.proxy:
        rows = sorted(repr(sorted(row.items())) for row in model._base_manager.values())
        told[model._meta.db_table] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
print(json.dumps(told))
"""


@dataclass
class Lived:
    """Data of one engine, and the commands on it."""

    var: Path
    environment: dict[str, str]
    told: dict[str, str]

    def run(self, *words: str) -> str:
        """A command that has to go well."""
        return well(manage(self.environment, *words))

    def refused(self, *words: str) -> str:
        """The sentence of a command that has to refuse."""
        return refused(manage(self.environment, *words))

    def tried(self, *words: str) -> Done:
        return manage(self.environment, *words)

    def shell(self, code: str) -> str:
        return self.run("shell", "--no-imports", "-c", code)

    def content(self) -> dict[str, list[object]]:
        """The number of rows and a hash over the content of each table, as Python sees it."""
        found: dict[str, list[object]] = json.loads(self.shell(CONTENT))
        return found

    def backup(self) -> Path:
        """Make one, into a folder beside the data."""
        to = self.var.parent / "backups"
        self.run("backup", "--to", str(to))
        return max(to.glob("*.tar"))

    def files(self) -> dict[str, bytes]:
        """Everything that was uploaded."""
        return {
            path.relative_to(self.var).as_posix(): path.read_bytes()
            for name in ("files", "imports")
            for path in (self.var / name).rglob("*")
            if path.is_file()
        }


@cache
def _on_sqlite() -> tuple[Path, dict[str, str]]:
    var = Path(mkdtemp(prefix="throughline-lived-")) / "var"
    environment = environment_of(var)
    well(manage(environment, "prepare"))
    return var, json.loads(well(manage(environment, "shell", "--no-imports", "-c", LIVED_IN)))


@contextmanager
def lived(engine: str, place: Path) -> Iterator[Lived]:
    """Data that is this test's own."""
    with ExitStack() as stack:
        var = place / "var"
        if engine == "sqlite":
            made, told = _on_sqlite()
            shutil.copytree(made, var)
            yield Lived(var, environment_of(var), told)
        else:
            environment = stack.enter_context(data_of(engine, var))
            yield Lived(
                var,
                environment,
                json.loads(well(manage(environment, "shell", "--no-imports", "-c", LIVED_IN))),
            )


def forget() -> None:
    """Remove what was made once."""
    if _on_sqlite.cache_info().currsize:
        shutil.rmtree(_on_sqlite()[0].parent, ignore_errors=True)
