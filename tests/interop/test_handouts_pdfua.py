"""The meeting kit against PDF/UA-1, by the checker of `test_pdfua`, with what must fail: long, marked up, in two directions."""

from datetime import UTC, date, datetime
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
from throughline.kit.ids import opaque_id
from throughline.plans.families.page import Answered, Cited, FamilyPage, Stand, Teller, Words, parts_of
from throughline.plans.families.sections import SECTIONS
from throughline.plans.families.words import fixed_in
from throughline.plans.handouts.contents import as_data
from throughline.plans.handouts.papers import BY_KEY, KINDS, paper_of

pytestmark = pytest.mark.one_engine("what Typst makes of the same words")
EVERY = [kind.key for kind in KINDS]
WILD = "#box[x] *no* \\ <tag> $a^2$ @ref مدرسة Salma 水 \U0001f331 \ue000 "
TODAY = date(2026, 11, 30)


def family_page(language: str, times: int = 1) -> FamilyPage:
    """Every section, with everything that an entry can hold; written in English, and in its own words where there are some."""
    item = {"id": "a", "title": WILD, "for_whom": "Grade 9", "text": f"{WILD}\n\nTwice.", "tie": "action:x"}
    document: dict[str, Any] = {
        each.key: {
            **{field.name: WILD * times for field in each.fields},
            **({"items": [item, {"id": "b", "title": "Alone"}]} if each.item else {}),
            **({"cites": True} if each.cites else {}),
        }
        for each in SECTIONS
    }
    with translation.override(language):
        words = fixed_in(language, {})
        teller = Teller("en", language, {}, words)
        stands = {"action:x": Stand("under-way", due_on=TODAY)}
        return FamilyPage(
            organisation=f"School {WILD}",
            place="school",
            language=language,
            source="en",
            title=words["title"],
            parts=parts_of(document, teller, stands, TODAY),
            questions=[Answered(opaque_id(), Words(WILD, "ar"), Words("No.\n\nNever.", "en"))],
            cited=Cited("Call", "لماذا نتغير الآن", "ar", "/there/"),
            checked="",
            number=1,
            languages=[],
            missing=len(teller.missing),
            words=words,
            takes_questions=True,
            way="everyone",
            may_be_found=False,
        )


def made(
    kind: str,
    language: str = "en",
    paper: str = "a4",
    times: int = 1,
    *,
    draft: bool = False,
    open: bool = True,
) -> bytes:
    page = family_page(language, times)
    address = "https://throughline.example/families/school/" if open else ""
    told = as_data(page, stood="today", address=address, draft=draft)
    return paper_of(BY_KEY[kind], told, page, paper, datetime(2026, 11, 30, tzinfo=UTC)).content


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
@pytest.mark.parametrize("kind", EVERY)
def test_every_paper_meets_what_a_machine_can_check_of_pdf_ua(kind: str, language: str) -> None:
    found = verdict(made(kind, language, "letter" if language == "es" else "a4"))
    assert (found.is_compliant, found.failures) == (True, [])
    assert found.rules.passed == found.rules.total > 100


@pytest.mark.parametrize("kind", EVERY)
def test_so_does_a_long_draft_without_an_address(kind: str) -> None:
    found = verdict(made(kind, times=60, draft=True, open=False))
    assert (found.is_compliant, found.failures) == (True, [])


@pytest.mark.parametrize(
    "spoil", [without_language, not_marked, without_metadata, figure_without_words, skipped_heading]
)
def test_control_a_spoilt_handout_fails(spoil: Any) -> None:
    good = pypdf.PdfWriter(BytesIO(made("handout")))
    assert verdict(written(good)).is_compliant
    spoil(good._root_object)
    assert not verdict(written(good)).is_compliant


@pytest.mark.parametrize("kind", EVERY)
def test_headings_and_figure_stand_in_reading_order(kind: str) -> None:
    reader = pypdf.PdfReader(BytesIO(made(kind, "ar")))
    elements = list(structure(reader.root_object["/StructTreeRoot"]))
    roles = [str(each["/S"]) for each in elements]
    headings = [int(role[2]) for role in roles if role in ("/H1", "/H2", "/H3", "/H4")]
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    sections = {"cards": 3, "handout": len(SECTIONS)}.get(kind, len(SECTIONS) + 1)
    assert headings.count(2) == sections
    figures = [each for each in elements if str(each["/S"]) == "/Figure"]
    said = ["Code to scan: it opens this page."] if kind in ("handout", "slides") else []
    assert [str(each["/Alt"]) for each in figures] == said
    if kind != "cards":
        assert roles.count("/LI") == 2 * sum(1 for each in SECTIONS if each.item)
    assert "/Table" not in roles


def test_words_in_another_language_say_which() -> None:
    reader = pypdf.PdfReader(BytesIO(made("handout")))
    elements = structure(reader.root_object["/StructTreeRoot"])
    languages = {str(each.get("/Lang", "")) for each in elements}
    assert any(each.startswith("ar") for each in languages)
    assert str(reader.root_object["/Lang"]) == "en"
