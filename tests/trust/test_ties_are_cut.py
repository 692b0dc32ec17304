"""Closed rounds with hidden names hold nothing that ties a rating to a person. Tried as somebody who has the database.

Each attack is tried on the open round first, where it must succeed: else it would prove nothing of the closed one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from tests.trust.loot import Loot, Suspect, best_join, best_order, in_the_files, near, take_all
from throughline.activity.models import OutgoingMail, Receipt
from throughline.journeys.models import Kept, Rater, Rating, Rerating, Round, Sheet, Tally
from throughline.journeys.paper.actions import choose_paper, key_in, name_typist
from throughline.journeys.paper.sheets import Typed
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread
from throughline.journeys.sealed_notes.actions import seal_note
from throughline.journeys.second_ratings.actions import look_back, open_again, rate_again
from throughline.journeys.tests.steps import a_draft, a_place, a_round, all_say, closed, words
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, make_school, shipped_version

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 9
COMPETENCIES = 8
# Nine people: one guess in nine is right by chance. No chain of joins and no order may come near to knowing.
BY_CHANCE = 0.35


@dataclass
class Told:
    """A team, its second round, and what really happened in it."""

    place: Place
    people: list[Membership]
    held: Round
    said: dict[UUID, dict[str, str]] = field(default_factory=dict)
    again: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)

    @property
    def suspects(self) -> list[Suspect]:
        raters = dict(Rater.objects.filter(round=self.held).values_list("membership_id", "id"))
        return [
            Suspect(each.name, frozenset(key.hex for key in (each.id, each.person_id, raters[each.id])))
            for each in self.people
        ]

    @property
    def everything_said(self) -> dict[str, str]:
        return {text: who for group in self.said.values() for text, who in group.items()} | self.again

    def orders(self) -> list[list[str]]:
        """Of people, as an attacker may know them: as they came, as they were asked, by name, as they rated."""
        asked = Rater.objects.filter(round=self.held, membership__isnull=False).order_by("pk")
        return [
            [each.name for each in self.people],
            [each.name for each in sorted(self.people, key=lambda one: one.pk)],
            sorted(each.name for each in self.people),
            list(asked.values_list("membership__name", flat=True)),
        ]


@pytest.fixture
def told() -> Iterator[Told]:
    """Two rounds of nine people, of whom two rate on paper in the second; everything that leaves a trace is done."""
    school = make_school()
    people = [make_member(school, f"Person {letter}", "team") for letter in "HCEAGBIDF"]
    lead = make_member(school, "Lead Lind", "lead")
    version = shipped_version()
    place = a_place(lead, version, people, deciders=[lead])
    chosen = words(place).competencies[:COMPETENCIES]
    first = a_round(place, people, competencies=chosen)
    all_say(first, people, [2] * PEOPLE)
    closed(place, open_spread(place=place, round_id=first.id))
    held = a_draft(place, people, competencies=chosen)
    on_screen, on_paper = people[:-2], people[-2:]
    choose_paper(place=place, round_id=held.id, members=[each.id for each in on_paper])
    name_typist(place=place, round_id=held.id, membership=lead)
    open_round(place=place, round_id=held.id)
    made = Told(place, people, held)
    _rate(made, on_screen)
    _on_paper(made, on_paper, lead)
    _look_back_and_talk(made, on_screen)
    yield made


def _rate(made: Told, people: list[Membership]) -> None:
    chance = random.Random(7)
    for person in people:
        for item in items_of(made.held):
            text = f"zq{uuid4().hex[:12]}zq"
            made.said.setdefault(item.id, {})[text] = person.name
            rate(
                by=seat_of(person), round_id=made.held.id, competency_id=item.competency_id,
                step=chance.randint(1, 4), confidence="very", comment=text,
            )  # fmt: skip


def _on_paper(made: Told, people: list[Membership], lead: Membership) -> None:
    for person in people:
        sheet = Sheet.objects.filter(round=made.held, is_in=False)[0]
        texts = [f"zq{uuid4().hex[:12]}zq" for _each in range(COMPETENCIES)]
        typed = [Typed(step="3", comment=text) for text in texts]
        key_in(by=seat_of(lead), round_id=made.held.id, sheet_id=sheet.id, typed=typed)
        for item, text in zip(items_of(made.held), texts, strict=True):
            made.said[item.id][text] = person.name


def _look_back_and_talk(made: Told, people: list[Membership]) -> None:
    """Also over HTTP, as people do it: forms leave receipts."""
    item, known = (
        items_of(made.held)[0],
        {"school": made.place.seat.organisation.slug, "round_id": made.held.id},
    )
    one = {**known, "competency_id": item.competency_id}
    for person in people:
        look_back(by=seat_of(person), round_id=made.held.id, competency_id=item.competency_id, step=1)
    page = client_of(people[0])
    back = {"step": "2", "_once": str(uuid4())}
    assert page.post(reverse("journeys:look-back", kwargs=one), back).status_code == 302
    assert page.post(reverse("journeys:keep-answers", kwargs=known), {"keep": "1"}).status_code == 302
    open_spread(place=made.place, round_id=made.held.id)
    open_again(place=made.place, round_id=made.held.id, competencies=[item.competency_id])
    for person in people:
        text = f"zq{uuid4().hex[:12]}zq"
        made.again[text] = person.name
        rate_again(
            by=seat_of(person), round_id=made.held.id, competency_id=item.competency_id, step=3, comment=text
        )
    said = {"step": "4", "comment": next(iter(made.again)), "_once": str(uuid4())}
    assert page.post(reverse("journeys:again-one", kwargs=one), said).status_code == 302
    seal_note(place=place_of(seat_of(people[1]), made.place.journey), round_id=made.held.id, text="zqnotezq")
    made.answers = [
        key.hex for model in (Rating, Rerating) for key in model.objects.values_list("id", flat=True)
    ]


def attacks(loot: Loot, made: Told) -> dict[str, float]:
    """How far each attack gets: 1 is everything."""
    on_screen = {each.name: each.known_by for each in made.suspects}
    close = [near(loot, text, on_screen[who]) for text, who in made.everything_said.items()]
    return {
        "joins": best_join(loot, made.everything_said, made.suspects),
        "order": best_order(loot, made.said.values(), made.orders()),
        "bytes": sum(close) / len(close),
    }


def test_whoever_has_the_database_of_a_closed_round_cannot_tell_who_said_what(told: Told) -> None:
    before = attacks(take_all(), told)
    # Two of nine rated on paper, and those sheets have been nobody's from the beginning.
    assert before["joins"] > 0.7 and before["order"] > 0.9 and before["bytes"] > 0.7, before
    closed(told.place, told.held)
    after = attacks(take_all(), told)
    # Comments are still there, so by chance one may lie on a page beside its author's; answers are not (below).
    assert max(after.values()) < BY_CHANCE, after


def test_nothing_of_a_single_answer_is_left_in_the_files_of_the_database(told: Told) -> None:
    assert Receipt.objects.filter(location__contains=str(told.held.id)).exists()
    assert OutgoingMail.objects.filter(key__contains=str(told.held.id)).exists()
    loot = take_all()
    assert all(in_the_files(loot, each) for each in told.answers)
    closed(told.place, told.held)
    told.held.refresh_from_db()
    assert told.held.untied_at is not None and told.held.scrubbed_at is not None
    loot = take_all()
    assert told.answers and not any(in_the_files(loot, each) for each in told.answers)
    assert not Rating.objects.exists() and not Rerating.objects.exists() and not Sheet.objects.exists()
    assert not Rater.objects.filter(membership__isnull=True).exists()
    assert not Receipt.objects.filter(location__contains=str(told.held.id)).exists()
    left = OutgoingMail.objects.filter(key__contains=str(told.held.id))
    assert {each.key.split(":")[0] for each in left} <= {"round-typist"}
    # What the team may read is still there: the counts and the comments of nine.
    tally = Tally.objects.get(item=items_of(told.held)[1], kind=Tally.Kind.ALONE)
    assert tally.counts is not None and sum(tally.counts) == PEOPLE
    assert set(tally.remarks) == set(told.said[tally.item_id])


def test_what_is_kept_for_looking_back_opens_with_the_key_only_and_the_key_is_not_in_the_database(
    told: Told,
) -> None:
    me = told.people[0]
    closed(told.place, told.held)
    kept = Kept.objects.get(round=told.held)
    loot, key = take_all(), Path(settings.KEEPING_KEY)
    assert kept.membership_id == me.id and kept.sealed[:400].encode() in loot.raw
    assert not any(line in loot.raw for line in key.read_bytes().split())
    assert b"zqnotezq" not in loot.raw and kept.whose.encode() not in loot.raw
    page = reverse(
        "journeys:rate", kwargs={"school": told.place.seat.organisation.slug, "round_id": told.held.id}
    )
    mine = [text for group in told.said.values() for text, who in group.items() if who == me.name]
    assert all(text in client_of(me).get(page).content.decode() for text in mine)
    other = client_of(told.people[1]).get(page).content.decode()
    assert "No one can look this up anymore" in other and not any(text in other for text in mine)
    kept.membership = told.people[1]  # a row put in another's place opens nothing
    kept.save()
    assert "cannot be opened" in client_of(told.people[1]).get(page).content.decode()
    kept.membership = me
    kept.save()
    aside = key.rename(key.with_name("elsewhere"))
    try:
        assert "cannot be opened" in client_of(me).get(page).content.decode()
    finally:
        aside.rename(key)


def test_of_a_small_team_the_word_is_all_that_is_left(told: Told) -> None:
    closed(told.place, told.held)
    few = told.people[:3]
    held = a_round(told.place, few, competencies=words(told.place).competencies[:2])
    texts = {f"zq{uuid4().hex[:12]}zq": person for person in few}
    for number, (text, person) in enumerate(texts.items()):
        for item in items_of(held):
            rate(
                by=seat_of(person), round_id=held.id, competency_id=item.competency_id,
                step=2, comment=text, release_comment=number == 0,
            )  # fmt: skip
    open_spread(place=told.place, round_id=held.id)
    assert all(text.encode() in take_all().raw for text in texts)
    closed(told.place, held)
    loot, (released, *others) = take_all(), texts
    assert released.encode() in loot.raw
    assert not any(text.encode() in loot.raw for text in others)
    for tally in Tally.objects.filter(item__round=held):
        assert (tally.shown, tally.word, tally.counts, tally.cannot_say, tally.middle) == (
            "word", "agree", None, None, [],
        )  # fmt: skip
