"""The service's user may only read the code, and nobody else may read what it keeps, whatever umask is set."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import tracked_files
from tests.conftest import served
from tests.installations import prepared
from tests.running.places import ROOT, environment_of, manage, refused, well

pytestmark = pytest.mark.crash

NOBODY = 65534


def open_places(var: Path) -> list[str]:
    """What group or others may do anything with."""
    return [str(place) for place in [var, *var.rglob("*")] if place.lstat().st_mode & 0o077]


@pytest.fixture
def lax_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_running_service_keeps_everything_to_itself_under_any_umask(
    tmp_path: Path, lax_umask: None
) -> None:
    var = tmp_path / "var"
    well(manage(environment_of(var), "prepare"))
    with served(var):
        names = {place.name for place in var.iterdir()}
        assert {"throughline.sqlite3", "throughline.sqlite3-wal", "throughline.sqlite3-shm"} <= names
        # The log beside them was opened by this test, not by the product.
        assert [place for place in open_places(var) if not place.endswith("/log")] == []


def test_what_an_older_version_left_open_is_shut(tmp_path: Path) -> None:
    var = tmp_path / "var"
    environment = environment_of(shutil.copytree(prepared(), var))
    kept = var / "files" / "ab" / "cd"
    kept.parent.mkdir(parents=True)
    kept.write_text("-")
    for place in [var, *var.rglob("*")]:
        place.chmod(0o755 if place.is_dir() else 0o644)
    assert str(var / "throughline.sqlite3") in open_places(var)
    well(manage(environment, "prepare"))
    assert open_places(var) == []


def test_a_database_that_lies_elsewhere_is_shut_too(tmp_path: Path, lax_umask: None) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    environment = environment_of(tmp_path / "var", DATABASE_URL=f"sqlite:///{elsewhere}")
    shutil.copyfile(prepared() / "throughline.sqlite3", elsewhere)
    elsewhere.chmod(0o644)
    well(manage(environment, "prepare"))
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


# Root may write what is shut for writing, unless it gives that right away first.
AS_IF_ORDINARY = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []


def test_prepare_needs_to_read_the_code_only(tmp_path: Path) -> None:
    code, var = tmp_path / "code", tmp_path / "var"
    for path in tracked_files():
        if not {"tests", "bench"} & set(path.relative_to(ROOT).parts):
            (code / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, code / path.relative_to(ROOT))
    before = sorted(code.rglob("*"))
    for place in [code, *before]:
        place.chmod(0o555 if place.is_dir() else 0o444)

    def run(*words: str) -> str:
        told = [*AS_IF_ORDINARY, sys.executable, "manage.py", *words]
        environment = environment_of(var)
        return well(
            subprocess.run(told, cwd=code, env=environment, capture_output=True, text=True, check=False)
        )

    var.mkdir(mode=0o700)
    shutil.copy(prepared() / "throughline.sqlite3", var)
    assert "Compiling translations" in run("prepare")
    assert sorted(code.rglob("*")) == before
    asks = "from django.utils.translation import gettext, override\nwith override('es'): print(gettext('Spanish'))"
    assert run("shell", "--no-imports", "-c", asks).strip() == "Español"
    assert "Compiling" not in run("prepare")
    for place in [code, *before]:
        place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to be root")
def test_root_does_not_make_what_the_service_could_not_read(tmp_path: Path) -> None:
    os.chown(tmp_path, NOBODY, NOBODY)
    for command in ("prepare", "serve", "worker"):
        assert "belongs to the user nobody, and this is root" in refused(
            manage(environment_of(tmp_path), command)
        )
    assert list(tmp_path.iterdir()) == []


def test_the_newcomers_python_has_compiled_the_code_beforehand(tmp_path: Path) -> None:
    """`tools/environment.py` leaves byte code for whoever may not write it."""
    asks = "import sys; sys.path.insert(0, '.'); from tools import environment as e; e.ROOT = __import__('pathlib').Path(sys.argv[1]); e.compile_ours()"
    place = tmp_path / "throughline"
    place.mkdir()
    (place / "one.py").write_text("A = 1\n")
    subprocess.run([sys.executable, "-c", asks, str(tmp_path)], cwd=ROOT, check=True)
    assert [file.name.split(".")[0] for file in (place / "__pycache__").iterdir()] == ["one"]
