"""Makes the data of an earlier version, for `test_upgrade.py`: run by hand, once for each version that is released.

    python -m tests.running.old_data.make 1a8a379

There is no released version yet, and no tag: 1a8a379 stands for the previous one. When the first is tagged, make its data
under the tag's name and keep this file beside it. The old program itself makes the data, from `lived_in.py`.
"""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from tests.running.places import ROOT

HERE = Path(__file__).parent
LIVED_IN = HERE.parent / "lived_in.py"


def make(version: str) -> Path:
    """Check the old program out beside us, let it make its data, and keep that as text and files."""
    with tempfile.TemporaryDirectory() as folder:
        code, var = Path(folder) / "code", Path(folder) / "var"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(code)], check=True)
        subprocess.run(["git", "-C", str(code), "checkout", "-q", version], check=True)
        environment = {**os.environ, "THROUGHLINE_VAR": str(var)}

        def manage(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, "manage.py", *words],
                cwd=code,
                env=environment,
                stdout=subprocess.PIPE,
                check=True,
            )
            return done.stdout.decode()

        manage("prepare")
        told = json.loads(manage("shell", "--no-imports", "-c", LIVED_IN.read_text()))
        told["key"] = (var / "secret-key").read_text()
        to = HERE / f"{version}.tar.xz"
        with (
            tarfile.open(to, "w:xz", preset=9) as out,
            closing(sqlite3.connect(var / "throughline.sqlite3")) as data,
        ):
            _put(out, "told.json", json.dumps(told).encode())
            _put(out, "database.sql", "\n".join(data.iterdump()).encode())
            for name in ("files", "imports"):
                out.add(var / name, name)
        return to


def _put(out: tarfile.TarFile, name: str, content: bytes) -> None:
    told = tarfile.TarInfo(name)
    told.size = len(content)
    out.addfile(told, io.BytesIO(content))


if __name__ == "__main__":
    print(make(sys.argv[1]))  # noqa: T201
