"""Rating on paper: who may, how sheets are made and keyed in, what is counted, and what nobody learns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from throughline.activity.models import Event, OutgoingMail
from throughline.journeys.letters import remind_raters
from throughline.journeys.models import Rater, Rating, Round, Sheet, Snapshot, Typist
from throughline.journeys.paper.actions import choose_paper, dismiss_typist, keep_typing, key_in, name_typist
from throughline.journeys.paper.queries import alone_on_paper, is_small, stack_of
from throughline.journeys.paper.sheets import SPARE, Typed
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, progress_of, unfinished_raters
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import add_rater, excuse_rater, open_round, open_spread
from throughline.journeys.setup.actions import Part, change_team
from throughline.journeys.spread.queries import Shown
from throughline.journeys.tests.steps import a_draft, a_place, closed, my_part, say, seen, words
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]
TWO = [Typed("2", "1"), Typed("2", "", "On paper I said so."), Typed("0")]


def open_on_paper(place: Place, raters: People, paper: People, typist: Membership, **more: object) -> Round:
    draft = a_draft(place, raters, **more)  # type: ignore[arg-type]
    choose_paper(place=place, round_id=draft.id, members=[each.id for each in paper])
    name_typist(place=place, round_id=draft.id, membership=typist)
    return open_round(place=place, round_id=draft.id)


@pytest.fixture
def typist(make_one: Callable[..., Membership]) -> Membership:
    """An assistant who is not on the team."""
    return make_one("Tess Typist", "educator")


@pytest.fixture
def held(place: Place, six: People, typist: Membership) -> Round:
    """Four of six rate on paper; names are hidden."""
    return open_on_paper(place, six, six[2:], typist, due_on=clock.today() + timedelta(days=2))


def sheets(held: Round) -> list[Sheet]:
    return list(Sheet.objects.filter(round=held).order_by("code"))


def type_in(held: Round, typist: Membership, sheet: Sheet, typed: list[Typed] = TWO, **more: Any) -> object:
    return key_in(by=seat_of(typist), round_id=held.id, sheet_id=sheet.id, typed=typed, **more)


def counts(place: Place, held: Round) -> tuple[int, int, int]:
    told = progress_of(held, words(place))
    return told.finished, told.awaited, told.begun


def test_sheets_are_printed_for_everyone_on_paper_and_a_few_to_choose_from(held: Round) -> None:
    made = sheets(held)
    assert len(made) == 4 + SPARE
    assert all(each.rater_id is None and each.id.version == 4 for each in made)
    assert len({each.code for each in made}) == len(made)


def test_nothing_ties_a_sheet_or_what_stood_on_it_to_anyone(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    type_in(held, typist, sheets(held)[3])
    sheet = Sheet.objects.get(round=held, is_in=True)
    assert sheet.rater is not None
    assert sheet.rater.membership_id is None and sheet.rater.id.version == 4
    assert (sheet.typing, sheet.typing_by_id) == ({}, None)
    assert Rating.objects.filter(rater__membership__isnull=False).count() == 0
    events = list(Event.objects.filter(verb="round.sheet-keyed"))
    assert [each.actor_name for each in events] == ["Tess Typist"]
    told = repr([each.detail for each in events])
    assert sheet.code not in told and "paper I said" not in told
    times = [field.name for field in Sheet._meta.get_fields() if field.name.endswith(("_at", "_on"))]
    assert times == []


def test_sheets_count_like_ratings_on_screen_whoever_filled_them_in(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    assert counts(place, held) == (0, 6, 0)
    say(held, six[0], 2)
    for sheet in sheets(held)[:3]:
        type_in(held, typist, sheet)
    assert counts(place, held) == (4, 6, 4)
    assert stack_of(held).in_words() == "3 of 4 paper sheets entered."
    assert not progress_of(held, words(place)).all_finished
    say(held, six[1], 3)
    type_in(held, typist, sheets(held)[3])
    assert counts(place, held) == (6, 6, 6)
    assert progress_of(held, words(place)).all_finished


def test_the_spread_and_the_snapshot_hold_both(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    say(held, six[0], 2, "Said on screen.")
    say(held, six[1], 3)
    for sheet in sheets(held)[:4]:
        type_in(held, typist, sheet)
    held = open_spread(place=place, round_id=held.id)
    first, second, third = seen(place, held)
    assert first.shown is Shown.DOTS and first.counts == (0, 5, 1, 0)
    assert third.cannot_say == 4
    assert {each.text for each in second.remarks} == {"Said on screen.", "On paper I said so."}
    assert {each.name for each in second.remarks} == {""}
    content = closed(place, held).content
    assert (content["asked"], content["raters"]) == (6, 6)
    assert Snapshot.objects.count() == 1


def test_no_more_sheets_than_people_on_paper(held: Round, typist: Membership) -> None:
    for sheet in sheets(held)[:4]:
        type_in(held, typist, sheet)
    with pytest.raises(ValidationError, match="already as many sheets"):
        type_in(held, typist, sheets(held)[4])
    assert Rater.objects.filter(membership=None).count() == 4


def test_a_sheet_typed_twice_is_compared_and_counts_once(
    held: Round, place: Place, typist: Membership
) -> None:
    sheet = sheets(held)[0]
    type_in(held, typist, sheet)
    again = type_in(held, typist, sheet)
    assert again.same and again.kept  # type: ignore[attr-defined]
    other = [Typed("3", "1"), *TWO[1:]]
    asked = type_in(held, typist, sheet, other)
    assert (asked.kept, asked.differs) == (False, (1,))  # type: ignore[attr-defined]
    assert "2" not in repr(asked.differs)  # type: ignore[attr-defined]
    assert Rating.objects.filter(step=3).count() == 0
    type_in(held, typist, sheet, other, replace=True)
    assert sorted(Rating.objects.values_list("step", flat=True), key=str) == [2, 3, None]
    assert counts(place, held)[0] == 1
    assert Event.objects.filter(verb="round.sheet-compared").count() == 3
    assert Event.objects.filter(verb="round.sheet-keyed").count() == 2


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ([Typed("5"), Typed("2"), Typed("2")], "step-1"),
        ([Typed("2"), Typed("", "2"), Typed("2")], "step-2"),
        ([Typed("2"), Typed("2"), Typed("2", "9")], "confidence-3"),
        ([Typed("2"), Typed("2", "", "x" * 2001), Typed("2")], "comment-2"),
        ([Typed("2"), Typed(), Typed("2")], "gaps"),
    ],
)
def test_what_cannot_be_read_is_said_row_by_row(
    held: Round, typist: Membership, typed: list[Typed], wrong: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        type_in(held, typist, sheets(held)[0], typed)
    assert list(caught.value.message_dict) == [wrong]
    assert not Rating.objects.exists() and not Sheet.objects.filter(is_in=True).exists()


def test_rows_empty_on_paper_stay_empty_and_the_sheet_is_in(
    held: Round, place: Place, typist: Membership
) -> None:
    type_in(held, typist, sheets(held)[0], [Typed("2"), Typed(), Typed()], gaps=True)
    assert Rating.objects.count() == 1
    assert counts(place, held)[0] == 1
    with pytest.raises(ValidationError, match="Nothing is typed"):
        type_in(held, typist, sheets(held)[1], [Typed()] * 3, gaps=True)


def test_what_is_typed_is_kept_for_its_typist_alone(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    sheet = sheets(held)[0]
    keep_typing(by=seat_of(typist), round_id=held.id, sheet_id=sheet.id, typed=TWO[:1])
    name_typist(place=place, round_id=held.id, membership=six[0])
    for attempt in (key_in, keep_typing):
        with pytest.raises(ValidationError, match="Someone else is entering"):
            attempt(by=seat_of(six[0]), round_id=held.id, sheet_id=sheet.id, typed=TWO)
    dismiss_typist(place=place, round_id=held.id, membership=typist)
    sheet.refresh_from_db()
    assert (sheet.typing, sheet.typing_by_id) == ({}, None)
    assert not Typist.objects.filter(membership=typist).exists()


def test_what_a_page_saved_by_itself_and_arrives_after_its_sheet_is_in_leaves_nothing(
    held: Round, typist: Membership
) -> None:
    sheet = sheets(held)[0]
    client = client_of(typist)
    page = f"/s/{typist.organisation.slug}/rounds/{held.id}/key-in/{sheet.id}/"

    def opened() -> dict[str, str]:
        return {"opened": str(client.get(page).context["form"]["opened"].value()), "step-1": "3"}

    def saves_by_itself(fields: dict[str, str]) -> str:
        return client.post(page, fields, headers={"HX-Trigger": "sheet-kept"}).content.decode()

    typed = opened()
    assert saves_by_itself(typed) == "saved for you"
    assert client.post(page, {**typed, "gaps": "on"}).status_code == 302
    assert "has been entered" in saves_by_itself(typed)
    assert "Continue with sheet" not in client.get(page.replace(f"{sheet.id}/", "")).content.decode()
    again = opened()
    assert again["opened"] != typed["opened"]
    assert saves_by_itself(again) == "saved for you"
    assert "has been entered" in saves_by_itself(typed)


def test_only_those_named_key_in_not_even_the_lead(held: Round, lead: Membership, six: People) -> None:
    for person in (lead, six[3]):
        with pytest.raises(Refused):
            type_in(held, person, sheets(held)[0])


def test_whoever_rates_on_paper_does_not_rate_on_screen_too(held: Round, six: People) -> None:
    item = items_of(held)[0]
    with pytest.raises(Refused, match="on paper"):
        rate(by=seat_of(six[3]), round_id=held.id, competency_id=item.competency_id, step=2)
    assert my_part(held, six[3]).left == 0
    assert my_part(held, six[0]).left == len(items_of(held))


def test_nobody_changes_between_paper_and_screen_once_someone_has_begun(
    held: Round, place: Place, six: People
) -> None:
    choose_paper(place=place, round_id=held.id, members=[six[5].id])
    rate(by=seat_of(six[0]), round_id=held.id, competency_id=items_of(held)[0].competency_id, step=2)
    with pytest.raises(ValidationError, match="has begun"):
        choose_paper(place=place, round_id=held.id, members=[])
    choose_paper(place=place, round_id=held.id, members=[six[5].id])
    assert [each.membership for each in Rater.objects.filter(on_paper=True)] == [six[5]]


def test_a_late_joiner_can_rate_on_paper(
    held: Round, place: Place, six: People, typist: Membership, make_one: Callable[..., Membership]
) -> None:
    say(held, six[0], 2)
    late = make_one("Late Lou", "educator")
    change_team(place=place, team=[Part(each) for each in [*six, late]])
    add_rater(place=place, round_id=held.id, membership=late, on_paper=True)
    assert len(sheets(held)) == 5 + SPARE
    for sheet in sheets(held)[:5]:
        type_in(held, typist, sheet)
    assert counts(place, held) == (6, 7, 6)


def test_marking_paper_raters_as_away_does_not_change_the_counts(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    for sheet in sheets(held)[:2]:
        type_in(held, typist, sheet)
    before = counts(place, held)
    for person in six[2:]:
        excuse_rater(place=place, round_id=held.id, membership=person)
        assert counts(place, held) == before


def test_leaving_the_team_leaves_sheets_alone(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    type_in(held, typist, sheets(held)[0])
    change_team(place=place, team=[Part(each) for each in six[:5]])
    assert Rater.objects.get(membership=None).absent_at is None


def test_letters_go_out_without_a_link_and_nobody_on_paper_is_reminded_like_others(
    held: Round, place: Place, six: People, typist: Membership
) -> None:
    paper = list(OutgoingMail.objects.filter(key__startswith="round-paper:"))
    assert sorted(each.to for each in paper) == sorted(each.person.email for each in six[2:])
    assert all("http" not in each.body and "nothing on it is linked to you" in each.body for each in paper)
    assert OutgoingMail.objects.filter(key__startswith="round-opened:").count() == 2
    asked = OutgoingMail.objects.get(key__startswith="round-typist:")
    assert asked.to == typist.person.email and f"/rounds/{held.id}/key-in/" in asked.body
    assert {each.membership for each in unfinished_raters(held, words(place))} == set(six[:2])
    for days in (1, 1, 4):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            remind_raters()
    notes = OutgoingMail.objects.filter(key__startswith="round-paper-note:")
    assert sorted(each.to for each in notes) == sorted(each.person.email for each in six[2:])
    assert all("ignore this" in each.body for each in notes)


def test_no_note_when_all_sheets_are_in(held: Round, typist: Membership) -> None:
    for sheet in sheets(held)[:4]:
        type_in(held, typist, sheet)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        remind_raters()
    assert not OutgoingMail.objects.filter(key__startswith="round-paper-note:").exists()


def test_where_names_show_a_sheet_is_somebodys_and_they_are_told(
    place: Place, six: People, typist: Membership
) -> None:
    held = open_on_paper(place, six, six[4:], typist, names_shown=True)
    omar, lin = sorted(sheets(held), key=lambda each: each.rater.membership.name, reverse=True)  # type: ignore[union-attr]
    assert {omar.rater.membership, lin.rater.membership} == set(six[4:])  # type: ignore[union-attr]
    type_in(held, typist, omar, [Typed("4"), Typed("4", "", "Mine."), Typed()], gaps=True)
    assert counts(place, held)[0] == 1
    told = OutgoingMail.objects.get(key__startswith="round-sheet-in:")
    assert told.to == omar.rater.membership.person.email and "/rate/" in told.body  # type: ignore[union-attr]
    rate(
        by=seat_of(omar.rater.membership),  # type: ignore[union-attr, arg-type]
        round_id=held.id,
        competency_id=items_of(held)[0].competency_id,
        step=1,
    )
    asked = type_in(held, typist, omar, [Typed("4"), Typed("4", "", "Mine."), Typed()], gaps=True)
    assert asked.differs == (1,)  # type: ignore[attr-defined]
    for person in six[:4]:
        say(held, person, 2)
    held = open_spread(place=place, round_id=held.id)
    first, second, _third = seen(place, held)
    assert omar.rater.membership.name in first.names[0]  # type: ignore[union-attr]
    assert second.remarks[0].name == omar.rater.membership.name  # type: ignore[union-attr]


def test_in_a_small_team_a_comment_on_paper_shows_only_if_its_author_ticked_so(
    small: Place, three: People, typist: Membership
) -> None:
    held = open_on_paper(small, three, three[1:], typist)
    assert is_small(held, words(small))
    say(held, three[0], 2)
    type_in(held, typist, sheets(held)[0], [Typed("2", "", "Secret."), Typed("2"), Typed("2")])
    type_in(held, typist, sheets(held)[1], [Typed("2", "", "For all.", True), Typed("2"), Typed("2")])
    held = open_spread(place=small, round_id=held.id)
    assert [each.text for each in seen(small, held)[0].remarks] == ["For all."]


def test_sheets_are_narrowed_like_the_people_and_a_lonely_one_is_named(
    lead: Membership, six: People, typist: Membership, place: Place
) -> None:
    domains = words(place).domains
    from throughline.journeys.rounds.actions import prepare_round

    raters: dict[UUID, list[str]] = {each.id: [] for each in six[:4]} | {
        six[4].id: [str(domains[0].id)],
        six[5].id: [],
    }
    competencies = [each.id for domain in domains[:2] for each in domain.competencies]
    draft = prepare_round(place=place, competencies=competencies, raters=raters)
    choose_paper(place=place, round_id=draft.id, members=[six[4].id, six[5].id, six[3].id])
    held = open_round(place=place, round_id=draft.id)
    assert alone_on_paper(held)
    assert sorted(len(each.domains) for each in sheets(held)) == [0] * 4 + [1] * 3
    name_typist(place=place, round_id=held.id, membership=typist)
    narrow = [each for each in sheets(held) if each.domains]
    typed = [Typed("1")] * len(domains[0].competencies)
    type_in(held, typist, narrow[0], typed)
    with pytest.raises(ValidationError, match="already as many"):
        type_in(held, typist, narrow[1], typed)
    assert counts(place, held)[0] == 1


def test_after_rating_nothing_more_is_keyed_in_and_other_rounds_do_not_exist(
    held: Round, place: Place, six: People, typist: Membership, outsider: Membership
) -> None:
    for sheet in sheets(held)[:3]:
        type_in(held, typist, sheet)
    open_spread(place=place, round_id=held.id)
    with pytest.raises(ValidationError, match="ended"):
        type_in(held, typist, sheets(held)[3])
    with pytest.raises(Refused):
        type_in(held, outsider, sheets(held)[3])


def test_only_those_who_run_the_round_choose_and_name(held: Round, place: Place, six: People) -> None:
    theirs = Place(seat_of(six[3]), place.journey, None)
    for attempt in (
        lambda: choose_paper(place=theirs, round_id=held.id, members=[]),
        lambda: name_typist(place=theirs, round_id=held.id, membership=six[3]),
        lambda: dismiss_typist(place=theirs, round_id=held.id, membership=six[0]),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_team_of_two_rates_openly_on_paper_too(
    lead: Membership, team: Membership, journey_version: object, typist: Membership
) -> None:
    place = a_place(lead, journey_version, [lead, team])  # type: ignore[arg-type]
    held = open_on_paper(place, [lead, team], [team], typist)
    assert held.names_shown
    assert [each.rater.membership for each in sheets(held)] == [team]  # type: ignore[union-attr]


def test_a_count_that_would_tell_of_one_person_is_left_out_of_the_page_of_the_round(
    place: Place, six: People, typist: Membership
) -> None:
    held = open_on_paper(place, six, six[1:], typist)
    assert stack_of(held).tells_of_one
    client = client_of(six[3])
    address = f"/s/{six[3].organisation.slug}/rounds/{held.id}/"
    assert "paper sheets entered" not in client.get(address).content.decode()
    choose_paper(place=place, round_id=held.id, members=[each.id for each in six])
    assert not stack_of(held).tells_of_one
    assert "0 of 6 paper sheets entered." in client.get(address).content.decode()


def test_the_pages_ask_a_fixed_number_of_questions(
    held: Round, lead: Membership, typist: Membership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    base = f"/s/{lead.organisation.slug}/rounds/{held.id}/"
    first = sheets(held)[0].id
    leading, typing = client_of(lead), client_of(typist)
    with django_assert_max_num_queries(24):
        assert leading.get(f"{base}paper/").status_code == 200
    with django_assert_max_num_queries(12):
        assert typing.get(f"{base}key-in/").status_code == 200
    with django_assert_max_num_queries(14):
        assert typing.get(f"{base}key-in/{first}/").status_code == 200
    for page in ("paper/", "paper/sheets.pdf"):
        assert client_of(typist).get(base + page).status_code in (403, 404)
    assert client_of(lead).get(f"{base}key-in/").status_code == 404
    made = client_of(lead).get(f"{base}paper/sheets.pdf")
    assert made.content.startswith(b"%PDF") and made["Cache-Control"] == "no-store"
