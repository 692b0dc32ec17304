"""A record moves on to a newer version: its standings, its history and the evidence behind them go along."""

from collections import defaultdict
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import change_draft, publish_draft, start_draft
from throughline.frameworks.drafting.tests.test_editing import _all, edits, plan_of, sizes
from throughline.frameworks.models import Competency, FrameworkVersion, ItemFate
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.records.actions import Cite, decide, open_record, set_aside
from throughline.records.evidence.actions import Piece, Shows, bring_evidence, claim
from throughline.records.models import Claim, Decision, Evidence, How, Record, RecordMove, SetAside, Standing
from throughline.records.moving.actions import move_record, outlook_of
from throughline.records.moving.carry_over import restated
from throughline.records.moving.queries import earlier_in, past_in, tree_at
from throughline.records.queries import profile_of
from throughline.records.rebuild import differences_of
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of, make_member, make_school

Change = Any


def next_version(base: FrameworkVersion, lead: Membership, number: str, change: Change) -> FrameworkVersion:
    draft = start_draft(by=lead, base=base)
    change_draft(draft=draft, by=lead, seen_version=0, change=change)
    draft.refresh_from_db()
    return publish_draft(draft=draft, number=number, seen_version=draft.version, by=lead)


def put(record: Record, competency: Competency, value: str, by: Membership) -> None:
    """A decision as it could have come about, without all the evidence that *earned* asks for."""
    record.last_number += 1
    record.save()
    place: dict[str, Any] = {
        "organisation_id": record.organisation_id,
        "record": record,
        "competency": competency,
    }
    made = Decision.objects.create(
        **place,
        number=record.last_number,
        before="not-started",
        after=value,
        by=by,
        how=How.TEAM,
        reason="So.",
    )
    Standing.objects.filter(**place).delete()
    Standing.objects.create(**place, value=value, decision=made)


def rule(standings: list[str]) -> str:
    """The rule as the issue says it."""
    if len(standings) == 1:
        return standings[0]
    if all(each == "earned" for each in standings):
        return "earned"
    return "in-progress" if set(standings) - {"not-started"} else "not-started"


class Moving(TestCase):
    @given(
        sizes,
        edits,
        st.lists(
            st.tuples(st.integers(0, 15), st.sampled_from(["not-started", "in-progress", "earned"])),
            max_size=12,
        ),
    )
    @settings(max_examples=30)
    def test_standings_follow_the_rule_and_the_past_stays_as_it_was(
        self, counts: list[int], todo: list[Any], said: list[tuple[int, str]]
    ) -> None:
        school = make_school("Moved")
        lead = make_member(school, "Lead", "lead")
        old = publish(plan_of(counts), owner=school, by=lead).version
        new = next_version(old, lead, "2", _all(todo))
        record = open_record(version=old, by=lead)
        items = list(Competency.objects.filter(version=old).order_by("pk"))
        for place, value in said:
            put(record, items[place % len(items)], value, lead)
        held = {row.competency_id: row.value for row in Standing.objects.filter(record=record)}
        before = clock.now()
        then = profile_of(record, tree_at(record, before), until=before)
        outlook = outlook_of(record, new)
        move_record(record=record, to=new, reason="Better words.", by=lead)
        record.refresh_from_db()
        assert record.version == new
        sources: dict[Any, list[str]] = defaultdict(list)
        begun = set()
        for fate in ItemFate.objects.filter(version=new, new__isnull=False):
            sources[fate.new_id].append(held.get(fate.old_id, "not-started"))
            if fate.old_id in held:
                begun.add(fate.new_id)
        now = {item.competency.id: str(item.standing) for item in profile_of(record, tree(new.pk)).items}
        assert now == {key: rule(sources[key]) if sources[key] else "not-started" for key in now}
        assert now == {each.item.id: each.standing for each in outlook.items}, "as it was shown beforehand"
        assert (
            set(
                Standing.objects.filter(record=record, competency__version=new).values_list(
                    "competency", flat=True
                )
            )
            == begun
        )
        assert differences_of(record) == []
        assert profile_of(record, tree_at(record, before), until=before) == then
        beside = {item.competency.id: str(item.standing) for item in restated(then, tree(new.pk)).items}
        assert beside == {key: now[key] for key in beside}, "moving alone changes no standing"
        assert {
            row.competency_id: row.value
            for row in Standing.objects.filter(record=record, competency__version=old)
        } == held


@pytest.fixture
def old(school: Organisation, lead: Membership) -> FrameworkVersion:
    return publish(plan_of([4, 2]), owner=school, by=lead).version


@pytest.fixture
def new(old: FrameworkVersion, lead: Membership) -> FrameworkVersion:
    """c0-0 reworded, c0-1 split, c0-2 and c0-3 merged, c1-0 the same, c1-1 dropped, one new."""

    def change(content: Any) -> None:
        [first, second] = content["domains"]
        _one, two, three, four = (each["uid"] for each in first["competencies"])
        first["competencies"][0]["name"] = "Said better"
        ideas = [first["competencies"][1]["indicators"][1]["uid"]]
        editing.split(content, two, "The other part", ideas)
        editing.merge(content, three, four)
        editing.remove(content, second["competencies"][1]["uid"])
        editing.add_competency(content, second["uid"], "Quite new")

    return next_version(old, lead, "2", change)


def named(version: FrameworkVersion, name: str) -> Competency:
    return Competency.objects.get(version=version, name=name)


def coded(version: FrameworkVersion, code: str) -> Competency:
    return Competency.objects.get(version=version, code=code)


