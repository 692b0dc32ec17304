"""What every walk through all addresses shares."""

import json
from typing import Any

import pytest

from throughline.records.paper import compiling


@pytest.fixture(autouse=True)
def _papers_in_plain_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """While every address is opened as everybody, a paper is handed out as the words that would be typeset: what is in
    it can be read, which it cannot in a PDF, and Typst, whose part is tested elsewhere, need not run a thousand times."""
    if request.node.get_closest_marker("walk"):
        monkeypatch.setattr(compiling, "_compiled", _in_plain_words)


def _in_plain_words(_layout: object, told: Any, *_more: object) -> bytes:
    return b"%PDF-" + json.dumps(told, ensure_ascii=False).encode()
