"""Telling the reader, by mail, that words of children wait: once a day in the morning, and only where something waits."""

import logging
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from throughline.activity.actions import queue_mail
from throughline.activity.mail import letters_go_out
from throughline.kit import clock
from throughline.people.middleware import zone_named
from throughline.schools.models import Membership
from throughline.voices.models import HeldWords, Listening, Words
from throughline.voices.moderating.batches import opens_before
from throughline.voices.moderating.queries import CHILDREN, waits_for_reader

log = logging.getLogger(__name__)
MORNING = range(6, 16)  # hours where the reader is


def with_words_waiting() -> QuerySet[Listening]:
    """Listenings whose reader has something to read now, by the days of the time zone in force."""
    here = {"organisation": OuterRef("organisation"), "question__asked__listening": OuterRef("pk")}
    held = HeldWords.objects.filter(waits_for_reader(opens_before()), **here)
    kept = Words.objects.filter(read=False, question__asked__group__in=CHILDREN, **here)
    return Listening.objects.filter(
        Q(Exists(held)) | Q(Exists(kept)), reader__isnull=False, reader__left_at__isnull=True
    )


def tell_readers() -> int:
    """Queue a letter for each reader for whom words wait, once on each of their days; how many. Safe to repeat."""
    if not letters_go_out():
        return 0
    rows = with_words_waiting().select_related("reader__person", "reader__organisation").order_by("pk")
    told, failed = 0, 0
    for each in rows:
        try:
            told += _tell(each)
        except Exception:  # one reader's trouble keeps no other from being told
            log.exception("The reader of the listening %s could not be told", each.pk)
            failed += 1
    if failed:  # so that the doctor tells of it
        raise RuntimeError(f"{failed} readers could not be told; the log says why.")
    return told


def _tell(listening: Listening) -> bool:
    reader = listening.reader
    assert reader is not None  # `with_words_waiting`
    if not reader.is_active or reader.person is None or not reader.person.is_active:
        return False
    with _as_read_by(reader):
        if timezone.localtime(clock.now()).hour not in MORNING:
            return False
        if not with_words_waiting().filter(pk=listening.pk).exists():  # by the reader's own days
            return False
        there = reverse("voices:read-words", args=[reader.organisation.slug, listening.pk])
        body = _(
            "Hello,\n\nin the listening “%(title)s”, learners wrote something in their own words. You said that you would read it every school day, so that nobody in trouble has to wait.\n\nRead it here: %(address)s\n\nThis letter says nothing of what was written, or how much."
        )
        queue_mail(
            key=f"voices-words:{listening.pk}:{clock.today().isoformat()}",
            to=reader.person.email,
            subject=_("Words of learners wait for you: %(school)s") % {"school": reader.organisation.name},
            body=body % {"title": listening.title, "address": f"{settings.SITE_ADDRESS}{there}"},
            organisation_id=listening.organisation_id,
        )
    return True


@contextmanager
def _as_read_by(member: Membership) -> Iterator[None]:
    person, organisation = member.person, member.organisation
    zone = zone_named(person.time_zone) or zone_named(organisation.time_zone) or zoneinfo.ZoneInfo("UTC")
    with translation.override(person.language or organisation.language), timezone.override(zone):
        yield