def evidence(record: Record, competency: Competency, by: Membership, place: int = 0) -> Evidence:
    ideas = list(competency.indicators.order_by("position"))
    piece = Piece(
        kind="text",
        mark="practice",
        title=f"Seen {competency.code}",
        text="So.",
        happened_on=clock.today(),
        shows=(Shows(competency.pk, ideas[place].pk), Shows(competency.pk)),
        why="It shows.",
    )
    return bring_evidence(record=record, piece=piece, by=by)


@pytest.mark.django_db
def test_evidence_claims_and_what_is_set_aside_go_along(
    old: FrameworkVersion, new: FrameworkVersion, lead: Membership
) -> None:
    record = open_record(version=old, by=lead)
    split, third, gone = coded(old, "c0-1"), coded(old, "c0-2"), coded(old, "c1-1")
    piece = evidence(record, split, lead, place=1)
    dropped = evidence(record, gone, lead)
    idea = split.indicators.get(position=2)
    decide(
        record=record,
        competency_id=split.pk,
        after="in-progress",
        reason="We began.",
        by=lead,
        cites=[Cite(piece.pk, idea.pk)],
    )
    set_aside(record=record, competency_id=third.pk, reason="Not ours.", by=lead)
    set_aside(record=record, competency_id=coded(old, "c1-0").pk, reason="Not now.", by=lead)
    move = move_record(record=record, to=new, reason="Better words.", by=lead)
    record.refresh_from_db()
    other = named(new, "The other part")
    carried = Decision.objects.filter(record=record, context=move.pk)
    assert {(each.competency.code, each.after, each.how) for each in carried} == {
        ("c0-1", "in-progress", "moved"),
        ("the-other-part", "in-progress", "moved"),
    }
    assert all(
        each.reason == "Carried over from “Competency 0 1” (in progress) of version 1." for each in carried
    )
    cited = carried.get(competency=other).citations.get()
    assert (cited.evidence_id, cited.indicator) == (piece.pk, other.indicators.get())
    claims = Claim.objects.filter(record=record, competency__version=new)
    assert {(each.competency.code, each.indicator_id is None) for each in claims} == {
        ("c0-1", True),
        ("the-other-part", True),
        ("the-other-part", False),
    }
    aside = SetAside.objects.filter(record=record, competency__version=new)
    assert [each.competency.code for each in aside] == ["c1-0"], "merged with one that counts, c0-2 counts"
    client = client_of(lead)
    pages = f"/s/harbour-bridge/records/{record.pk}/"
    page = client.get(f"{pages}competencies/{other.pk}/").content.decode()
    assert "Carried over as in progress" in page and "We began." in page
    assert "Decided on “Competency 0 1” of version 1." in page
    past = client.get(f"{pages}competencies/{split.pk}/").content.decode()
    assert (
        "This is how it was worded in version 1" in past
        and "The other part" in past
        and "Add evidence" not in past
    )
    assert "doesn’t include this" in client.get(f"{pages}competencies/{gone.pk}/").content.decode()
    for each in (piece, dropped):
        assert client.get(f"/s/harbour-bridge/evidence/{each.pk}/").status_code == 200
    assert "Competency 1 1" in client.get(f"/s/harbour-bridge/evidence/{dropped.pk}/").content.decode()
    assert client.get(f"{pages}evidence/").status_code == 200
    claim(evidence=dropped, record=record, shows=[Shows(other.pk)], why="", by=lead)
    assert set(past_in(record, other.pk)) == {split.pk}
    found = earlier_in(record, split.pk)
    assert found is not None and {each.code for each in found.now} == {"c0-1", "the-other-part"}


@pytest.mark.django_db
def test_over_two_versions_at_once_and_the_profile_of_each_time(
    old: FrameworkVersion, new: FrameworkVersion, lead: Membership
) -> None:
    def change(content: Any) -> None:
        editing.merge(
            content,
            content["domains"][0]["competencies"][0]["uid"],
            content["domains"][0]["competencies"][1]["uid"],
        )

    third = next_version(new, lead, "3", change)
    record = open_record(version=old, by=lead)
    put(record, coded(old, "c0-0"), "earned", lead)
    put(record, coded(old, "c0-1"), "in-progress", lead)
    first = clock.now()
    move_record(record=record, to=third, reason="Straight on.", by=lead)
    record.refresh_from_db()
    assert RecordMove.objects.get(record=record).to_version == third
    assert Standing.objects.get(record=record, competency=coded(third, "c0-0")).value == "in-progress"
    assert tree_at(record, first).number == "1" and tree_at(record, None).number == "3"
    client = client_of(lead)
    page = f"/s/harbour-bridge/records/{record.pk}/"
    assert client.get(f"{page}profile/?from=2020-01-01").status_code == 200
    data = client.get(f"{page}profile.json?from=2020-01-01").json()
    assert {each["code"]: each["before"] for each in data["items"]}["quite-new"] is None


@pytest.mark.django_db
def test_what_cannot_move_says_why(old: FrameworkVersion, new: FrameworkVersion, lead: Membership) -> None:
    record = open_record(version=old, by=lead)
    with pytest.raises(ValidationError, match="Give a reason in a sentence"):
        move_record(record=record, to=new, reason=" ", by=lead)
    stranger = publish(plan_of([1], number="9"), owner=lead.organisation, by=lead).version
    with pytest.raises(ValidationError, match="isn’t based on"):
        move_record(record=record, to=stranger, reason="Why not.", by=lead)
    open_record(version=new, by=lead)
    with pytest.raises(ValidationError, match="There’s already another record on version 2"):
        move_record(record=record, to=new, reason="Better.", by=lead)
    assert not RecordMove.objects.exists()
