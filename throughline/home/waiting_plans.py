"""What somebody has taken on in the plan of an organisation, as far as it is late or comes soon."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.waiting import Waiting, named
from throughline.plans.models import OPEN_STATES, Action, Helper
from throughline.schools.models import Membership

SOON = timedelta(days=7)
CALLS = Q(due_count__isnull=False)


def told(member: Membership) -> list[Waiting]:
    """How many of their actions are late or due within a week; one alone by its name."""
    known = vars(member)
    count, late = known["due_count"], known["late_count"]
    if not count:
        return []
    if count == 1:
        title = named(_("“{title}” is due"), title=known["due_title"])
    else:
        title = named(_("{count} actions of yours are due"), count=str(count))
    detail = _("In the plan, within the next seven days.")
    if late:
        detail = ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late}
    return [
        Waiting(
            title=title,
            detail=detail,
            organisation=member.organisation.name,
            weight=56 if late else 40,
            href=reverse("plans:mine", kwargs={"school": member.organisation.slug}),
            action=_("See my actions"),
            minutes=2,
        )
    ]


def asked(today: date, soon: date) -> dict[str, Any]:
    """What is asked about each membership."""
    helps = Helper.objects.filter(
        organisation=OuterRef("organisation"), action=OuterRef("pk"), membership=OuterRef(OuterRef("pk"))
    )
    due = Action.objects.filter(
        Q(owner=OuterRef("pk")) | Q(Exists(helps)),
        organisation=OuterRef("organisation"),
        state__in=list(OPEN_STATES),
        due_on__lte=soon,
    )
    counted = due.order_by().values("organisation")
    return {
        "due_count": Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        "late_count": Subquery(
            counted.annotate(n=Count("pk", filter=Q(due_on__lt=today))).values("n"),
            output_field=IntegerField(),
        ),
        "due_title": Subquery(due.order_by(F("due_on"), "pk").values("title")[:1]),
    }
