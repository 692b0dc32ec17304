"""Leads are reminded until those who answered have heard back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.actions import archive_listening, publish_replies
from throughline.voices.replying.letters import remind_leads

pytestmark = pytest.mark.django_db


def queued() -> int:
    return OutgoingMail.objects.filter(key__startswith="voices-unanswered:").count()


def test_every_two_weeks_until_it_is_published(line: Reply, closed: Listening, lead: Membership) -> None:
    now = clock.now()
    for days, letters in ((13, 0), (15, 1), (16, 1), (29, 2)):
        with clock.standing_at(now + timedelta(days=days)):
            remind_leads()
        assert queued() == letters
    [letter, _other] = OutgoingMail.objects.filter(key__startswith="voices-unanswered:").order_by("key")
    assert letter.to == lead.person.email and f"{closed.pk}/replies/" in letter.body
    publish_replies(listening=closed, by=lead)
    with clock.standing_at(now + timedelta(days=60)):
        assert remind_leads() == 0


def test_what_is_put_away_is_left_alone(closed: Listening, lead: Membership) -> None:
    archive_listening(listening=closed, by=lead, without_reply="Nobody answered.")
    with clock.standing_at(clock.now() + timedelta(days=20)):
        assert remind_leads() == 0


def test_without_a_mail_server_nothing_is_queued(closed: Listening, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    with clock.standing_at(clock.now() + timedelta(days=20)):
        assert remind_leads() == 0
    assert queued() == 0


def test_the_first_page_of_a_lead_says_so(
    closed: Listening, line: Reply, lead: Membership, educator: Membership
) -> None:
    said, there = "Nobody has heard back yet from", f"{closed.pk}/replies/"
    page = client_of(lead).get(reverse("home:home")).content.decode()
    assert said in page and there in page
    assert said not in client_of(educator).get(reverse("home:home")).content.decode()
    publish_replies(listening=closed, by=lead)
    assert said not in client_of(lead).get(reverse("home:home")).content.decode()
