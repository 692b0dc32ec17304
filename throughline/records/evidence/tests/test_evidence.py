"""Evidence: entered once with all it needs, claimed for many, withdrawn with its trace, never across organisations."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from throughline.files.models import StoredFile
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import Cite, decide, open_record
from throughline.records.evidence.actions import KEPT_ABOVE, Shows, claim, withdraw_evidence
from throughline.records.models import Citation, Claim, Decision, Evidence, Record
from throughline.records.queries import evidence_visible_to, visible_files
from throughline.schools.models import Group, Membership
from throughline.schools.tenant import seat_of

Bring = Callable[..., Evidence]


def stored(by: Membership, media_type: str = "application/pdf") -> StoredFile:
    return StoredFile.objects.create(
        organisation=by.organisation,
        name="plan.pdf",
        media_type=media_type,
        size=3,
        sha256="0" * 64,
        path="nowhere",
        brought_by=by,
    )


@pytest.fixture
def group_decision(version: FrameworkVersion, grown: Tree, lead: Membership) -> Decision:
    """Mathematics has begun with the first competency."""
    group = Group.objects.create(organisation=lead.organisation, kind="subject", name="Mathematics")
    record = open_record(version=version, by=lead, group=group)
    return decide(
        record=record, competency_id=grown.competencies[0].id, after="in-progress", reason="Begun", by=lead
    )


def test_every_kind_keeps_what_belongs_to_it_and_nothing_else(
    bring: Bring, lead: Membership, group_decision: Decision
) -> None:
    body: dict[str, Any] = {
        "url": " https://example.org/a ",
        "figure": Decimal("31.5"),
        "unit": "of 48",
        "file": stored(lead, "image/webp"),
        "cited_decision": group_decision,
    }
    kept = {}
    for kind in Evidence.Kind.values:
        made = bring(
            kind=kind,
            kept_above=kind in KEPT_ABOVE,
            **body,
        )
        kept[kind] = {
            name
            for name in ("url", "figure", "file", "cited_decision")
            if getattr(made, name) not in (None, "")
        }
    assert kept == {
        "file": {"file"},
        "photo": {"file"},
        "link": {"url"},
        "text": set(),
        "shared": set(),
        "adopted": set(),
        "planned": set(),
        "heard": set(),
        "figure": {"figure"},
        "standing": {"cited_decision"},
    }
    assert Evidence.objects.get(kind="link").url == "https://example.org/a"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"mark": "proof"}, "mark"),
        ({"kind": "song"}, "kind"),
        ({"place": "moon"}, "place"),
        ({"happened_on": date(2999, 1, 1)}, "happened_on"),
        ({"happened_on": date(26, 11, 2)}, "happened_on"),
        ({"recheck_on": date(2000, 1, 1)}, "recheck_on"),
        ({"recheck_on": date(9999, 12, 31)}, "recheck_on"),
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"kind": "file"}, "file"),
        ({"kind": "photo"}, "file"),
        ({"kind": "link", "url": "example.org"}, "url"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "url"),
        ({"kind": "link", "url": "ftp://example.org"}, "url"),
        ({"kind": "figure", "figure": Decimal(3)}, "figure"),
        ({"kind": "figure", "unit": "learners"}, "figure"),
        ({"kind": "figure", "figure": Decimal("1e20"), "unit": "learners"}, "figure"),
        ({"kind": "figure", "figure": Decimal("NaN"), "unit": "learners"}, "figure"),
        ({"kind": "standing"}, "cited_decision"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(
    bring: Bring, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        bring(**fields)
    assert set(refused.value.message_dict) == {field}
    assert Evidence.objects.count() == 0


def test_a_photo_is_a_picture(bring: Bring, lead: Membership) -> None:
    with pytest.raises(ValidationError, match="n’t a picture"):
        bring(kind="photo", file=stored(lead))


def test_only_a_standing_of_a_group_here_can_be_cited(
    bring: Bring,
    record: Record,
    grown: Tree,
    lead: Membership,
    group_decision: Decision,
    outsider: Membership,
) -> None:
    own = decide(
        record=record, competency_id=grown.competencies[0].id, after="in-progress", reason="So", by=lead
    )
    theirs = Group.objects.create(organisation=outsider.organisation, kind="subject", name="Art")
    their_record = open_record(version=record.version, by=outsider, group=theirs)
    foreign = decide(
        record=their_record, competency_id=own.competency_id, after="in-progress", reason="So", by=outsider
    )
    for wrong in (own, foreign):
        with pytest.raises(ValidationError) as refused:
            bring(kind="standing", cited_decision=wrong)
        assert set(refused.value.message_dict) == {"cited_decision"}
    assert bring(kind="standing", cited_decision=group_decision).cited_decision == group_decision


def test_one_piece_serves_many_competencies_and_the_same_claim_twice_is_one(
    bring: Bring, record: Record, grown: Tree, team: Membership
) -> None:
    first, second = grown.competencies[:2]
    shows = (Shows(first.id), Shows(first.id, first.indicators[0].id))
    piece = bring(shows=shows, why="It was there")
    claim(evidence=piece, record=record, shows=[*shows, Shows(second.id)], why="Here too", by=team)
    assert [
        (each.competency_id, each.indicator_id, each.why) for each in Claim.objects.order_by("at", "pk")
    ] == [
        (first.id, None, "It was there"),
        (first.id, first.indicators[0].id, "It was there"),
        (second.id, None, "Here too"),
    ]
    with pytest.raises(ValidationError):
        claim(
            evidence=piece, record=record, shows=[Shows(first.id, second.indicators[0].id)], why="", by=team
        )
    with pytest.raises(ValidationError):
        claim(evidence=piece, record=record, shows=[], why="", by=team)


def test_a_groups_evidence_can_be_claimed_for_its_school(
    bring: Bring, record: Record, grown: Tree, lead: Membership, group_decision: Decision
) -> None:
    piece = bring(to=group_decision.record)
    claim(evidence=piece, record=record, shows=[Shows(grown.competencies[0].id)], why="", by=lead)
    assert piece.claims.get().record == record


def test_withdrawn_evidence_keeps_its_trace(
    bring: Bring, record: Record, grown: Tree, lead: Membership, team: Membership
) -> None:
    competency = grown.competencies[0]
    piece = bring(shows=(Shows(competency.id),))
    decide(
        record=record,
        competency_id=competency.id,
        after="in-progress",
        reason="So",
        by=lead,
        cites=[Cite(piece.id)],
    )
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_evidence(evidence=piece, reason=" ", by=team)
    withdraw_evidence(evidence=piece, reason="It was another school’s", by=team)
    withdraw_evidence(evidence=piece, reason="Again", by=lead)
    piece.refresh_from_db()
    assert (piece.withdrawn_by, piece.withdrawn_reason) == (team, "It was another school’s")
    assert Citation.objects.get().evidence == piece
    assert piece.claims.count() == 1
    with pytest.raises(ValidationError, match="withdrawn"):
        claim(evidence=piece, record=record, shows=[Shows(competency.id)], why="", by=lead)


def test_who_brings_and_who_withdraws(
    bring: Bring,
    record: Record,
    make_one: Callable[..., Membership],
    educator: Membership,
    learner: Membership,
) -> None:
    with pytest.raises(Refused, match="can see this record"):
        bring(by=learner)
    piece = bring(by=educator)
    with pytest.raises(Refused, match="leadership team"):
        withdraw_evidence(evidence=piece, reason="No", by=make_one("Ana Ruiz", "educator"))
    assert withdraw_evidence(evidence=piece, reason="Mine", by=educator).withdrawn_at
    assert withdraw_evidence(
        evidence=bring(by=educator), reason="So", by=make_one("Li Wei", "team")
    ).withdrawn_at


def test_strangers_are_refused_by_the_verb(
    bring: Bring, record: Record, version: FrameworkVersion, grown: Tree, outsider: Membership
) -> None:
    mine = bring()
    theirs = open_record(version=version, by=outsider)
    shows = [Shows(grown.competencies[0].id)]
    with pytest.raises(Refused):
        bring(by=outsider)
    with pytest.raises(Refused):
        withdraw_evidence(evidence=mine, reason="No", by=outsider)
    with pytest.raises(ValidationError, match="another organization"):
        claim(evidence=mine, record=theirs, shows=shows, why="", by=outsider)
    with pytest.raises(ValidationError, match="another organization"):
        bring(kind="file", file=stored(outsider))


def test_a_row_across_organisations_is_refused_by_the_database(
    bring: Bring,
    record: Record,
    grown: Tree,
    lead: Membership,
    outsider: Membership,
    version: FrameworkVersion,
) -> None:
    theirs = open_record(version=version, by=outsider)
    foreign = bring(to=theirs, by=outsider)
    decision = decide(
        record=record, competency_id=grown.competencies[0].id, after="in-progress", reason="So", by=lead
    )
    place = {"organisation": record.organisation}
    crossing: list[Callable[[], object]] = [
        lambda: Citation.objects.create(**place, decision=decision, evidence=foreign),
        lambda: Claim.objects.create(
            **place, evidence=foreign, record=record, competency_id=decision.competency_id, by=lead
        ),
        lambda: Evidence.objects.filter(pk=foreign.pk).update(record=record),
        lambda: Decision.objects.create(
            **place,
            record=theirs,
            competency_id=decision.competency_id,
            number=9,
            before="earned",
            after="earned",
            by=lead,
            how="team",
            reason="So",
        ),
        lambda: Decision.objects.create(
            **place,
            record=record,
            competency_id=decision.competency_id,
            number=9,
            before="earned",
            after="earned",
            by=outsider,
            how="team",
            reason="So",
        ),
    ]
    for cross in crossing:
        with pytest.raises(IntegrityError), transaction.atomic():
            cross()
            connection.check_constraints()  # SQLite checks when asked, PostgreSQL too


def test_files_of_evidence_are_seen_by_those_who_see_it(
    bring: Bring,
    record: Record,
    lead: Membership,
    educator: Membership,
    learner: Membership,
    outsider: Membership,
) -> None:
    piece = bring(kind="file", file=stored(lead))

    def seen(by: Membership) -> bool:
        return StoredFile.objects.filter(visible_files(seat_of(by))).exists()

    assert [seen(by) for by in (lead, educator, learner, outsider)] == [True, True, False, False]
    withdraw_evidence(evidence=piece, reason="A name stands in it", by=lead)
    assert [seen(by) for by in (lead, educator)] == [True, False]
    assert evidence_visible_to(seat_of(educator)).filter(pk=piece.pk).exists()


def test_evidence_is_stale_from_its_date_on(bring: Bring) -> None:
    from throughline.records.reading import evidence_read

    tomorrow = clock.today() + timedelta(days=1)
    piece = bring(recheck_on=tomorrow)
    assert evidence_read(piece).state == ""
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert evidence_read(piece).state == "stale"
