"""`make bench` runs from end to end; what it measures is nobody's promise here."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


def test_a_commit_that_is_not_at_hand_is_told_and_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    page.write_text("# What it costs\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", "beside", "--commit", "0000000", "--to", str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Nothing is compared: commit 0000000" in done.stdout
    assert page.read_text(encoding="utf-8") == "# What it costs\n"


@pytest.mark.long
def test_a_quick_bench_measures_every_page_and_writes_its_table(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--to", str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = page.read_text(encoding="utf-8")
    for row in ("| overview |", "| rate: one competency |", "| spread |", "| agree |", "| `close` |"):
        assert row in told
    assert "A quick run" in told
