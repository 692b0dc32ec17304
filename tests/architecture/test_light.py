"""What a web process does not load: libraries that only few pages need work in a process apart (`kit.apart`)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

HEAVY = ("typst", "fontTools", "PIL", "openpyxl", "babel", "cryptography", "lxml", "docx")

START = f"""
import json, sys
import throughline.config.asgi
from throughline.config import urls
told = lambda: print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""
PAPER = """
from throughline.records.paper.compiling import Way, make_pdf
from throughline.kit.clock import now
from pathlib import Path
layout = Path("throughline/records/paper/tests/plain.typ").resolve()
assert make_pdf(layout, {"title": "Wasser 水"}, way=Way(tagged=False), made_at=now()).startswith(b"%PDF")
"""
PICTURE = """
from base64 import b64decode
from throughline.files.pictures import repaint
dot = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
assert repaint(b64decode(dot))[8:12] == b"WEBP"
"""
WORKBOOK = """
from throughline.frameworks.tables.writing import as_xlsx, template
assert as_xlsx(template()).startswith(b"PK")
"""
PLACES = """
from throughline.people.places import places
assert "Paris, France · Central European Time" in places("en")
"""


@pytest.mark.parametrize(
    "work", ["", PAPER, PICTURE, WORKBOOK, PLACES], ids=["start", "paper", "picture", "workbook", "places"]
)
def test_a_web_process_stays_light(work: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START + work + "told()"],
        cwd=ROOT,
        env={"THROUGHLINE_VAR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == []
