"""Periodic work of frameworks: large files are read here, and imports that nobody finished are forgotten."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.frameworks.actions.imports import read_waiting_import, sweep_imports


@chore("frameworks.read-imports", every=timedelta(seconds=3))
def read_imports() -> None:
    """Read the large files that wait."""
    while read_waiting_import():
        pass


@chore("frameworks.sweep-imports", every=timedelta(hours=6))
def forget_imports() -> None:
    """Forget what was never published, after two weeks."""
    sweep_imports()
