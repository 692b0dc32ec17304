"""The report's PDF against PDF/UA-1 (ISO 14289-1), by a checker that none of us wrote.

`page-validation` (PyPI, written in Rust) runs the machine-checkable rules of the standard after the Matterhorn
Protocol. It is not veraPDF, which no registry that we install from carries. A checker that never says no proves
nothing, so the same document is also given to it spoilt in five ways, and each must fail. What a machine cannot
judge (does the alternative text say the right thing, is the reading order sensible) is tested here as far as it goes
by walking the structure with another library, and looked at by people.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import page
import pypdf
import pytest
from django.utils import translation
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from throughline.frameworks.tree import tree
from throughline.journeys.models import Snapshot
from throughline.journeys.queries import items_of
from throughline.journeys.report.contents import Report, report_of
from throughline.journeys.report.pdf import report_pdf
from throughline.journeys.report.snapshot import read_snapshot
from throughline.journeys.report.sources import decisions_on
from throughline.journeys.tests.steps import a_place, an_open_spread, closed, earn, settle
from throughline.records.paper.compiling import Way
from throughline.schools.models import Membership
from throughline.testing import shipped_version

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]
OURS = "ارتياح #box[x] *no* \\ <tag> مدرسة Salma"


@pytest.fixture
def snapshots(lead: Membership, team: Membership, educator: Membership) -> list[Snapshot]:
    """Two closed rounds, with everything that a report can hold."""
    version = shipped_version()
    people = [lead, team, educator]
    place = a_place(lead, version, people)
    made = []
    for number in (1, 2):
        held = an_open_spread(place, people, (2, 2, 3))
        first, second, _third = items_of(held)
        earn(place, first)
        settle(place, second, 1 + number, dissent=OURS, why_changed="evidence")
        made.append(closed(place, held))
    return made


def told(snapshots: list[Snapshot]) -> Report:
    """The report of the second round, in the language in force."""
    before, snapshot = snapshots
    framework = tree(snapshot.journey.record.version_id)
    decisions = decisions_on(snapshot.journey.record, framework, snapshot.taken_at)
    return report_of(
        snapshot.journey, read_snapshot(snapshot, framework), read_snapshot(before, framework), decisions
    )


def made(snapshots: list[Snapshot], paper: str = "a4", language: str = "en", *, tagged: bool = True) -> bytes:
    with translation.override(language):
        way = replace(Way.now(paper), tagged=tagged)
        return report_pdf(told(snapshots), way=way, made_at=snapshots[1].taken_at)


def verdict(document: bytes) -> page.ValidationReport:
    return page.validate_pdf_bytes(document, profile=page.ValidationProfile.PDF_UA_1)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_report_meets_every_rule_of_pdf_ua_that_a_machine_can_check(
    snapshots: list[Snapshot], paper: str, language: str
) -> None:
    found = verdict(made(snapshots, paper, language))
    assert (found.is_compliant, found.failures) == (True, [])
    assert found.rules.passed == found.rules.total > 100


def test_control_the_same_document_without_tags_fails(snapshots: list[Snapshot]) -> None:
    found = verdict(made(snapshots, tagged=False))
    assert not found.is_compliant
    assert found.rules.failed >= 4


def without_language(root: Any) -> None:
    del root["/Lang"]


def not_marked(root: Any) -> None:
    del root["/MarkInfo"]


def without_metadata(root: Any) -> None:
    del root["/Metadata"]


def figure_without_words(root: Any) -> None:
    for each in structure(root["/StructTreeRoot"]):
        if each.get("/S") == "/Figure":
            each.pop("/Alt", None)


def skipped_heading(root: Any) -> None:
    for each in structure(root["/StructTreeRoot"]):
        if each.get("/S") == "/H2":
            each[NameObject("/S")] = NameObject("/H5")


@pytest.mark.parametrize(
    "spoil", [without_language, not_marked, without_metadata, figure_without_words, skipped_heading]
)
def test_control_a_spoilt_document_fails(snapshots: list[Snapshot], spoil: Any) -> None:
    good = pypdf.PdfWriter(BytesIO(made(snapshots)))
    assert verdict(written(good)).is_compliant
    spoil(good._root_object)
    assert not verdict(written(good)).is_compliant


def written(writer: pypdf.PdfWriter) -> bytes:
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def structure(element: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure tree in reading order."""
    element = element.get_object()
    if isinstance(element, ArrayObject):
        for each in element:
            yield from structure(each)
    elif isinstance(element, DictionaryObject):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from structure(element["/K"])


def test_the_structure_tells_headings_figure_table_and_lists_in_reading_order(
    snapshots: list[Snapshot],
) -> None:
    reader = pypdf.PdfReader(BytesIO(made(snapshots)))
    elements = list(structure(reader.root_object["/StructTreeRoot"]))
    roles = [str(each["/S"]) for each in elements]
    headings = [role for role in roles if role in ("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert headings[0] == "/H1" and headings.count("/H1") == 1
    levels = [int(role[2]) for role in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    figures = [each for each in elements if str(each["/S"]) == "/Figure"]
    assert len(figures) == 1
    assert "1 of 15 foundational competencies" in str(figures[0]["/Alt"])
    assert roles.index("/H1") < roles.index("/Figure") < roles.index("/Table")
    assert roles.count("/Table") == 1 and roles.count("/L") == 1
    cells = [each for each in elements if str(each["/S"]) == "/TH"]
    assert len(cells) == 5 + 5
    assert all("/Scope" in str(each.get("/A", "")) for each in cells)
    assert roles.count("/TR") == 1 + 5 + 24


def test_the_document_says_what_it_is_in_which_language_and_embeds_its_fonts(
    snapshots: list[Snapshot],
) -> None:
    reader = pypdf.PdfReader(BytesIO(made(snapshots, "letter", "es")))
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "es"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None and reader.metadata.title
    sheets: list[Any] = list(reader.pages)
    for sheet in sheets:
        assert str(sheet["/Tabs"]) == "/S"
        for font in sheet["/Resources"].get_object().get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(key in inner for key in ("/FontFile2", "/FontFile3"))
            assert "/ToUnicode" in font.get_object()


def test_a_report_is_small_enough_to_send(snapshots: list[Snapshot]) -> None:
    assert len(made(snapshots)) < 500_000
