"""Evidence given for one framework is shown for the other, through a crosswalk, and never counted there by itself."""

from typing import Any

import pytest

from throughline.frameworks.crosswalks.actions import Sides, link_competencies, start_crosswalk
from throughline.frameworks.models import Crosswalk, FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import Tree, tree
from throughline.kit import clock
from throughline.records.actions import open_record
from throughline.records.conftest import plan
from throughline.records.evidence.actions import Piece, Shows, bring_evidence, withdraw_evidence
from throughline.records.models import Evidence, Record
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def standards(lead: Membership) -> FrameworkVersion:
    return publish(plan(code="standards"), owner=lead.organisation, by=None).version


@pytest.fixture
def crosswalk(record: Record, standards: FrameworkVersion, lead: Membership) -> Crosswalk:
    """The first competency of the standards is linked with the third of the record's framework."""
    held = start_crosswalk(
        by=lead, left=standards.framework, right=record.version.framework, title="Accreditation"
    )
    link_competencies(
        crosswalk=held,
        by=lead,
        sides=Sides(standards, record.version),
        left=[tree(standards.pk).competencies[0].code],
        right=[tree(record.version_id).competencies[2].code],
        relation="isPartOf",
    )
    return held


def give(record: Record, by: Membership, place: int, title: str) -> Evidence:
    competency = tree(record.version_id).competencies[place]
    piece = Piece(
        kind="text",
        mark="practice",
        title=title,
        text="So.",
        happened_on=clock.today(),
        shows=(Shows(competency.id),),
    )
    return bring_evidence(record=record, piece=piece, by=by)


def test_what_was_given_for_one_shows_on_the_page_of_the_other(
    crosswalk: Crosswalk, record: Record, grown: Tree, standards: FrameworkVersion, lead: Membership
) -> None:
    other = open_record(version=standards, by=lead)
    give(other, lead, 0, "A walk through the labs")
    gone = give(other, lead, 0, "A mistake")
    withdraw_evidence(evidence=gone, reason="Wrong.", by=lead)
    give(other, lead, 1, "Of something else")
    client = client_of(lead)
    there = f"/s/harbour-bridge/records/{record.pk}/competencies/{grown.competencies[2].id}/"
    text = client.get(there).content.decode()
    assert "Added for other frameworks" in text
    assert "A walk through the labs" in text and "Through the crosswalk “Accreditation”" in text
    assert "A mistake" not in text and "Of something else" not in text
    assert (
        "Added for other frameworks"
        not in client.get(
            there.replace(str(grown.competencies[2].id), str(grown.competencies[0].id))
        ).content.decode()
    )
    # and the other way round; a piece that is claimed here too is not told twice
    give(record, lead, 2, "Minutes of the council")
    back = f"/s/harbour-bridge/records/{other.pk}/competencies/{tree(standards.pk).competencies[0].id}/"
    assert "Minutes of the council" in client.get(back).content.decode()
    assert record.standings.count() == 0 and other.standings.count() == 0


def test_only_records_of_the_same_holder_that_one_may_see(
    crosswalk: Crosswalk, record: Record, grown: Tree, standards: FrameworkVersion, lead: Membership,
    learner: Membership,
) -> None:  # fmt: skip
    theirs = open_record(version=standards, by=lead, learner=learner)
    give(theirs, learner, 0, "A learner's own")
    there = f"/s/harbour-bridge/records/{record.pk}/competencies/{grown.competencies[2].id}/"
    assert "A learner" not in client_of(lead).get(there).content.decode()


def test_a_record_is_seen_through_the_other_framework(
    crosswalk: Crosswalk, record: Record, standards: FrameworkVersion, lead: Membership,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    give(record, lead, 2, "Minutes of the council")
    client = client_of(lead)
    listed = client.get(f"/s/harbour-bridge/records/{record.pk}/crosswalks/").content.decode()
    there = f"/s/harbour-bridge/records/{record.pk}/crosswalks/{crosswalk.pk}/"
    assert f'href="{there}"' in listed
    text = client.get(there).content.decode()
    assert "Minutes of the council" in text
    assert "a link never makes anything count as earned" in text
    assert all(each.name in text for each in tree(standards.pk).competencies)
    assert "have nothing linked to them" in text
    with django_assert_num_queries(11):
        client.get(there)
    for number in range(5):
        give(record, lead, 2, f"More {number}")
    with django_assert_num_queries(11):
        client.get(there)
    other = open_record(version=standards, by=lead)
    give(other, lead, 0, "Given for the standard itself")
    text = client.get(there).content.decode()
    assert "Decided separately:" in text and "Given for the standard itself" in text


def test_a_crosswalk_about_other_frameworks_has_nothing_to_say(
    crosswalk: Crosswalk, lead: Membership, outsider: Membership, record: Record
) -> None:
    elsewhere = publish(plan(code="third"), owner=lead.organisation, by=None).version
    other = open_record(version=elsewhere, by=lead)
    client = client_of(lead)
    assert client.get(f"/s/harbour-bridge/records/{other.pk}/crosswalks/{crosswalk.pk}/").status_code == 404
    assert (
        "No crosswalks for"
        in client.get(f"/s/harbour-bridge/records/{other.pk}/crosswalks/").content.decode()
    )
    assert client_of(outsider).get(f"/s/harbour-bridge/records/{record.pk}/crosswalks/").status_code == 404
