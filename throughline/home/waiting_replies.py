"""What calls those who look after an organization: a closed listening whose people have not heard back yet."""

from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, Subquery, UUIDField, When
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.home.waiting import Waiting, named
from throughline.schools.models import Membership
from throughline.voices.replying.letters import unanswered

CALLS = Q(unheard_in__isnull=False)


def told(member: Membership) -> list[Waiting]:
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


def asked(looks_after: Q) -> dict[str, Any]:
    """What is asked about each membership; `looks_after`: those who look after their organization."""
    rows = unanswered().filter(organisation=OuterRef("organisation")).order_by("closed_at", "pk")
    return {
        "unheard_in": Case(When(looks_after, then=Subquery(rows.values("pk")[:1])), output_field=UUIDField()),
        "unheard_title": Case(
            When(looks_after, then=Subquery(rows.values("title")[:1])), output_field=CharField()
        ),
    }
