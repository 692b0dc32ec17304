"""A data folder that a school has lived in, made once and copied for each test."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.installations import lived_in, lived_in_on_postgres, on_postgres, told
from tests.running.places import Done, environment_of, manage, refused, well
from tests.running.snippets import run_snippet

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
        """What a few lines of Python in the product print."""
        return well(run_snippet(self.environment, code))

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


@contextmanager
def lived(engine: str, place: Path) -> Iterator[Lived]:
    """Data that is this test's own."""
    var = place / "var"
    if engine == "sqlite":
        made = lived_in()
        shutil.copytree(made / "var", var)
        yield Lived(var, environment_of(var), told(made))
        return
    made = lived_in_on_postgres()
    with on_postgres(made, var) as (environment, _server):
        yield Lived(var, environment, told(made))
