"""A piece of work is brought again: the newest stands, the ones before are kept, decisions know which they saw."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.files.models import StoredFile
from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import Cite, decide
from throughline.records.evidence.actions import (
    Piece,
    Shows,
    bring_edition,
    bring_evidence,
    withdraw_evidence,
)
from throughline.records.evidence.tests.test_evidence import stored
from throughline.records.models import Citation, Claim, Evidence, Record
from throughline.records.queries import cited_files, editions_of, visible_files
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def written(text: str, title: str = "A bridge") -> Piece:
    return Piece(kind="text", mark="practice", title=title, happened_on=clock.today(), text=text)


@pytest.fixture
def piece(record: Record, lead: Membership, grown: Tree) -> Evidence:
    shows = (Shows(grown.competencies[0].id),)
    made = Piece(
        kind="text", mark="practice", title="A bridge", happened_on=clock.today(), text="first", shows=shows
    )
    return bring_evidence(record=record, piece=made, by=lead)


def test_the_newest_stands_and_the_ones_before_are_kept(piece: Evidence, lead: Membership) -> None:
    assert editions_of(piece) == []
    again = bring_edition(evidence=piece, piece=written("second"), seen=1, by=lead)
    again = bring_edition(evidence=again, piece=written("third", "A better bridge"), seen=2, by=lead)
    assert (again.pk, again.edition, again.text, again.title) == (piece.pk, 3, "third", "A better bridge")
    assert [(each.number, each.title, each.text) for each in editions_of(again)] == [
        (2, "A bridge", "second"),
        (1, "A bridge", "first"),
    ]
    assert Claim.objects.filter(evidence=piece).count() == 1


def test_a_link_in_place_of_words_leaves_none_behind(piece: Evidence, lead: Membership) -> None:
    linked = Piece(
        kind="link",
        mark="practice",
        title="On the web",
        happened_on=clock.today(),
        url="https://example.org/",
    )
    again = bring_edition(evidence=piece, piece=linked, seen=1, by=lead)
    again.refresh_from_db()
    assert (again.kind, again.url, again.text) == ("link", "https://example.org/", "")


def test_a_decision_keeps_the_edition_that_it_saw(
    piece: Evidence, record: Record, lead: Membership, grown: Tree
) -> None:
    told: dict[str, Any] = {
        "record": record,
        "competency_id": grown.competencies[0].id,
        "after": "in-progress",
        "by": lead,
    }
    decide(**told, reason="Begun.", cites=[Cite(piece.pk)])
    bring_edition(evidence=piece, piece=written("second"), seen=1, by=lead)
    decide(**told, reason="Better.", cites=[Cite(piece.pk)])
    assert list(Citation.objects.order_by("decision__number").values_list("edition", flat=True)) == [1, 2]


def test_whoever_reworked_an_older_edition_is_told_and_nothing_is_lost(
    piece: Evidence, lead: Membership
) -> None:
    bring_edition(evidence=piece, piece=written("second"), seen=1, by=lead)
    with pytest.raises(ValidationError, match="newer edition"):
        bring_edition(evidence=piece, piece=written("mine"), seen=1, by=lead)
    piece.refresh_from_db()
    assert (piece.edition, piece.text) == (2, "second")


def test_only_who_brought_it_reworks_it_and_not_once_it_is_withdrawn(
    piece: Evidence, lead: Membership, team: Membership
) -> None:
    with pytest.raises(Refused):
        bring_edition(evidence=piece, piece=written("theirs"), seen=1, by=team)
    withdraw_evidence(evidence=piece, reason="Wrong class.", by=lead)
    with pytest.raises(Refused):
        bring_edition(evidence=piece, piece=written("again"), seen=1, by=lead)


@pytest.mark.parametrize("wrong", [{"text": ""}, {"title": " "}, {"kind": "figure"}, {"kind": "heard"}])
def test_what_cannot_be_changes_nothing(piece: Evidence, lead: Membership, wrong: dict[str, str]) -> None:
    told: dict[str, Any] = {
        "kind": "text",
        "mark": "practice",
        "title": "A bridge",
        "text": "second",
        **wrong,
    }
    with pytest.raises(ValidationError):
        bring_edition(evidence=piece, piece=Piece(happened_on=clock.today(), **told), seen=1, by=lead)
    piece.refresh_from_db()
    assert piece.edition == 1
    assert editions_of(piece) == []


def test_the_page_takes_a_newer_edition_and_shows_the_ones_before(piece: Evidence, lead: Membership) -> None:
    here = {"school": lead.organisation.slug, "evidence_id": piece.pk}
    client = client_of(lead)
    page, form = reverse("records:evidence", kwargs=here), reverse("records:rework", kwargs=here)
    told = {"kind": "text", "title": "A bridge", "happened_on": f"{clock.today()}", "seen": "1"}
    refused = client.post(form, {**told, "text": ""})
    assert refused.status_code == 422
    assert client.post(form, {**told, "text": "qsecondq"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "qsecondq" in shown and "Edition 1" in shown and "first" in shown
    late = client.post(form, {**told, "text": "qmineq"})
    assert late.status_code == 422 and "qmineq" in late.content.decode()


def test_earlier_editions_cost_one_query_more_and_only_where_there_are_any(
    piece: Evidence, lead: Membership
) -> None:
    with CaptureQueriesContext(connection) as none:
        editions_of(piece)
    again = bring_edition(evidence=piece, piece=written("second"), seen=1, by=lead)
    again = bring_edition(evidence=again, piece=written("third"), seen=2, by=lead)
    with CaptureQueriesContext(connection) as some:
        assert len(editions_of(again)) == 2
    assert (len(none), len(some)) == (0, 1)


def test_the_file_of_an_earlier_edition_stays_readable_and_is_never_swept(
    record: Record, lead: Membership, team: Membership
) -> None:
    before, after = stored(lead), stored(lead)
    told: dict[str, Any] = {
        "kind": "file",
        "mark": "practice",
        "title": "A model",
        "happened_on": clock.today(),
    }
    made = bring_evidence(record=record, piece=Piece(**told, file=before), by=lead)
    bring_edition(evidence=made, piece=Piece(**told, file=after), seen=1, by=lead)
    for condition in (visible_files(seat_of(team)), cited_files()):
        assert set(StoredFile.objects.filter(condition)) == {before, after}
    withdraw_evidence(evidence=made, reason="Not ours.", by=lead)
    educator = make_member(lead.organisation, "Educator Eve", "educator")
    assert not StoredFile.objects.filter(visible_files(seat_of(educator))).exists()
