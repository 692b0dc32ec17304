"""What calls a person about design elements: conversations that name them, comments from outside that nobody has read, and
elements that wait for a decision.
"""

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
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
from django.utils.translation import ngettext

from throughline.elements.models import Consultation, Element, Mention, OutsideComment, Stage, ThreadState
from throughline.home.waiting import Waiting, named
from throughline.schools.models import Membership

CALLS = Q(mentioned_in__isnull=False) | Q(held_in__isnull=False) | Q(proposed_kind__isnull=False)


def told(member: Membership) -> list[Waiting]:
    """The oldest mention, comments from outside (first on what is open longest), and what is proposed."""
    known = vars(member)
    found = []
    if known["mentioned_in"]:
        found.append(_mentioned(member))
    if known["held_in"]:
        found.append(_to_read(member))
    if known["proposed_kind"]:
        found.append(_proposed(member))
    return found


def _mentioned(member: Membership) -> Waiting:
    told = vars(member)
    where = {
        "school": member.organisation.slug,
        "kind": told["mentioned_kind"],
        "thread_id": UUID(str(told["mentioned_in"])),
    }
    return Waiting(
        title=named(
            _("{who} asks you about “{title}”"), who=told["mentioned_by"], title=told["mentioned_title"]
        ),
        detail=_("You are mentioned in a conversation about the text."),
        organisation=member.organisation.name,
        weight=57,
        href=reverse("elements:thread", kwargs=where),
        action=_("Read and answer"),
        minutes=2,
    )


def _to_read(member: Membership) -> Waiting:
    told = vars(member)
    title = ngettext(
        "{count} comment on “{title}” to read", "{count} comments on “{title}” to read", told["held_count"]
    )
    where = {
        "school": member.organisation.slug,
        "kind": told["held_kind"],
        "consultation_id": UUID(str(told["held_in"])),
    }
    return Waiting(
        title=named(title, count=str(told["held_count"]), title=told["held_title"]),
        detail=_("What is said from outside is seen by nobody else until one of you has read it."),
        organisation=member.organisation.name,
        weight=52,
        href=f"{reverse('elements:comments', kwargs=where)}?state=held",
        action=_("Read the comments"),
        minutes=max(2, told["held_count"] // 2),
    )


def _proposed(member: Membership) -> Waiting:
    told = vars(member)
    where = {"school": member.organisation.slug, "kind": told["proposed_kind"]}
    return Waiting(
        title=named(_("“{title}” is proposed: has it been decided on?"), title=told["proposed_title"]),
        detail=_(
            "Once your board or another body has adopted it, record who and when. That freezes the text."
        ),
        organisation=member.organisation.name,
        weight=45,
        href=reverse("elements:adopt", kwargs=where),
        action=_("Record the decision"),
        minutes=3,
    )


def asked(reads: Q, decides: Q) -> dict[str, Any]:
    """What is asked about each membership. What was settled without somebody no longer needs them."""
    here = {"organisation": OuterRef("organisation")}
    mentions = Mention.objects.filter(
        **here,
        member=OuterRef("pk"),
        read_at__isnull=True,
        remark__removed_at__isnull=True,
        remark__thread__state=ThreadState.OPEN,
    ).order_by("remark__at", "id")
    held = OutsideComment.objects.filter(**here, state=OutsideComment.State.HELD)
    asked = Consultation.objects.filter(Exists(held.filter(consultation=OuterRef("pk"))), **here).order_by(
        "-closes_on", "pk"
    )
    number = held.filter(consultation=OuterRef("held_in")).values("consultation").annotate(n=Count("pk"))
    proposed = Element.objects.filter(**here, stage=Stage.PROPOSED).order_by("kind")
    return {
        "mentioned_in": Subquery(mentions.values("remark__thread")[:1]),
        "mentioned_by": Subquery(mentions.values("remark__by__name")[:1]),
        "mentioned_title": Subquery(mentions.values("remark__thread__element__title")[:1]),
        "mentioned_kind": Subquery(mentions.values("remark__thread__element__kind")[:1]),
        "held_in": Case(When(reads, then=Subquery(asked.values("pk")[:1])), output_field=UUIDField()),
        "held_kind": Subquery(asked.values("element__kind")[:1]),
        "held_title": Subquery(asked.values("title")[:1]),
        "held_count": Subquery(number.values("n"), output_field=IntegerField()),
        "proposed_kind": Case(
            When(decides, then=Subquery(proposed.values("kind")[:1])), output_field=CharField()
        ),
        "proposed_title": Subquery(proposed.values("title")[:1]),
    }
