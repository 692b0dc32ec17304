"""Nobody sees another's rating before the spread, whoever they are and whichever way they look."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from throughline.journeys.agreeing.actions import Together, agree_together
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Rating, Round, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.queries import (
    items_of,
    journeys_visible_to,
    place_of,
    progress_for,
    progress_of,
    rater_of,
    ratings_of,
)
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.spread.queries import spreads_of, undisputed, words_of
from throughline.journeys.tests.steps import (
    a_draft,
    a_round,
    all_say,
    an_open_spread,
    closed,
    say,
    settle,
    words,
)
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]
SECRET = "Only Ida would say zebra."


def everything_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Every text and number inside what a function handed out; rows are followed by their fields, not their keys."""
    if depth > 6:
        return
    if isinstance(value, models.Model):
        yield from (repr(each) for each in value.__dict__.values())
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name not in ("competency", "item"):
                yield from everything_in(getattr(value, each.name), depth + 1)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from everything_in(key, depth + 1)
            yield from everything_in(each, depth + 1)
    elif isinstance(value, (list, tuple, set)):
        for each in value:
            yield from everything_in(each, depth + 1)
    else:
        yield repr(value)


@pytest.fixture
def rated(place: Place, six: People) -> Round:
    """Everyone has rated, Ida with a remark; nobody has opened the spread."""
    held = a_round(place, six)
    for person in six:
        say(held, person, 4 if person.name == "Ida Berg" else 1, SECRET if person.name == "Ida Berg" else "")
    return held


def viewers(six: People, make_one: Callable[..., Membership]) -> People:
    others = [
        make_one(f"A {role}", role)
        for role in ("lead", "team", "board", "educator", "learner", "family", "registrar", "community")
    ]
    return [each for each in six if each.name != "Ida Berg"] + others


def test_before_the_spread_no_function_hands_out_what_another_rated(
    place: Place, rated: Round, six: People, make_one: Callable[..., Membership]
) -> None:
    tree = words(place)
    ida = next(each for each in six if each.name == "Ida Berg")
    hers = {str(each) for each in Rating.objects.filter(rater__membership=ida).values_list("id", flat=True)}
    assert len(hers) == 3
    for viewer in viewers(six, make_one):
        seat = seat_of(viewer)
        mine = rater_of(seat, rated)
        for secret in (
            lambda mine=mine: spreads_of(rated, tree, mine),
            lambda: words_of(rated),
            lambda: undisputed(rated),
        ):
            with pytest.raises(Refused, match="opens when rating ends"):
                secret()
        told = [progress_of(rated, tree), progress_for(seat, rated, tree, None), rated]
        if mine:
            told.append(ratings_of(mine))
        seen = " ".join(everything_in(told))
        assert SECRET not in seen
        assert not any(each in seen for each in hers)
        assert not any(row.step == 4 for row in (ratings_of(mine) if mine else {}).values())


def test_in_a_draft_there_is_no_spread_either(place: Place, six: People) -> None:
    with pytest.raises(Refused):
        spreads_of(a_draft(place, six), words(place), None)


def test_before_the_spread_no_verb_hands_out_what_another_rated(
    place: Place, rated: Round, six: People
) -> None:
    item = items_of(rated)[0]
    for verb in (
        lambda: settle(place, item),
        lambda: close_round(place=place, round_id=rated.id),
        lambda: agree_together(
            place=place, round_id=rated.id, choices={item.id: Together(1, "in-progress")}, reason="All."
        ),
    ):
        with pytest.raises(Exception, match="moved on") as met:
            verb()
        assert SECRET not in str(met.value)


def test_with_hidden_names_nothing_in_the_spread_names_anybody(
    place: Place, rated: Round, six: People, make_one: Callable[..., Membership]
) -> None:
    held = open_spread(place=place, round_id=rated.id)
    for viewer in viewers(six, make_one):
        mine = rater_of(seat_of(viewer), held)
        for spread in spreads_of(held, words(place), mine):
            shown = [
                spread.counts,
                spread.cannot_say,
                spread.remarks,
                spread.names,
                spread.reading,
                spread.rare,
            ]
            told = " ".join(everything_in(shown))
            assert SECRET in told
            for person in six:
                assert person.name not in told and str(person.id) not in told
            assert spread.mine is None or (mine is not None and spread.mine.rater_id == mine.id)


@pytest.mark.parametrize("names_shown", [False, True])
def test_a_snapshot_never_holds_a_rating_a_remark_or_who_rated(
    place: Place, six: People, names_shown: bool
) -> None:
    held = a_round(place, six, names_shown=names_shown)
    for person, step in zip(six, (1, 2, 3, 4, 4, 4), strict=True):
        say(held, person, step, SECRET, confidence="very")
    held = open_spread(place=place, round_id=held.id)
    snapshot = closed(place, held)
    told = json.dumps(snapshot.content)
    assert SECRET not in told and "very" not in told
    for person in six:
        assert person.name not in told and str(person.id) not in told
    entries = [entry for entry in snapshot.content["items"] if entry["in_round"]]
    assert set().union(*entries) == {
        "competency", "code", "name", "level", "domain", "standing", "recheck", "set_aside",
        "in_round", "state", "step", "reason", "spread",
    }  # fmt: skip
    assert not any("spread_after_talk" in entry or "looking_back" in entry for entry in entries)
    assert {entry["spread"] for entry in entries} <= {"agree", "lean", "split", "none"}
    assert snapshot.content["raters"] == 6


def test_nothing_but_a_rating_and_its_rater_points_at_a_rating() -> None:
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Rating
    ]
    assert pointing == []


def test_people_without_a_part_in_the_journey_do_not_find_it(
    place: Place, rated: Round, make_one: Callable[..., Membership], outsider: Membership
) -> None:
    for role in ("learner", "family", "community", "alumnus", "board"):
        assert not journeys_visible_to(seat_of(make_one(f"Some {role}", role))).exists()
    assert not journeys_visible_to(seat_of(outsider)).exists()
    assert not place_of(seat_of(make_one("New Educator", "educator")), place.journey).decides


def test_a_snapshot_tells_how_many_rated_not_how_many_were_asked(place: Place, six: People) -> None:
    held = a_round(place, six)
    all_say(held, six[:4], [2, 2, 2, 2])
    closed(place, open_spread(place=place, round_id=held.id))
    content = Snapshot.objects.get().content
    assert (content["asked"], content["raters"]) == (6, 4)


def test_the_spread_stays_as_it_was_when_the_round_is_closed(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 2, 2, 2])
    before = [each.counts for each in spreads_of(held, words(place), None)]
    closed(place, held)
    held.refresh_from_db()
    assert [each.counts for each in spreads_of(held, words(place), None)] == before
