"""What calls a person about listenings: what children wrote waits for the one adult who was named to read it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.home.waiting import Waiting, named
from throughline.schools.models import Membership
from throughline.voices.models import HeldWords, Listening, Words
from throughline.voices.moderating.queries import CHILDREN, waits_for_reader

CALLS = Q(words_in__isnull=False)


def told(member: Membership) -> list[Waiting]:
    """That something waits; never how much, nor what."""
    known: dict[str, Any] = vars(member)
    if not known["words_in"]:
        return []
    return [
        Waiting(
            title=named(_("Learners wrote something in “{title}”"), title=known["words_title"]),
            detail=_("You read it every school day, so that nobody in trouble has to wait."),
            organisation=member.organisation.name,
            weight=90,
            href=reverse(
                "voices:read-words",
                kwargs={"school": member.organisation.slug, "listening_id": known["words_in"]},
            ),
            action=_("Read it"),
            minutes=5,
        )
    ]


def asked(before: date) -> dict[str, Any]:
    """What is asked about each membership; `before`: as `opens_before` says."""
    here = {"organisation": OuterRef("organisation"), "question__asked__listening": OuterRef("pk")}
    held = HeldWords.objects.filter(waits_for_reader(before), **here)
    kept = Words.objects.filter(read=False, question__asked__group__in=CHILDREN, **here)
    rows = Listening.objects.filter(
        Q(Exists(held)) | Q(Exists(kept)), organisation=OuterRef("organisation"), reader=OuterRef("pk")
    ).order_by("made_at", "pk")
    return {
        "words_in": Subquery(rows.values("pk")[:1]),
        "words_title": Subquery(rows.values("title")[:1]),
    }
