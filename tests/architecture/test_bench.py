"""`make bench` runs from end to end; what it measures is nobody's promise here."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.mark.long
def test_a_quick_bench_measures_every_page_and_writes_its_table(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--to", str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = page.read_text(encoding="utf-8")
    for row in ("| overview |", "| rate: one competency |", "| spread |", "| agree |", "| `close` |"):
        assert row in told
    assert "A quick run" in told
