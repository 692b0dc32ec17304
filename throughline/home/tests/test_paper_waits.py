"""Whoever was named to key in paper sheets finds that on their home, as long as sheets are out."""

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Sheet
from throughline.journeys.paper.actions import choose_paper, dismiss_typist, key_in, name_typist
from throughline.journeys.paper.sheets import Typed
from throughline.journeys.rounds.actions import open_round
from throughline.journeys.tests.steps import a_draft, a_place
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, ship_frameworks

pytestmark = pytest.mark.django_db


def test_sheets_wait_for_their_typist_until_all_are_in(
    school: Organisation, lead: Membership, team: Membership, educator: Membership
) -> None:
    ship_frameworks()
    version = FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")
    typist = make_member(school, "Tess Typist", "educator")
    place = a_place(lead, version, [lead, team, educator])
    draft = a_draft(place, [lead, team, educator])
    choose_paper(place=place, round_id=draft.id, members=[team.id, educator.id])
    name_typist(place=place, round_id=draft.id, membership=typist)
    held = open_round(place=place, round_id=draft.id)
    words = "paper sheets to enter"
    assert words in client_of(typist).get("/").content.decode()
    assert words not in client_of(team).get("/").content.decode()
    rows = [Typed("2")] * held.items.count()
    for sheet in Sheet.objects.filter(round=held).order_by("code")[:2]:
        key_in(by=seat_of(typist), round_id=held.id, sheet_id=sheet.id, typed=rows)
    assert words not in client_of(typist).get("/").content.decode()
    dismiss_typist(place=place, round_id=held.id, membership=typist)
    assert words not in client_of(typist).get("/").content.decode()
