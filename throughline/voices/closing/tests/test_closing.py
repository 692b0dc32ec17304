"""Closing a listening: who is writing has time, nothing is lost, nothing is left."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from throughline.activity.models import Receipt
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.closing.actions import (
    close_listening,
    close_what_is_over,
    finish_what_can_be,
    forget_what_is_due,
)
from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.models import SPOOL, Answer, Asked, Listening, OptOut, Slip, Tally, Words
from throughline.voices.spool.actions import begin_draft, hand_in, key_in_answer, save_draft
from throughline.voices.spool.outcomes import Outcome, Unsaved
from throughline.voices.spool.releasing import release_what_can_be
from throughline.voices.spool.tests.steps import answered, give_codes, opened, written
from throughline.voices.spool.times import GRACE

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners(listening: Listening) -> Asked:
    return opened(listening)["learner"]


def later(**by: float) -> Any:
    return clock.standing_at(timezone.now() + timedelta(**by))


def steps_of(rows: Any) -> Counter[str]:
    return Counter(str(sorted(content["steps"].items())) for content in rows)


def test_closing_lets_go_of_everything_and_leaves_nothing_in_the_spool(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    family = Asked.objects.select_related("listening").get(listening=listening, group="family")
    codes = give_codes(learners, 22)
    said = [{"seen": number % 5, "heard": number // 5, "known": -1} for number in range(22)]
    for code, steps in zip(codes, said, strict=True):
        answered(learners, code=code, steps=steps, words=f"My words {code}")
    assert release_what_can_be() == 12
    keys = set(Answer.objects.values_list("pk", flat=True))
    answered(family, 3, steps={"seen": 4})
    OptOut.objects.create(organisation=listening.organisation, asked=learners, child="Kim", told_by="Ms. Kim")
    place = f"/s/harbor/listenings/{listening.pk}/"
    Receipt.objects.create(actor_id=lead.person_id, key=uuid4(), location=place)
    closed = close_listening(listening=listening, by=lead)
    assert closed.state == "closed" and closed.closed_at is not None
    assert closed.keep_until == clock.today() + timedelta(days=closed.days_kept)
    assert not any(model._base_manager.exists() for model in (*SPOOL, OptOut, Receipt))
    assert Answer.objects.count() == 25 and keys.isdisjoint(Answer.objects.values_list("pk", flat=True))
    assert steps_of(Answer.objects.values_list("content", flat=True)) == steps_of(
        [{"steps": each} for each in (*said, *([{"seen": 4}] * 3))]
    )
    assert set(Words.objects.values_list("text", flat=True)) == {f"My words {code}" for code in codes}
    assert Slip.objects.count() == 22, "a used code still finds what became of it"


def test_who_is_writing_has_a_quarter_of_an_hour_and_nobody_else_begins(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    token, slow = written(learners), written(learners)
    closed = close_listening(listening=listening, by=lead)
    assert closed.keep_until is None
    with pytest.raises(Unsaved):
        begin_draft(learners)
    with later(minutes=14):
        assert finish_what_can_be() == (0, [])
        save_draft(token, steps={"seen": 1}, background={}, words={})
        key_in_answer(learners, steps={"seen": 2}, background={}, words={}, by=lead)
        assert hand_in(token) == Outcome.OK
    with later(minutes=15.1):
        assert hand_in(slow) == Outcome.CLOSED
        with pytest.raises(Unsaved) as why:
            save_draft(slow, steps={"seen": 1}, background={}, words={})
        assert why.value.outcome == Outcome.CLOSED
        assert finish_what_can_be() == (1, []) and finish_what_can_be() == (0, [])
        assert hand_in(token) == hand_in(slow) == Outcome.GONE
    listening.refresh_from_db()
    assert listening.closed_at and closed.closed_at and listening.closed_at <= closed.closed_at
    assert Answer.objects.count() == 2 and not any(model._base_manager.exists() for model in SPOOL)


def test_when_the_last_one_has_handed_in_it_is_finished_before_the_time_is_over(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    token = written(learners)
    close_listening(listening=listening, by=lead)
    with later(minutes=2):
        assert hand_in(token) == Outcome.OK
        assert finish_what_can_be() == (1, [])
        listening.refresh_from_db()
        assert listening.closed_at is not None and listening.closed_at <= clock.now()


def test_it_closes_by_itself_after_its_last_day_where_the_school_is(
    learners: Asked, listening: Listening
) -> None:
    school = listening.organisation
    school.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    school.save()
    noon = timezone.now().replace(hour=12, minute=0)
    Listening.objects.update(closes_on=noon.date())
    with clock.standing_at(noon - timedelta(hours=2, minutes=1)):
        assert close_what_is_over() == 0
    with clock.standing_at(noon - timedelta(hours=1, minutes=59)):
        assert (close_what_is_over(), close_what_is_over()) == (1, 0)
    listening.refresh_from_db()
    assert listening.state == "closed"


def test_only_who_runs_it_closes_it_and_only_while_it_is_open(
    learners: Asked, listening: Listening, lead: Membership, educator: Membership
) -> None:
    with pytest.raises(Refused):
        close_listening(listening=listening, by=educator)
    close_listening(listening=listening, by=lead)
    with pytest.raises(ValidationError):
        close_listening(listening=listening, by=lead)


def test_what_may_be_shown_is_kept_with_the_closing_and_outlives_the_answers(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    answered(learners, 11)
    close_listening(listening=listening, by=lead)
    with later(days=400):
        assert forget_what_is_due() == 1
    kept = figures_of(listening)
    assert kept is not None
    assert [unit.people for unit in result_of(kept).units] == [11]


def test_raw_answers_are_deleted_on_their_day(
    learners: Asked, listening: Listening, lead: Membership
) -> None:
    Listening.objects.update(days_kept=30)
    answered(learners, 11, words="Longer lunch")
    Listening.objects.update(version=1)
    close_listening(listening=listening, by=lead)
    Listening.objects.update(scrubbed_at=timezone.now())
    with later(days=30):
        assert forget_what_is_due() == 0 and Answer.objects.count() == 11
    with later(days=31):
        assert (forget_what_is_due(), forget_what_is_due()) == (1, 0)
    assert not any(model._base_manager.exists() for model in (Answer, Words, Tally))
    listening.refresh_from_db()
    assert listening.forgotten_at is not None and listening.scrubbed_at is None


def test_the_page_says_what_closing_does_and_closes(
    learners: Asked,
    listening: Listening,
    lead: Membership,
    educator: Membership,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    answered(learners, 2)
    written(learners)
    page = reverse("voices:close", args=[listening.organisation.slug, listening.pk])
    client.force_login(lead.person)
    with django_assert_max_num_queries(12):
        said = client.get(page).content.decode()
    assert "Learners: 2 of 40 invited" in said and "1 answer was begun and not handed in" in said
    assert client.post(page).status_code == 302
    listening.refresh_from_db()
    assert listening.state == "closed" and listening.closed_at
    assert listening.closed_at > timezone.now() + GRACE - timedelta(minutes=1)
    assert client.get(page).status_code == 302
    Listening.objects.update(state="open")
    client.force_login(educator.person)
    assert client.get(page).status_code == 403
