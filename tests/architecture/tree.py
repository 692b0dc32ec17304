"""What the fences look at: the files of the repository and the models of the product."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "throughline"


@cache
def rooms_from_top() -> list[str]:
    """The rooms in the order of the contract in pyproject.toml, highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [room.strip() for layer in layers for room in layer.replace(":", "|").split("|")]


@cache
def tracked_files() -> list[Path]:
    """Every file that is (or is about to be) in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, f"the fences need a git checkout: {listed.stderr}"
    return [
        ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file()
    ]


def python_files(*, tests: bool = True) -> list[Path]:
    """Our Python, without migrations (which are generated)."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


def our_models() -> list[type[models.Model]]:
    """Every concrete model of the product's rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("throughline.")]


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def templates() -> list[Path]:
    return [
        path
        for path in tracked_files()
        if "templates" in path.parts and path.suffix in {".html", ".svg", ".txt"}
    ]
