"""The papers of a framework and the rating sheets against PDF/UA-1, by the checker of `test_pdfua`, with what must fail.

Whatever is imported may stand on them: hundreds of competencies, statements as long as pages, Markdown, formulas, other
scripts. A paper is never refused.
"""

from collections.abc import Callable
from dataclasses import replace
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
from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, default_steps
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import tree
from throughline.records.paper.catalog import KINDS, leads_to, paper_of
from throughline.records.paper.compiling import Way
from throughline.records.paper.parts import MOST, Part, parts_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]
EVERY = [kind.key for kind in KINDS]
LONG = "Learners explain *why* $a^2 + b^2 = c^2$ holds, <b>in their own words</b>, and # not by heart. " * 40
ARABIC = "يشرح المتعلمون ما تعلموه بكلماتهم الخاصة، ويربطونه بما يعرفونه من قبل."


@pytest.fixture
def wild() -> FrameworkVersion:
    """An imported framework that spares nobody: large, long, marked up, in two directions."""
    texts = (LONG, ARABIC, "One line.", "", "\\frac{a}{b} \U0001f331 \ue000 **bold** | table |")
    domains = tuple(
        DomainPlan(
            code=f"d{number}",
            name=ARABIC if number == 1 else f"Domain {number} with a name that goes on for a while",
            question=LONG,
            competencies=tuple(
                CompetencyPlan(
                    code=f"d{number}c{place}",
                    name=(texts[place % 5] or "Nothing")[:500],
                    level="advanced" if place % 3 == 0 else "foundational",
                    description=texts[(place + 1) % 5],
                )
                for place in range(count)
            ),
        )
        for number, count in enumerate((7, 130, 40))
    )
    plan = Blueprint(
        code="wild",
        number="2026-11",
        language="en",
        title=f"Standards {ARABIC}",
        content={"title": f"Standards {ARABIC}", "steps": default_steps(), "steps_are_default": True},
        domains=domains,
    )
    made = publish(plan, owner=None, by=None).version
    return FrameworkVersion.objects.select_related("framework").get(pk=made.pk)


def made(version: FrameworkVersion, kind: str, paper: str = "a4", part: int = 0, **way: Any) -> bytes:
    framework = tree(version.pk)
    chosen: Part = parts_of(framework)[part]
    link = leads_to(version, framework, "")
    return paper_of(kind, version, framework, chosen, link=link, way=replace(Way.now(paper), **way))


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", EVERY)
def test_every_paper_meets_every_rule_of_pdf_ua_that_a_machine_can_check(
    journey_version: FrameworkVersion, kind: str, paper: str, language: str
) -> None:
    with translation.override(language):
        document = made(journey_version, kind, paper)
    found = verdict(document)
    assert (found.is_compliant, found.failures) == (True, [])
    assert str(pypdf.PdfReader(BytesIO(document)).root_object["/Lang"]) == language


@pytest.mark.parametrize("kind", EVERY)
def test_control_without_tags_it_fails(journey_version: FrameworkVersion, kind: str) -> None:
    assert not verdict(made(journey_version, kind, tagged=False)).is_compliant


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("workbook", without_language),
        ("workbook", skipped_heading),
        ("cards", figure_without_words),
        ("cards", not_marked),
        ("profile", figure_without_words),
        ("profile", without_metadata),
    ],
)
def test_control_a_spoilt_paper_fails(
    journey_version: FrameworkVersion, kind: str, spoil: Callable[[Any], None]
) -> None:
    good = pypdf.PdfWriter(BytesIO(made(journey_version, kind)))
    assert verdict(written(good)).is_compliant
    spoil(good._root_object)
    assert not verdict(written(good)).is_compliant


@pytest.mark.parametrize("kind", EVERY)
def test_whatever_was_imported_can_be_printed(wild: FrameworkVersion, kind: str) -> None:
    parts = parts_of(tree(wild.pk))
    assert [sum(len(each.competencies) for each in part.domains) for part in parts] == [7, MOST, MOST, 10, 40]
    for place in (0, 1):
        with translation.override("ar" if place else "en"):
            document = made(wild, kind, "letter", place)
        assert verdict(document).is_compliant


def roles(document: bytes) -> list[str]:
    return [
        str(each["/S"])
        for each in structure(pypdf.PdfReader(BytesIO(document)).root_object["/StructTreeRoot"])
    ]


def text_of(document: bytes) -> str:
    return " ".join(
        " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(document)).pages).split()
    )


def test_the_workbook_names_every_competency_its_steps_and_who_can_witness_it(
    journey_version: FrameworkVersion,
) -> None:
    document = made(journey_version, "workbook")
    told, framework = text_of(document), tree(journey_version.pk)
    for competency in framework.competencies:
        assert competency.name in told
        assert competency.steps[3][:40] in told
    assert "Seen by:" in told and "did not issue this text" in told
    levels = [int(role[2]) for role in roles(document) if role in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1 and levels.count(1) == 1 and levels.count(3) == 24
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "/TOC" in roles(document)


def test_there_is_a_wall_card_for_each_competency_with_a_code_that_leads_to_it(
    journey_version: FrameworkVersion,
) -> None:
    document = made(journey_version, "cards")
    reader, framework = pypdf.PdfReader(BytesIO(document)), tree(journey_version.pk)
    assert len(reader.pages) == 24
    figures = [
        str(each["/Alt"])
        for each in structure(reader.root_object["/StructTreeRoot"])
        if str(each["/S"]) == "/Figure"
    ]
    assert len(figures) == 24
    for figure, competency in zip(figures, framework.competencies, strict=True):
        assert competency.name in figure
    address = leads_to(journey_version, framework, "")(framework.competencies[0])
    assert address.startswith("http") and address.endswith("/1/stakeholder-buy-in/")
    assert address.replace("/", "") in text_of(document).replace(" ", "").replace("/", "")


def test_the_blank_profile_says_nothing_of_anyone_and_names_every_block(
    journey_version: FrameworkVersion,
) -> None:
    document = made(journey_version, "profile")
    told = text_of(document)
    assert "___ of 15" in told and "In progress: draw diagonal lines" in told
    assert roles(document).count("/TR") == 1 + 5 + 24
    assert all(competency.name in told for competency in tree(journey_version.pk).competencies)
