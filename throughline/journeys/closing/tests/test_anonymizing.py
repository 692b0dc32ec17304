"""Closing a round with hidden names cuts the tie between ratings and people, and changes nothing of what is shown."""

import sqlite3
from contextlib import closing
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from throughline.activity.models import OutgoingMail
from throughline.journeys.closing import anonymizing as untying
from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.housekeeping import untie_ratings
from throughline.journeys.models import Kept, Rating, Rerating, Round, Snapshot, Tally
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.rating.actions import release_comment
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.sealed_answers.actions import keep_answers
from throughline.journeys.sealed_answers.queries import answers_in, kept_of
from throughline.journeys.second_ratings.actions import close_again, look_back, open_again, rate_again
from throughline.journeys.spread.looking_back import looks_of
from throughline.journeys.spread.queries import spreads_of, words_of
from throughline.journeys.spread.second_ratings import seconds_of, words_after
from throughline.journeys.tests.steps import a_round, an_open_spread, at_once, closed, few, say, settle, words
from throughline.kit import scrubbing
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

People = list[Membership]


def told(place: Place, held: Round) -> list[object]:
    """Everything that the team is told of how people rated; comments as a set, for they have no order."""
    held.refresh_from_db()
    framework = words(place)
    spreads = spreads_of(held, framework, None)
    seconds = seconds_of(held, spreads)
    shown = [*spreads, *(each.spread for each in seconds.values() if each.spread)]
    return [
        [
            (each.shown, each.reading, each.counts, each.cannot_say, sorted(one.text for one in each.remarks))
            for each in shown
        ],
        {key: (each.asked, each.answered, each.spread is None) for key, each in seconds.items()},
        words_of(held),
        words_after(held),
        looks_of(held, framework),
        looks_of(held, framework, for_all=True),
    ]


def everything_happens(place: Place, people: People, steps: list[int | None]) -> Round:
    """A second round in which people look back, comment, and rate two competencies again, too few of them the second."""
    closed(place, an_open_spread(place, people, [1 for _each in people]))
    held = a_round(place, people)
    for number, (person, step) in enumerate(zip(people, steps, strict=True)):
        say(held, person, step, f"{person.name} says so.", release_comment=number == 0)
        look_back(by=seat_of(person), round_id=held.id, competency_id=few(place)[0].id, step=2)
    open_spread(place=place, round_id=held.id)
    open_again(place=place, round_id=held.id, competencies=[each.id for each in few(place)[:2]])
    for person in people:
        rate_again(
            by=seat_of(person), round_id=held.id, competency_id=few(place)[0].id, step=3, comment="Now so."
        )
    rate_again(by=seat_of(people[0]), round_id=held.id, competency_id=few(place)[1].id, step=3)
    close_again(place=place, round_id=held.id, competencies=[each.id for each in few(place)[:2]])
    return held


@pytest.mark.django_db
@pytest.mark.parametrize("size", [3, 6])
def test_what_the_team_sees_is_the_same_before_and_after(place: Place, six: People, size: int) -> None:
    held = everything_happens(place, six[:size], [1, None, 4, 4, 2, 2][:size])
    before = told(place, held)
    assert any(before[0]) and before[1] and before[4]  # type: ignore[arg-type]
    snapshot = closed(place, held)
    assert told(place, held) == before
    assert not Rating.objects.filter(item__round=held).exists() and not Rerating.objects.exists()
    assert snapshot.content["raters"] == size


@pytest.mark.django_db
def test_where_names_show_nothing_is_cut(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 2, 3, 4, 1, 2], names_shown=True)
    before = told(place, held)
    closed(place, held)
    assert told(place, held) == before
    assert Rating.objects.count() == 18 and not Tally.objects.exists() and held.untied_at is None
    page = client_of(six[0]).get(_address("round", held))
    assert "Not linked to anyone" not in page.content.decode()
    with pytest.raises(ValidationError, match="Names show"):
        keep_answers(by=seat_of(six[0]), round_id=held.id, keep=True)


@pytest.mark.django_db
def test_a_round_that_is_opened_again_stays_cut_and_closes_once_more(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 4, 4, 4])
    first = closed(place, held).content
    before = told(place, held)
    reopen_round(place=place, round_id=held.id, reason="A slip.")
    assert told(place, held) == before
    with pytest.raises(Refused, match="can’t be rated again"):
        open_again(place=place, round_id=held.id, competencies=[few(place)[0].id])
    for name in ("spread", "meeting", "rate"):
        page = client_of(six[0]).get(_address(name, held))
        assert page.status_code == 200 and "Rate the disputed ones again" not in page.content.decode()
    settle(place, items_of(held)[0])
    close_round(place=place, round_id=held.id)
    again = Snapshot.objects.get(edition=2).content
    assert (again["asked"], again["raters"]) == (first["asked"], first["raters"]) == (6, 6)
    assert [each.get("spread") for each in again["items"]] == [each.get("spread") for each in first["items"]]
    assert Tally.objects.filter(kind=Tally.Kind.ALONE).count() == 3


