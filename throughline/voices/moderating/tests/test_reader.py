"""The reader sees what children wrote, once a day, alone, and nothing of who or when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from throughline.activity.models import OutgoingMail
from throughline.home.desk import Desk
from throughline.home.waiting import waiting_for
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seats_of
from throughline.testing import client_of
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import HeldWords, Listening, Words
from throughline.voices.moderating.actions import mark_words_read, take_back_worry
from throughline.voices.moderating.batches import opens_before
from throughline.voices.moderating.letters import tell_readers
from throughline.voices.moderating.queries import unread
from throughline.voices.spool.tests.steps import answered, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(listening: Listening, educator: Membership) -> Listening:
    """An open listening in which the educator reads what children write; learners and families wrote yesterday."""
    groups = opened(listening)
    Listening.objects.filter(pk=listening.pk).update(reader=educator)
    for text in ("Longer lunch", "I want to die", "More art"):
        answered(groups["learner"], words=text)
    answered(groups["family"], words="Zq of a family")
    HeldWords.objects.update(on=clock.today() - timedelta(days=1))
    answered(groups["learner"], words="Zq of today")
    return Listening.objects.select_related("organisation", "journey__record").get(pk=listening.pk)


def there(listening: Listening) -> str:
    return reverse("voices:read-words", args=[listening.organisation.slug, listening.pk])


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_the_reader_sees_children_only_of_days_before_the_pressing_first(
    asked: Listening, educator: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(educator)
    with django_assert_max_num_queries(12):
        page = shown(client.get(there(asked)))
    assert page.index("I want to die") < min(page.index("Longer lunch"), page.index("More art"))
    assert "Zq" not in page and "3 texts to read" in page and "emergency" in page
    with clock.standing_at(timezone.now() + timedelta(days=1)):
        assert "Zq of today" in shown(client_of(educator).get(there(asked)))


def test_nobody_else_sees_them_and_is_told_why(
    asked: Listening, lead: Membership, learner: Membership
) -> None:
    response = client_of(lead).get(there(asked))
    assert response.status_code == 403 and "named as reader" in shown(response)
    assert "Longer lunch" not in shown(response)
    assert client_of(learner).get(there(asked)).status_code == 404
    with pytest.raises(Refused):
        mark_words_read(listening=asked, read=[], by=lead)


def test_one_post_marks_a_page_and_a_worry_can_be_taken_back(asked: Listening, educator: Membership) -> None:
    client = client_of(educator)
    keys = {text: key for key, text in unread(asked)}
    said = {"read": list(keys.values()), "worrying": [keys["I want to die"]]}
    page = shown(client.post(there(asked), said, follow=True))
    assert "3 texts are marked as read" in page and "You have read everything" in page
    assert "What you marked as worrying" in page and "I want to die" in page
    assert take_back_worry(listening=asked, words=keys["I want to die"], by=educator)
    assert "I want to die" not in shown(client.get(there(asked)))
    assert not HeldWords.objects.filter(text__startswith="Zq", read=True).exists()


def test_nobody_can_mark_what_is_not_in_an_open_batch(asked: Listening, educator: Membership) -> None:
    others = list(HeldWords.objects.filter(text__startswith="Zq").values_list("pk", flat=True))
    assert mark_words_read(listening=asked, read=others, worrying=others, by=educator) == 0
    assert (
        not HeldWords.objects.filter(read=True).exists()
        and not HeldWords.objects.filter(worrying=True).exists()
    )


def test_what_was_marked_stays_marked_and_nothing_tells_what_came_last(
    asked: Listening, educator: Membership, lead: Membership
) -> None:
    """What was not read before closing comes in company of texts that were, drawn by chance."""
    keys = {text: key for key, text in unread(asked)}
    mark_words_read(listening=asked, read=[keys["More art"]], worrying=[keys["I want to die"]], by=educator)
    close_listening(listening=asked, by=lead)
    assert set(Words.objects.filter(read=True).values_list("text", flat=True)) == {"I want to die"}
    page = shown(client_of(educator).get(there(asked)))
    assert "Longer lunch" in page and "Zq of today" in page and "Zq of a family" not in page
    assert "I want to die" in page and "More art" in page


def test_a_day_is_over_when_it_is_over_everywhere() -> None:
    late = datetime(2027, 3, 5, 23, 30, tzinfo=UTC)
    with clock.standing_at(late):
        with timezone.override("Pacific/Auckland"):
            assert opens_before().isoformat() == "2027-03-05"
        with timezone.override("America/Los_Angeles"):
            assert opens_before().isoformat() == "2027-03-05"
    with clock.standing_at(late + timedelta(hours=1)), timezone.override("America/Los_Angeles"):
        assert opens_before().isoformat() == "2027-03-05"


def test_home_tells_the_reader_that_something_waits_and_nobody_else(
    asked: Listening, educator: Membership, lead: Membership
) -> None:
    [mine] = [
        each
        for each in waiting_for(Desk(educator.person, seats_of(educator.person)))
        if each.href == there(asked)
    ]
    assert asked.title in mine.title and mine.weight >= 90
    assert not [
        each for each in waiting_for(Desk(lead.person, seats_of(lead.person))) if each.href == there(asked)
    ]
    mark_words_read(listening=asked, read=[key for key, _text in unread(asked)], by=educator)
    assert not [
        each
        for each in waiting_for(Desk(educator.person, seats_of(educator.person)))
        if each.href == there(asked)
    ]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_a_letter_a_morning_tells_that_words_wait_and_not_what(
    asked: Listening, educator: Membership
) -> None:
    zone = {"time_zone": "UTC"}
    type(educator.person).objects.filter(pk=educator.person_id).update(**zone)
    morning = timezone.now().replace(hour=8, minute=0) + timedelta(days=1)
    with clock.standing_at(morning):
        assert tell_readers() == 1
        tell_readers()
    [letter] = OutgoingMail.objects.filter(key__startswith="voices-words:")
    assert letter.to == educator.person.email and there(asked) in letter.body and "lunch" not in letter.body
    with clock.standing_at(morning.replace(hour=20) + timedelta(days=1)):
        assert tell_readers() == 0
    with clock.standing_at(morning + timedelta(days=1)):
        mark_words_read(listening=asked, read=[key for key, _text in unread(asked)], by=educator)
        assert tell_readers() == 0
    assert not mail.outbox
