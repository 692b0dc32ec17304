"""Periodic work of frameworks: large files are read and published here, and imports that nobody finished are forgotten."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.frameworks.case_api.actions import give_out_due
from throughline.frameworks.importing.actions.background import publish_waiting_import
from throughline.frameworks.importing.actions.uploads import read_waiting_import, sweep_imports


@chore("frameworks.read-imports", every=timedelta(seconds=3))
def read_imports() -> None:
    """Read the large files that wait."""
    while read_waiting_import():
        pass


@chore("frameworks.publish-imports", every=timedelta(seconds=3))
def publish_imports() -> None:
    """Publish the large files for which somebody asked that."""
    while publish_waiting_import():
        pass


@chore("frameworks.give-out", every=timedelta(seconds=5))
def give_out_large() -> None:
    """Write down what the CASE addresses answer for large open frameworks that have changed."""
    while give_out_due():
        pass


@chore("frameworks.sweep-imports", every=timedelta(hours=6))
def forget_imports() -> None:
    """Forget what was never published, after two weeks."""
    sweep_imports()