@pytest.mark.django_db
def test_a_copy_is_kept_only_for_those_who_wished_for_one(place: Place, six: People) -> None:
    held = everything_happens(place, six, [1, None, 4, 4, 2, 2])
    for person in six[:3]:
        keep_answers(by=seat_of(person), round_id=held.id, keep=True)
    keep_answers(by=seat_of(six[2]), round_id=held.id, keep=False)
    closed(place, held)
    assert set(Kept.objects.values_list("membership_id", flat=True)) == {each.id for each in six[:2]}
    kept = kept_of(seat_of(six[0]), held)
    assert kept is not None and "says so" not in kept.sealed
    said = answers_in(kept)
    assert said is not None and [each.step for each in said] == [1, 1, 1]
    assert (said[0].comment, said[0].looked_back, said[0].then) == ("Amara Okafor says so.", True, 2)
    assert said[0].again is not None and (said[0].again.step, said[0].again.comment) == (3, "Now so.")
    with pytest.raises(ValidationError, match="no longer be told apart"):
        keep_answers(by=seat_of(six[3]), round_id=held.id, keep=True)
    page = client_of(six[0])
    assert "What I said at the time" in page.get(_address("round", held)).content.decode()
    assert "Now so." in page.get(_address("rate", held)).content.decode()
    page.post(_address("keep-answers", held))
    assert not Kept.objects.filter(membership=six[0]).exists()
    assert "No one can look this up anymore" in page.get(_address("rate", held)).content.decode()


@pytest.mark.django_db
def test_copies_have_one_length_whatever_somebody_wrote(place: Place, six: People) -> None:
    held = a_round(place, six)
    for number, person in enumerate(six):
        say(held, person, 1, "word " * 300 * (number % 2))
        keep_answers(by=seat_of(person), round_id=held.id, keep=True)
    closed(place, open_spread(place=place, round_id=held.id))
    assert len({len(each.sealed) for each in Kept.objects.all()}) == 1 and Kept.objects.count() == 6


@pytest.mark.django_db
def test_raters_choose_a_copy_on_their_own_page(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 2, 3, 4, 1, 2])
    page = client_of(six[0])
    assert "A copy for yourself" in page.get(_address("spread", held)).content.decode()
    assert "Keep a copy for me" in page.get(_address("rate", held)).content.decode()
    page.post(_address("keep-answers", held), {"keep": "1"})
    assert "Don’t keep a copy" in page.get(_address("rate", held)).content.decode()


@pytest.mark.django_db
def test_a_comment_taken_back_before_closing_is_gone(place: Place, three: People) -> None:
    held = a_round(place, three)
    for person in three:
        say(held, person, 2, "Fewer than five.", release_comment=True)
    open_spread(place=place, round_id=held.id)
    release_comment(by=seat_of(three[0]), round_id=held.id, competency_id=few(place)[0].id, released=False)
    closed(place, held)
    assert [len(tally.remarks) for tally in Tally.objects.order_by("item__position")] == [2, 3, 3]
    with pytest.raises(Refused):
        release_comment(
            by=seat_of(three[1]), round_id=held.id, competency_id=few(place)[0].id, released=False
        )


@pytest.mark.django_db
def test_reminders_of_the_round_are_forgotten_and_other_letters_are_not(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 1, 1, 1])
    OutgoingMail.objects.create(
        key=f"round-reminder:{held.id}:x:week-1", to="a@example.org", subject="-", body="-",
        organisation_id=held.organisation_id,
    )  # fmt: skip
    OutgoingMail.objects.create(key="round-reminder:other:x", to="a@example.org", subject="-", body="-")
    closed(place, held)
    assert not OutgoingMail.objects.filter(key__contains=str(held.id)).exists()
    assert OutgoingMail.objects.filter(key="round-reminder:other:x").exists()


def _as_it_was_before(place: Place, people: People, monkeypatch: pytest.MonkeyPatch) -> Round:
    """A round that was closed by a version that cut no ties."""
    held = an_open_spread(place, people, [1, 1, 1, 4, 4, 4])
    with monkeypatch.context() as patch:
        patch.setattr("throughline.journeys.closing.actions.untie", lambda held: None)
        closed(place, held)
    held.refresh_from_db()
    assert Rating.objects.count() == 18 and held.untied_at is None
    return held


