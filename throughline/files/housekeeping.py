"""Periodic work of files."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.files.actions import sweep_files, sweep_strays


@chore("files.sweep", every=timedelta(hours=6))
def sweep() -> None:
    """Delete files that nothing cites, then what lies on disk without a row."""
    while sweep_files():
        pass
    sweep_strays()
