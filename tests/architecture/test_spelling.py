"""Documentation and the demo's stories are written in American English, as the interface is (test_translations)."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT
from throughline.kit.spelling import PAIRS, american_in, british, british_in

PAGES = [
    *sorted((ROOT / "docs" / "using").glob("*.md")),
    *sorted((ROOT / "docs" / "running").glob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md")),
]
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|^    .*$", re.MULTILINE)


def told_in(path: Path) -> list[str]:
    """The sentences in a module of the demo: what has a space in it and is no code."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_a_page_is_spelled_as_americans_do(page: Path) -> None:
    assert british_in(CODE.sub(" ", page.read_text(encoding="utf-8"))) == set()


def test_the_stories_of_the_demo_are_spelled_as_americans_do() -> None:
    modules = sorted((PACKAGE / "home" / "demo").rglob("*.py"))
    assert len(modules) > 10
    found = {text: british_in(text) for module in modules for text in told_in(module) if " " in text}
    files = [*modules[0].parent.rglob("*.toml"), *modules[0].parent.rglob("*.md")]
    assert len(files) > 10
    found |= {each.name: british_in(each.read_text(encoding="utf-8")) for each in files}
    assert {text: words for text, words in found.items() if words} == {}


def test_a_word_is_put_into_british_spelling_wherever_it_stands() -> None:
    assert british("Organization, color and CENTER: organized, labeled, math.") == (
        "Organisation, colour and CENTRE: organised, labelled, maths."
    )
    assert british('%(organization)s {color} <b class="color">gray</b> https://a.example/color') == (
        '%(organization)s {color} <b class="color">grey</b> https://a.example/color'
    )


def test_both_spellings_are_told_apart() -> None:
    assert american_in("Our organization’s colors") == {"organization", "colors"}
    assert british_in("Tick the colour") == {"tick", "colour"}
    assert british_in("Practice, program and exercise") == set()
    assert not PAIRS.keys() & set(PAIRS.values())
