"""The list of texts before and after pairs what belongs together, and can be made again by one command."""

from collections import defaultdict

from tests.architecture.tree import ROOT
from tools import texts
from tools.texts import LIST, Told, listed, pairs


def told(spanish: dict[str, str], **files: list[str]) -> Told:
    known = Told.__new__(Told)
    known.by_file = defaultdict(list, files)
    known.spanish = spanish
    return known


def test_texts_are_paired_by_their_spanish_or_their_words() -> None:
    before = told({"Kept.": "Guardado."})
    now = told({"Saved.": "Guardado."})
    found = set(
        pairs(
            ["Kept.", "Look again, please", "Gone"], ["Saved.", "Check again, please", "12 + 3"], before, now
        )
    )
    assert found == {
        ("Kept.", "Saved."),
        ("Look again, please", "Check again, please"),
        ("Gone", ""),
        ("", "12 + 3"),
    }


def test_only_what_changed_is_listed_by_file() -> None:
    before = told({}, a=["Same", "Put it right | now"], b=["As it was"])
    now = told({}, a=["Same", "Put it <b>right</b> now"], b=["As it was"])
    assert "".join(listed(before, now)) == (
        "\n## a\n\n| before | now |\n|---|---|| Put it right \\| now | Put it &lt;b>right&lt;/b> now |"
    )


def test_the_list_is_committed_and_says_how_to_make_it_again() -> None:
    head = LIST.read_text(encoding="utf-8")[:400]
    assert texts.SINCE in head and "python -m tools.texts" in head
    assert LIST.is_relative_to(ROOT / "docs")
