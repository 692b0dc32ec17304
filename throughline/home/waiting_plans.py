"""What somebody has taken on in the plan of an organisation, as far as it is late or comes soon."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.desk import Desk
from throughline.home.waiting import Waiting, named, source
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.plans.models import OPEN_STATES, Action, Helper

SOON = timedelta(days=7)


@source
def actions_of_mine(desk: Desk) -> list[Waiting]:
    """One thing for each organisation: how many of their actions are late or due within a week. One query."""
    if not desk.seats:
        return []
    today = clock.today()
    rows = _due(tuple(desk.memberships), today, today + SOON)
    return [_waiting(desk, *row) for row in rows]


def _waiting(desk: Desk, organisation: UUID, open_ones: int, late: int, first: date, title: str) -> Waiting:
    seat = desk.by_organisation[organisation]
    if open_ones == 1:
        name = named(_("“{title}” is due"), title=title)
    else:
        name = named(
            ngettext("{n} action of yours is due", "{n} actions of yours are due", open_ones), n=str(open_ones)
        )
    detail = _("In the plan of your school, within the next seven days.")
    if late:
        detail = ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late}
    return Waiting(
        title=name,
        detail=detail,
        organisation=seat.organisation.name,
        weight=56 if late else 40,
        href=reverse("plans:mine", kwargs={"school": seat.organisation.slug}),
        action=_("See my actions"),
        minutes=2,
        due=first,
    )


@prepared
def _due(memberships: tuple[UUID, ...], today: date, until: date) -> QuerySet[Action, tuple[Any, ...]]:
    helps = Helper.objects.filter(
        organisation=OuterRef("organisation"), action=OuterRef("pk"), membership__in=memberships
    )
    mine = Action.objects.filter(
        Q(owner__in=memberships) | Q(Exists(helps)), state__in=list(OPEN_STATES), due_on__lte=until
    )
    return (
        mine.values("organisation")
        .annotate(
            n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)), first=Min("due_on"), one=Min("title")
        )
        .order_by("organisation")
        .values_list(F("organisation"), "n", "late", "first", "one")
    )