@pytest.mark.django_db(transaction=True)
def test_the_worker_cuts_the_ties_of_rounds_that_closed_before(
    place: Place, six: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _as_it_was_before(place, six, monkeypatch)
    page = client_of(six[0])
    assert "about to remove" in page.get(_address("round", held)).content.decode()
    before = told(place, held)
    untie_ratings()
    assert told(place, held) == before
    assert not Rating.objects.exists() and held.untied_at and held.scrubbed_at
    assert "wiped from the database on" in page.get(_address("round", held)).content.decode()
    untie_ratings()
    assert Tally.objects.filter(kind=Tally.Kind.ALONE).count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_command_does_it_at_once_and_says_how_it_stands(
    place: Place, six: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_it_was_before(place, six, monkeypatch)
    said = StringIO()
    call_command("untie_ratings", stdout=said)
    assert "1 round" in said.getvalue() and "wiped" in said.getvalue()
    assert not Rating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_round_that_cannot_be_cut_keeps_no_other_from_it_nor_from_being_wiped(
    place: Place, six: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = _as_it_was_before(place, six, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("throughline.journeys.closing.actions.untie", lambda held: None)
        second = an_open_spread(place, six, [2, 2, 2, 3, 3, 3])
        closed(place, second)
    bad, good = sorted([first, second], key=lambda each: each.pk)  # the one that fails comes first
    with monkeypatch.context() as patch:
        patch.setattr(untying, "scrub_soon", lambda: None)
        patch.setattr(untying, "_tallies", _fails_for(bad))
        with pytest.raises(RuntimeError, match="1 closed rounds could not be cut"):
            untie_ratings()
        bad.refresh_from_db()
        good.refresh_from_db()
        assert good.untied_at and good.scrubbed_at and not Rating.objects.filter(item__round=good).exists()
        assert bad.untied_at is None and Rating.objects.filter(item__round=bad).count() == 18
        assert str(bad.pk) in caplog.text
        said = StringIO()
        with pytest.raises(CommandError, match=f"could not be cut in 1 rounds.*{bad.pk}"):
            call_command("untie_ratings", stdout=said)
        assert "wiped" in said.getvalue() and "in the others it was before" not in said.getvalue()
    untie_ratings()
    assert not Rating.objects.exists()


def _fails_for(bad: Round) -> Any:
    real = untying._tallies

    def tallies(held: Round) -> list[Tally]:
        if held.pk == bad.pk:
            raise ValueError("A step that no framework has.")
        return real(held)

    return tallies


@pytest.mark.django_db(transaction=True)
def test_wiping_is_tried_even_when_cutting_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def breaks() -> tuple[int, list[UUID]]:
        raise RuntimeError("away")

    monkeypatch.setattr("throughline.journeys.housekeeping.untie_old_rounds", breaks)
    monkeypatch.setattr("throughline.journeys.housekeeping.scrub_now", lambda: tried.append(1))
    with pytest.raises(RuntimeError, match="away"):
        untie_ratings()
    assert tried


@pytest.mark.django_db(transaction=True)
def test_where_wiping_is_kept_from_it_closing_holds_and_the_worker_goes_on(
    place: Place, six: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untying, "scrub", lambda tables: False)
    held = an_open_spread(place, six, [1, 2, 3, 4, 1, 2])
    closed(place, held)
    held.refresh_from_db()
    assert held.state == Round.State.CLOSED and held.untied_at and held.scrubbed_at is None
    page = client_of(six[0])
    assert "still wiping" in page.get(_address("round", held)).content.decode()
    monkeypatch.undo()
    untie_ratings()
    held.refresh_from_db()
    assert held.scrubbed_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_an_older_state_keeps_the_wiping_from_being_called_done(
    place: Place, six: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = an_open_spread(place, six, [1, 2, 3, 4, 1, 2])
    with _reader(), monkeypatch.context() as patch:
        patch.setattr(scrubbing, "PATIENCE", 1)
        closed(place, held)
        held.refresh_from_db()
        assert held.untied_at and held.scrubbed_at is None
    untie_ratings()
    held.refresh_from_db()
    assert held.scrubbed_at is not None


def _reader() -> "closing[Any]":
    """A connection of its own that holds on to the state of now."""
    if connection.vendor == "sqlite":
        raw = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        raw.execute("BEGIN")
        raw.execute("SELECT count(*) FROM journeys_rating").fetchone()
        return closing(raw)
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM people_person")
    return closing(other)


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_a_comment_back_while_the_round_closes_comes_first_or_is_refused(
    place: Place, three: People
) -> None:
    held = a_round(place, three)
    for person in three:
        say(held, person, 2, "Mine.", release_comment=True)
    open_spread(place=place, round_id=held.id)
    for item in items_of(held):
        settle(place, item)
    back, _snapshot = at_once(
        lambda: release_comment(
            by=seat_of(three[0]), round_id=held.id, competency_id=few(place)[0].id, released=False
        ),
        lambda: close_round(place=place, round_id=held.id),
    )
    left = Tally.objects.get(item=items_of(held)[0]).remarks
    assert len(left) == (3 if isinstance(back, Refused) else 2)


def _address(name: str, held: Round) -> str:
    return reverse(f"journeys:{name}", kwargs={"school": "harbour-bridge", "round_id": held.id})
