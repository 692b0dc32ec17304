"""What calls a person about what others say: questions on the page for families, a page nobody has looked at for long, and
what children wrote in a listening, for the one adult who was named to read it; and a closed listening that nobody has heard back from.
"""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.home.waiting import Waiting, named
from throughline.plans.models import FamilyQuestion, PageForFamilies
from throughline.schools.models import Membership
from throughline.ui.times import day_in_words
from throughline.voices.models import HeldWords, Listening, Words
from throughline.voices.moderating.queries import CHILDREN, waits_for_reader
from throughline.voices.replying.letters import unanswered

SHOWN = 80  # characters of a question
CALLS = Q(family_count__isnull=False) | Q(family_stale__isnull=False)


def told(member: Membership, *, keeps: bool) -> list[Waiting]:
    """For those who keep the page: how many questions wait, the oldest by its words when it is alone; and a page that has to be looked at again."""
    known: dict[str, Any] = vars(member) if keeps else {"family_count": None, "family_stale": None}
    found = []
    if known["family_count"]:
        found.append(_asked(member, known["family_count"], known["family_text"]))
    if known["family_stale"]:
        found.append(_stale(member, known["family_stale"]))
    return found


def _asked(member: Membership, count: int, text: str) -> Waiting:
    if count == 1:
        title = named(_("A family asks: “{text}”"), text=text if len(text) < SHOWN else f"{text[:SHOWN]}…")
    else:
        title = named(_("{count} questions from families wait for an answer"), count=str(count))
    return Waiting(
        title=title,
        detail=_("Asked on your page for families. Nobody reads it there before one of you has answered."),
        organisation=member.organisation.name,
        weight=53,
        href=reverse("plans:family-questions", kwargs={"school": member.organisation.slug}),
        action=_("Read and answer"),
        minutes=max(2, min(count * 2, 20)),
    )


def _stale(member: Membership, since: date) -> Waiting:
    return Waiting(
        title=_("Is the page for families still right?"),
        detail=_("Nobody has checked it since %(date)s. Readers aren’t told.")
        % {"date": day_in_words(since)},
        organisation=member.organisation.name,
        weight=38,
        href=reverse("plans:families", kwargs={"school": member.organisation.slug}),
        action=_("Look at it"),
        minutes=5,
    )


def asked(answers: Q, stale: date) -> dict[str, Any]:
    """What is asked about each membership; `answers`: those who answer questions and keep the page."""
    held = FamilyQuestion.objects.filter(
        organisation=OuterRef("organisation"), state=FamilyQuestion.State.HELD
    )
    number = held.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    read = PageForFamilies.objects.filter(organisation=OuterRef("organisation"), checked_on__lt=stale)
    shown = read.exclude(way=PageForFamilies.Way.NOBODY)
    return {
        "family_count": Case(
            When(answers, then=Subquery(number, output_field=IntegerField())), output_field=IntegerField()
        ),
        "family_text": Case(
            When(answers, then=Subquery(held.order_by("on", "pk").values("text")[:1])),
            output_field=CharField(),
        ),
        "family_stale": Subquery(shown.values("checked_on")[:1], output_field=DateField()),
    }


WORDS_CALL = Q(words_in__isnull=False)


def told_of_words(member: Membership) -> list[Waiting]:
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


def asked_of_words(before: date) -> dict[str, Any]:
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


REPLIES_CALL = Q(unheard_in__isnull=False)


def told_of_replies(member: Membership) -> list[Waiting]:
    """The oldest one."""
    known: dict[str, Any] = vars(member)
    if not known["unheard_in"]:
        return []
    where = {"school": member.organisation.slug, "listening_id": known["unheard_in"]}
    return [
        Waiting(
            title=named(_("Nobody has heard back yet from “{title}”"), title=known["unheard_title"]),
            detail=_("Say what you heard, what you will do, and what not and why."),
            organisation=member.organisation.name,
            weight=45,
            href=reverse("voices:replies", kwargs=where),
            action=_("Write it"),
            minutes=20,
        )
    ]


def asked_of_replies(looks_after: Q) -> dict[str, Any]:
    """What is asked about each membership; `looks_after`: those who look after their organization."""
    rows = unanswered().filter(organisation=OuterRef("organisation")).order_by("closed_at", "pk")
    return {
        "unheard_in": Case(When(looks_after, then=Subquery(rows.values("pk")[:1])), output_field=UUIDField()),
        "unheard_title": Case(
            When(looks_after, then=Subquery(rows.values("title")[:1])), output_field=CharField()
        ),
    }
