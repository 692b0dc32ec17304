"""You said, we did on paper against PDF/UA-1, by the checker of `test_pdfua`, with what must fail: long, marked up, two ways."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from django.utils import translation

from tests.interop.test_pdfua import (
    figure_without_words,
    not_marked,
    skipped_heading,
    structure,
    verdict,
    without_language,
    without_metadata,
    written,
)
from throughline.voices.answering.languages import Said
from throughline.voices.replying.document import Line
from throughline.voices.replying.paper import Paper, heard_pdf

pytestmark = pytest.mark.one_engine("what Typst makes of the same words")
WILD = "#box[x] *no* \\ <tag> $a^2$ @ref مدرسة Salma 水 \U0001f331 \ue000 "


def made(language: str = "en", *, size: str = "a4", large: bool = False, times: int = 1) -> bytes:
    lines = [
        Line(Said(WILD * times, "en"), Said(f"{WILD}\n\nTwice.", "ar"), "will", "Feedback", f"State {WILD}"),
        Line(Said("هذا ما سمعناه", "ar"), Said("", "ar"), "later"),
        Line(Said("No homework", language), Said(WILD * times, language), "not", "مدرسة"),
    ]
    day, address = datetime(2026, 11, 30, tzinfo=UTC), "https://throughline.example/v/abcd/heard/?in=en"
    with translation.override(language):
        paper = Paper(f"School {WILD}", f"Listening {WILD}", lines, day, address, draft=times > 1)
        return heard_pdf(paper, size=size, large=large)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("language", "size"), [("en", "a4"), ("es", "letter"), ("ar", "a4")])
def test_it_meets_every_rule_of_pdf_ua_that_a_machine_can_check(
    language: str, size: str, large: bool
) -> None:
    found = verdict(made(language, size=size, large=large))
    assert (found.is_compliant, found.failures) == (True, [])
    assert found.rules.passed == found.rules.total > 100


def test_so_does_a_long_draft() -> None:
    found = verdict(made(times=40))
    assert (found.is_compliant, found.failures) == (True, [])


@pytest.mark.parametrize(
    "spoil", [without_language, not_marked, without_metadata, figure_without_words, skipped_heading]
)
def test_control_a_spoilt_one_fails(spoil: Any) -> None:
    good = pypdf.PdfWriter(BytesIO(made()))
    assert verdict(written(good)).is_compliant
    spoil(good._root_object)
    assert not verdict(written(good)).is_compliant


def test_each_thing_heard_has_a_heading_and_words_say_their_language() -> None:
    root = pypdf.PdfReader(BytesIO(made())).root_object
    elements = list(structure(root["/StructTreeRoot"]))
    headings = [int(str(each["/S"])[2]) for each in elements if str(each["/S"]) in ("/H1", "/H2", "/H3")]
    assert headings == [1, 2, 2, 2]
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert any(str(each.get("/Lang", "")).startswith("ar") for each in elements)
    figures = [str(each["/Alt"]) for each in elements if str(each["/S"]) == "/Figure"]
    assert figures == ["Code to scan: it opens this page."]
