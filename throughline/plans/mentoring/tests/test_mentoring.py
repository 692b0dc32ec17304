"""Mentoring: a pair belongs to the two. Tried as a lead, a mentor of another pair, somebody who left, another school."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model

import throughline
from throughline.activity.models import Event, OutgoingMail
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.mentoring.actions import (
    STAYS,
    agree_pair,
    arrange_pair,
    delete_pair_note,
    end_pair,
    keep_meeting,
    propose_pair,
    set_rhythm,
)
from throughline.plans.mentoring.forgetting import forget_pairs
from throughline.plans.mentoring.queries import for_leads, mine_in, notes_of
from throughline.plans.models import LogEntry, Pair, PairNote
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/plan/mentoring/"
SECRET = "qzqzqI am afraid of the ninth gradeqzqzq"


@pytest.fixture
def mentor(lead: Membership) -> Membership:
    """An educator with a long breath."""
    return make_member(lead.organisation, "Mentor Mai", "educator")


@pytest.fixture
def other_mentor(lead: Membership) -> Membership:
    """The mentor of another pair."""
    return make_member(lead.organisation, "Other Omar", "educator")


@pytest.fixture
def pair(mentor: Membership, educator: Membership) -> Pair:
    """A pair that two made by themselves, with a note of each."""
    proposed = propose_pair(other=mentor, as_mentor=False, every_weeks=2, by=educator)
    made = agree_pair(pair=proposed, by=mentor)
    keep_meeting(pair=made, on=clock.today(), text=SECRET, by=educator)
    keep_meeting(pair=made, on=clock.today(), text="qzqzqTry it with two of themqzqzq", by=mentor)
    return made


def note_of(pair: Pair, author: Membership) -> PairNote:
    """What one of the two wrote."""
    return PairNote.objects.get(pair=pair, author=author)


def gone(member: Membership, ago: timedelta = timedelta()) -> Membership:
    """Somebody who has left."""
    Membership.objects.filter(pk=member.pk).update(left_at=clock.now() - ago)
    return Membership.objects.get(pk=member.pk)


def everything_in(*models: type[Model]) -> str:
    """All that stands in these tables."""
    return "".join(repr(list(model._base_manager.values_list())) for model in models)


def texts(member: Membership, pair: Pair) -> set[str | None]:
    """The notes as this person reads them."""
    mine = mine_in(seat_of(member), pair.pk)
    assert mine is not None
    return {each.text for each in notes_of(mine)}


def test_the_two_read_the_notes_of_both(pair: Pair, mentor: Membership, educator: Membership) -> None:
    assert texts(mentor, pair) == texts(educator, pair) == {SECRET, "qzqzqTry it with two of themqzqzq"}


def test_to_everybody_else_the_pair_does_not_exist(
    pair: Pair,
    lead: Membership,
    team: Membership,
    other_mentor: Membership,
    educator: Membership,
    family: Membership,
) -> None:
    stranger = make_member(make_school("Stonefield"), "Stranger Lead", "lead")
    propose_pair(other=lead, as_mentor=True, every_weeks=2, by=other_mentor)
    written = note_of(pair, educator)
    parts = ("", "agree/", "rhythm/", "end/", f"notes/{written.pk}/delete/")
    for each in (lead, team, other_mentor, family, stranger):
        assert mine_in(seat_of(each), pair.pk) is None
        client = client_of(each)
        for part in parts:
            assert client.get(f"{HERE}{pair.pk}/{part}").status_code in (404, 405)
            assert client.post(f"{HERE}{pair.pk}/{part}", {"every_weeks": "1"}).status_code == 404
        page = client.get(HERE).content.decode()
        assert "Mentor Mai" not in page and "qzqzq" not in page
        for act in (
            lambda by: keep_meeting(pair=pair, on=clock.today(), text="Hello", by=by),
            lambda by: set_rhythm(pair=pair, every_weeks=1, by=by),
            lambda by: end_pair(pair=pair, by=by),
            lambda by: delete_pair_note(pair_note=written, by=by),
        ):
            with pytest.raises((Refused, ObjectDoesNotExist)):
                act(each)
    assert PairNote.objects.filter(pair=pair).count() == 2


def test_whoever_left_reads_nothing_and_the_other_keeps_the_notes_for_ninety_days(
    pair: Pair, mentor: Membership, educator: Membership
) -> None:
    gone(educator)
    assert client_of(educator).get(f"{HERE}{pair.pk}/").status_code == 404
    with pytest.raises(Refused):
        keep_meeting(pair=pair, on=clock.today(), by=gone(educator))
    forget_pairs()
    pair.refresh_from_db()
    assert (pair.ended_on, pair.forget_on) == (clock.today(), clock.today() + STAYS)
    page = client_of(mentor).get(f"{HERE}{pair.pk}/").content.decode()
    assert SECRET in page and "does not belong to the school any more" in page and "deleted for good" in page
    with clock.standing_at(clock.now() + STAYS - timedelta(days=1)):
        forget_pairs()
        assert SECRET in texts(mentor, pair)
    with clock.standing_at(clock.now() + STAYS):
        forget_pairs()
    assert not Pair.objects.exists() and not PairNote.objects.exists()


def test_when_both_have_left_it_is_deleted_at_once(
    pair: Pair, mentor: Membership, educator: Membership
) -> None:
    gone(mentor)
    gone(educator)
    forget_pairs()
    assert not Pair.objects.exists() and not PairNote.objects.exists()


def test_nothing_of_it_stands_in_a_log_in_a_letter_or_readable_in_the_database(
    mentor: Membership, educator: Membership
) -> None:
    before = Event.objects.count()
    made = agree_pair(pair=propose_pair(other=mentor, as_mentor=False, every_weeks=2, by=educator), by=mentor)
    keep_meeting(pair=made, on=clock.today(), text=SECRET, by=educator)
    set_rhythm(pair=made, every_weeks=3, by=mentor)
    delete_pair_note(pair_note=note_of(made, educator), by=educator)
    keep_meeting(pair=made, on=clock.today(), text=SECRET, by=educator)
    end_pair(pair=made, by=mentor)
    assert Event.objects.count() == before and not LogEntry.objects.exists()
    assert "afraid" not in everything_in(Pair, PairNote, Event, OutgoingMail)


def test_that_a_lead_arranged_a_pair_is_in_the_log_without_names(
    lead: Membership, mentor: Membership, educator: Membership
) -> None:
    made = arrange_pair(mentor=mentor, mentee=educator, every_weeks=2, by=lead)
    event = Event.objects.get(verb="plan.pair-arranged")
    told = repr(vars(event))
    assert not any(secret in told for secret in (mentor.name, educator.name, str(made.pk), str(mentor.pk)))


def test_no_module_but_these_reads_notes_and_reflections() -> None:
    """So no export, search, report or list of another room can hold one: it would have to name the table."""
    root = Path(throughline.__file__).parent
    private = re.compile(r"\b(PairNote|Reflection|TakingPart|Reader|pairnote|takingpart)\b")
    # Whether one has reflected oneself is all that one's own first page asks; the other hides a reflection from an export.
    asks = ("home/waiting_plans.py", "plans/tables/tests/")
    allowed = (
        "plans/mentoring/",
        "plans/professional/",
        "plans/models/",
        "plans/migrations/",
        "home/tests/",
        *asks,
    )
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "plans" in path.read_text(encoding="utf-8")
        and private.search(path.read_text(encoding="utf-8"))
        and not str(path.relative_to(root)).startswith(allowed)
    }
    assert found == set()


def test_a_lead_sees_names_of_arranged_pairs_and_never_when_they_met(
    pair: Pair, lead: Membership, mentor: Membership, other_mentor: Membership, team: Membership
) -> None:
    made = arrange_pair(mentor=other_mentor, mentee=team, every_weeks=2, by=lead)
    keep_meeting(pair=made, on=clock.today(), text="qzqzqOursqzqzq", by=team)
    told = for_leads(seat_of(lead))
    assert told is not None
    assert [(each.mentor, each.mentee) for each in told.pairs] == [(other_mentor.name, team.name)]
    assert (told.keep, told.miss) == (None, None)
    page = client_of(lead).get(HERE).content.decode()
    assert other_mentor.name in page and "Mentor Mai" not in page and "qzqzq" not in page
    assert client_of(lead).get(f"{HERE}{made.pk}/").status_code == 404
    assert for_leads(seat_of(team)) is None
    assert other_mentor.name not in client_of(mentor).get(HERE).content.decode()


def test_how_many_keep_their_rhythm_is_shown_when_both_numbers_are_five_or_more(lead: Membership) -> None:
    school = lead.organisation
    people = [make_member(school, f"Colleague {number:02}", "educator") for number in range(20)]
    long_ago = clock.now() - timedelta(days=100)
    for place in range(10):
        with clock.standing_at(long_ago):
            made = arrange_pair(
                mentor=people[2 * place], mentee=people[2 * place + 1], every_weeks=2, by=lead
            )
        if place < 4:
            keep_meeting(pair=made, on=clock.today(), by=people[2 * place])
    told = for_leads(seat_of(lead))
    assert told is not None and (len(told.pairs), told.keep, told.miss) == (10, None, None)
    fifth = Pair.objects.get(mentor=people[8])
    keep_meeting(pair=fifth, on=clock.today(), by=people[8])
    told = for_leads(seat_of(lead))
    assert told is not None and (told.keep, told.miss) == (5, 5)


def test_only_leads_arrange_and_only_pairs_of_two_colleagues(
    lead: Membership, team: Membership, mentor: Membership, educator: Membership, family: Membership
) -> None:
    with pytest.raises(Refused):
        arrange_pair(mentor=mentor, mentee=educator, every_weeks=2, by=team)
    stranger = make_member(make_school("Stonefield"), "Stranger Educator", "educator")
    wrong = ((mentor, mentor), (mentor, family), (mentor, stranger), (lead, mentor), (gone(mentor), educator))
    for one, other in wrong:
        with pytest.raises(ValidationError):
            arrange_pair(mentor=one, mentee=other, every_weeks=2, by=lead)
    for weeks in (0, 27):
        with pytest.raises(ValidationError):
            arrange_pair(mentor=team, mentee=educator, every_weeks=weeks, by=lead)
    with pytest.raises(Refused):
        propose_pair(other=educator, as_mentor=True, every_weeks=2, by=family)


def test_a_lead_learns_nothing_of_a_pair_by_trying_to_arrange_it(
    pair: Pair, lead: Membership, mentor: Membership, educator: Membership
) -> None:
    assert arrange_pair(mentor=mentor, mentee=educator, every_weeks=2, by=lead).arranged
    with pytest.raises(ValidationError):
        arrange_pair(mentor=educator, mentee=mentor, every_weeks=2, by=lead)
    with pytest.raises(ValidationError):
        propose_pair(other=mentor, as_mentor=True, every_weeks=2, by=educator)


def test_it_begins_when_the_other_one_agrees_and_is_gone_when_they_do_not(
    mentor: Membership, educator: Membership
) -> None:
    proposed = propose_pair(other=mentor, as_mentor=False, every_weeks=1, by=educator)
    with pytest.raises(Refused):
        agree_pair(pair=proposed, by=educator)
    with pytest.raises(Refused):
        keep_meeting(pair=proposed, on=clock.today(), by=educator)
    assert end_pair(pair=proposed, by=mentor) is None
    assert not Pair.objects.exists()


def test_an_ended_pair_is_read_and_no_longer_written(
    pair: Pair, mentor: Membership, educator: Membership
) -> None:
    end_pair(pair=pair, by=educator)
    assert SECRET in texts(mentor, pair)
    with pytest.raises(Refused):
        keep_meeting(pair=pair, on=clock.today(), text="More", by=mentor)
    delete_pair_note(pair_note=note_of(pair, educator), by=educator)
    assert SECRET not in texts(mentor, pair)


def test_one_does_not_delete_what_the_other_wrote(
    pair: Pair, mentor: Membership, educator: Membership
) -> None:
    with pytest.raises(Refused):
        delete_pair_note(pair_note=note_of(pair, educator), by=mentor)


def test_notes_put_into_another_pair_open_nothing(
    pair: Pair, lead: Membership, educator: Membership, other_mentor: Membership
) -> None:
    theirs = arrange_pair(mentor=other_mentor, mentee=educator, every_weeks=2, by=lead)
    PairNote.objects.filter(pk=note_of(pair, educator).pk).update(pair=theirs)
    assert texts(other_mentor, theirs) == {None}


def test_a_meeting_has_come_and_the_next_one_has_not(pair: Pair, educator: Membership) -> None:
    today = clock.today()
    with pytest.raises(ValidationError):
        keep_meeting(pair=pair, on=today + timedelta(days=1), by=educator)
    with pytest.raises(ValidationError):
        keep_meeting(pair=pair, on=today, next_on=today, by=educator)
    keep_meeting(pair=pair, on=today - timedelta(days=30), next_on=today, by=educator)
    pair.refresh_from_db()
    assert (pair.met_on, pair.next_on) == (today, None)


def test_rows_of_mentoring_tell_no_moment(pair: Pair, educator: Membership) -> None:
    assert pair.pk.version == note_of(pair, educator).pk.version == 4
    kinds = {field.get_internal_type() for model in (Pair, PairNote) for field in model._meta.concrete_fields}
    assert "DateTimeField" not in kinds


def test_mentoring_in_the_browser(
    lead: Membership, mentor: Membership, educator: Membership, other_mentor: Membership, family: Membership
) -> None:
    mine, theirs = client_of(educator), client_of(mentor)
    said = {"other": str(mentor.pk), "me": "mentee", "every_weeks": "2"}
    assert mine.post(f"{HERE}propose/", {**said, "other": ""}).status_code == 422
    assert mine.post(f"{HERE}propose/", said).status_code == 302
    address = f"{HERE}{Pair.objects.get().pk}/"
    assert educator.name in theirs.get(HERE).content.decode()
    assert theirs.post(f"{address}agree/").status_code == 302
    wrong = mine.post(address, {"on": "2999-01-01", "text": SECRET})
    assert wrong.status_code == 422 and SECRET in wrong.content.decode()
    assert mine.post(address, {"on": clock.today().isoformat(), "text": SECRET}).status_code == 302
    assert SECRET in theirs.get(address).content.decode()
    assert mine.post(f"{address}rhythm/", {"every_weeks": "4"}).status_code == 302
    assert theirs.post(f"{address}end/").status_code == 302
    assert "This pair has ended" in mine.get(address).content.decode()
    leads = client_of(lead)
    two = {"mentor": str(other_mentor.pk), "mentee": str(educator.pk), "every_weeks": "2"}
    assert mine.post(f"{HERE}arrange/", two).status_code == 403
    assert leads.post(f"{HERE}arrange/", two).status_code == 302
    arranged = Pair.objects.get(arranged=True)
    assert leads.post(f"{HERE}{arranged.pk}/end/").status_code == 302
    arranged.refresh_from_db()
    assert arranged.ended_on == clock.today()
    assert client_of(family).get(HERE).status_code == 403


def test_the_pages_take_a_fixed_number_of_queries(
    pair: Pair, lead: Membership, educator: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(educator)
    client.get(HERE)
    for number in range(5):
        colleague = make_member(lead.organisation, f"Colleague {number}", "educator")
        arrange_pair(mentor=colleague, mentee=educator, every_weeks=2, by=lead)
        keep_meeting(pair=pair, on=clock.today(), text=f"Note {number}", by=educator)
    with django_assert_num_queries(4):
        assert "Colleague 4" in client.get(HERE).content.decode()
    with django_assert_num_queries(5):
        assert "Note 4" in client.get(f"{HERE}{pair.pk}/").content.decode()
