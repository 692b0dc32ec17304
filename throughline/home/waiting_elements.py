"""What calls a person: organizations that expect them, and conversations about a design element that name them."""

from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.elements.models import Mention, ThreadState
from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.kit.prepared import prepared
from throughline.schools.models import Membership
from throughline.schools.tenant import is_there


@source
def invitations_and_mentions(desk: Desk) -> list[Waiting]:
    """Organizations come in by the link in their letter; of mentions the oldest in each. One query for both."""
    return [
        _invited(desk, member) if member.joined_at is None else _mentioned(member)
        for member in _called(desk.person.pk, demo=settings.DEMO)
    ]


def _invited(desk: Desk, member: Membership) -> Waiting:
    return Waiting(
        title=named(_("{organisation} has invited you"), organisation=member.organisation.name),
        detail=_(
            "Open the link they gave you for %(address)s. If it no longer works, ask them for a new one."
        )
        % {"address": desk.person.email},
        organisation=member.organisation.name,
        weight=85,
    )


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


@prepared
def _called(person: UUID, *, demo: bool) -> QuerySet[Membership]:
    """`demo` is what `is_there` looks at. What was settled without somebody no longer needs them."""
    mentions = Mention.objects.filter(
        organisation=OuterRef("organisation"),
        member=OuterRef("pk"),
        read_at__isnull=True,
        remark__removed_at__isnull=True,
        remark__thread__state=ThreadState.OPEN,
    ).order_by("remark__at", "id")
    return (
        Membership.objects.filter(is_there(), person=person, left_at__isnull=True)
        .annotate(
            mentioned_in=Subquery(mentions.values("remark__thread")[:1]),
            mentioned_by=Subquery(mentions.values("remark__by__name")[:1]),
            mentioned_title=Subquery(mentions.values("remark__thread__element__title")[:1]),
            mentioned_kind=Subquery(mentions.values("remark__thread__element__kind")[:1]),
        )
        .filter(Q(joined_at__isnull=True) | Q(mentioned_in__isnull=False))
        .select_related("organisation")
        .order_by("organisation__name", "id")
    )
