"""The rating sheets of a round against PDF/UA-1, and what stands on them: a code for each, a name only where names show."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from django.utils import translation

from tests.interop.test_pdfua import not_marked, verdict, written
from throughline.journeys.models import Round
from throughline.journeys.paper.actions import choose_paper
from throughline.journeys.paper.pdf import sheets_pdf
from throughline.journeys.paper.queries import is_small, sheets_to_print
from throughline.journeys.paper.sheets import shown
from throughline.journeys.queries import items_of
from throughline.journeys.rounds.actions import open_round
from throughline.journeys.tests.steps import a_draft, a_place, words
from throughline.records.paper.compiling import Way
from throughline.schools.models import Membership
from throughline.testing import shipped_version

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]


def printed(people: list[Membership], *, names_shown: bool, paper: str = "a4", tagged: bool = True) -> bytes:
    version = shipped_version()
    place = a_place(people[0], version, people)
    draft = a_draft(place, people, competencies=words(place).competencies[:7], names_shown=names_shown)
    choose_paper(place=place, round_id=draft.id, members=[each.id for each in people[1:]])
    open_round(place=place, round_id=draft.id)
    held = Round.objects.select_related("journey__organisation", "journey__record__group").get(pk=draft.id)
    assert held.opened_at is not None
    return sheets_pdf(
        held.journey,
        held,
        list(sheets_to_print(held)),
        list(items_of(held)),
        words(place),
        small=is_small(held, words(place)),
        words="en",
        way=replace(Way.now(paper), tagged=tagged),
        made_at=held.opened_at,
    )


@pytest.mark.parametrize(("paper", "language"), [("a4", "en"), ("letter", "es"), ("a4", "ar")])
def test_sheets_meet_every_rule_of_pdf_ua_that_a_machine_can_check(
    lead: Membership, team: Membership, educator: Membership, paper: str, language: str
) -> None:
    with translation.override(language):
        document = printed([lead, team, educator], names_shown=False, paper=paper)
    found = verdict(document)
    assert (found.is_compliant, found.failures) == (True, [])


def test_control_spoilt_sheets_fail(lead: Membership, team: Membership, educator: Membership) -> None:
    document = printed([lead, team, educator], names_shown=False)
    good = pypdf.PdfWriter(BytesIO(document))
    not_marked(good._root_object)
    assert not verdict(written(good)).is_compliant


def test_control_sheets_without_tags_fail(lead: Membership, team: Membership, educator: Membership) -> None:
    assert not verdict(printed([lead, team, educator], names_shown=False, tagged=False)).is_compliant


def test_hidden_names_stand_on_no_sheet_and_every_page_has_its_code(
    lead: Membership, team: Membership, educator: Membership
) -> None:
    reader = pypdf.PdfReader(BytesIO(printed([lead, team, educator], names_shown=False)))
    pages = [page.extract_text() for page in reader.pages]
    whole = " ".join(pages)
    for person in (lead, team, educator):
        assert person.name not in whole
    codes = [shown(each.code) for each in sheets_to_print(Round.objects.get())]
    assert len(codes) == 4
    for page in pages:
        assert sum(code in page for code in codes) == 1
    assert "Share this comment with the team." in whole


def test_where_names_show_a_sheet_is_for_somebody(
    lead: Membership, team: Membership, educator: Membership
) -> None:
    reader = pypdf.PdfReader(BytesIO(printed([lead, team, educator], names_shown=True)))
    whole = " ".join(page.extract_text() for page in reader.pages)
    assert team.name in whole and educator.name in whole and lead.name not in whole
