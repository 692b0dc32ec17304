"""What calls a person in each of their organisations: one query for what several rooms ask about a membership."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from throughline.elements.policy import WRITERS
from throughline.home import ahead_plans, waiting_elements, waiting_families, waiting_plans
from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.plans.families.limits import STALE_AFTER
from throughline.plans.policy import STAFF
from throughline.plans.policy import WRITERS as CHANGE_PLANS
from throughline.schools.models import Membership
from throughline.schools.tenant import is_there
from throughline.voices.moderating.batches import opens_before

NOWHERE = UUID(int=0)  # no organization's; a prepared read asks about something


@source
def called(desk: Desk) -> list[Waiting]:
    """In each organization the way in, or what calls about its elements, its plan, its listenings and its page for families. One query, whether anything waits or
    not. Organizations come in by the link in their letter.
    """
    may_read = _readers(desk)
    found: list[Waiting] = []
    for member in members_called(desk):
        if member.joined_at is None:
            found.append(_invited(desk, member))
        else:
            found += [
                *waiting_elements.told(member),
                *waiting_plans.told(member),
                *waiting_families.told_of_words(member),
                *waiting_families.told_of_replies(member),
                *waiting_families.told(member, keeps=member.pk in may_read),
            ]
    return found


def _readers(desk: Desk) -> tuple[UUID, ...]:
    return tuple(each.membership.pk for each in desk.seats if not each.roles.isdisjoint(WRITERS))


def members_called(desk: Desk) -> list[Membership]:
    """The memberships that something calls or that own something for later, each with what it is. One query for a desk."""
    if desk.called is None:
        may_decide = tuple(each.membership.pk for each in desk.seats if each.is_lead)
        sees = tuple(each.organisation.pk for each in desk.seats if each.has(*STAFF)) or (NOWHERE,)
        changes = tuple(
            each.organisation.pk for each in desk.seats if not each.roles.isdisjoint(CHANGE_PLANS)
        )
        today = clock.today()
        days = (today, today + waiting_plans.SOON, today - waiting_plans.REFLECTING, today - STALE_AFTER)
        known = (desk.person.pk, _readers(desk), may_decide, sees, changes, *days, opens_before())
        desk.called = list(_called(*known, demo=settings.DEMO))
    return desk.called


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


@prepared
def _called(
    person: UUID,
    may_read: tuple[UUID, ...],
    may_decide: tuple[UUID, ...],
    sees: tuple[UUID, ...],
    changes: tuple[UUID, ...],
    today: date,
    soon: date,
    reflecting: date,
    stale: date,
    opened: date,
    *,
    demo: bool,
) -> QuerySet[Membership]:
    """`demo` is what `is_there` looks at."""
    about_elements = waiting_elements.asked(Q(pk__in=may_read), Q(pk__in=may_decide))
    about_plans = waiting_plans.asked(today, soon, reflecting, sees, changes)
    later = ahead_plans.asked(soon)
    about_families = waiting_families.asked(Q(pk__in=may_read), stale)
    calls = waiting_elements.CALLS | waiting_plans.CALLS | waiting_families.CALLS | ahead_plans.CALLS
    calls |= waiting_families.WORDS_CALL | waiting_families.REPLIES_CALL
    return (
        Membership.objects.filter(is_there(), person=person, left_at__isnull=True)
        .annotate(
            **about_elements,
            **about_plans,
            **about_families,
            **waiting_families.asked_of_words(opened),
            **waiting_families.asked_of_replies(Q(pk__in=may_decide)),
            **later,
        )
        .filter(Q(joined_at__isnull=True) | calls)
        .select_related("organisation")
        .order_by("organisation__name", "id")
    )
