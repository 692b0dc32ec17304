"""Reminding those who look after a school, by mail, that a listening is closed and nobody has heard back yet."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.activity.actions import queue_mail
from throughline.activity.mail import letters_go_out
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.schools.queries import leads_of
from throughline.schools.tenant import is_there
from throughline.voices.models import Listening, ReplyEdition

log = logging.getLogger(__name__)
EVERY = timedelta(days=14)


def unanswered() -> QuerySet[Listening]:
    """Closed listenings, not put away, of which nothing is published."""
    published = ReplyEdition.objects.filter(organisation=OuterRef("organisation"), listening=OuterRef("pk"))
    return Listening.objects.filter(
        ~Exists(published),
        state=Listening.State.CLOSED,
        keep_until__isnull=False,
        archived_at__isnull=True,
    )


def remind_leads() -> int:
    """Queue a letter to each lead for each fortnight that a listening stays unanswered; how many. Safe to repeat."""
    if not letters_go_out():
        return 0
    rows = unanswered().filter(is_there(), closed_at__lte=clock.now() - EVERY).select_related("organisation")
    told, failed = 0, 0
    for each in rows.order_by("pk"):
        try:
            told += _remind(each)
        except Exception:  # one listening's trouble keeps no other from being told of
            log.exception("The leads could not be reminded of the listening %s", each.pk)
            failed += 1
    if failed:  # so that the doctor tells of it
        raise RuntimeError(f"{failed} listenings could not be told of; the log says why.")
    return told


@transaction.atomic
def _remind(listening: Listening) -> int:
    assert listening.closed_at is not None  # `remind_leads`
    fortnight = (clock.now() - listening.closed_at) // EVERY
    told = 0
    for lead in leads_of(listening.organisation):
        if lead.person is not None and lead.person.is_active:
            _write(listening, lead, fortnight)
            told += 1
    return told


def _write(listening: Listening, lead: Membership, fortnight: int) -> None:
    school = listening.organisation
    there = reverse("voices:replies", args=[school.slug, listening.pk])
    with translation.override(lead.person.language or school.language):
        body = _(
            "Hello,\n\nthe listening “%(title)s” is closed, and those who answered have not heard back yet. Say what you heard, what you will do, and what not and why: three lines are enough to begin.\n\nWrite and publish it here: %(address)s\n\nThis letter comes every two weeks until it is published or the listening is put away."
        )
        queue_mail(
            key=f"voices-unanswered:{listening.pk}:{lead.pk}:{fortnight}",
            to=lead.person.email,
            subject=_("Nobody has heard back yet: %(title)s") % {"title": listening.title},
            body=body % {"title": listening.title, "address": f"{settings.SITE_ADDRESS}{there}"},
            organisation_id=listening.organisation_id,
        )
