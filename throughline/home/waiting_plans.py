"""What somebody has taken on in the plan of an organisation, as far as it is late or comes soon, and what is to be looked at again."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.home.waiting import Waiting, named
from throughline.plans.models import OPEN_STATES, Action, Cycle, Helper, Policy, Reflection, TraitReview
from throughline.schools.models import Membership

SOON = timedelta(days=7)
REFLECTING = timedelta(
    days=60
)  # so long after its day an educator competency stands here, until one has written about it
CALLS = (
    Q(due_count__isnull=False)
    | Q(policies_count__isnull=False)
    | Q(tests_count__isnull=False)
    | Q(traits_count__isnull=False)
)


def told(member: Membership) -> list[Waiting]:
    """Actions, and what is to be looked at again: policies, small tests, educator competencies."""
    return [*_due(member), *_again(member, "policies"), *_again(member, "tests"), *_again(member, "traits")]


def _due(member: Membership) -> list[Waiting]:
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


def _again(member: Membership, what: str) -> list[Waiting]:
    """How many of one kind; one alone by its name, with its page."""
    known, school = vars(member), member.organisation.slug
    count, title = known[f"{what}_count"], known[f"{what}_title"]
    if not count:
        return []
    said = {
        "policies": (
            named(_("The policy “{title}” is to be looked at again"), title=title),
            named(_("{count} policies are to be looked at again"), count=str(count)),
            _("Does it still say what the journey needs? Say so, or bring in new words."),
            _("Look at it"),
        ),
        "tests": (
            named(_("The small test “{title}” has run its time"), title=title),
            named(_("{count} small tests have run their time"), count=str(count)),
            _("Say what happened, what you learned, and what follows."),
            _("Say what happened"),
        ),
        "traits": (
            named(_("Your school looks again at “{title}”"), title=title),
            named(_("Your school looks again at {count} educator competencies"), count=str(count)),
            _("A moment to reflect, for yourself alone. Nobody sees whether you do."),
            _("Reflect"),
        ),
    }
    one, several, detail, action = said[what]
    lists = {"policies": ("policies", "?show=due"), "tests": ("small-tests", "")}
    pages = {"policies": ("policy", "policy_id"), "tests": ("small-test", "test_id")}
    if what == "traits":
        href = reverse("plans:my-learning", kwargs={"school": school})
    elif count == 1:
        name, key = pages[what]
        href = reverse(f"plans:{name}", kwargs={"school": school, key: UUID(str(known[f"{what}_id"]))})
    else:
        name, query = lists[what]
        href = reverse(f"plans:{name}", kwargs={"school": school}) + query
    return [
        Waiting(
            title=one if count == 1 else several,
            detail=detail,
            organisation=member.organisation.name,
            weight=28 if what == "traits" else 39,
            href=href,
            action=action,
            minutes=10,
        )
    ]


def asked(
    today: date, soon: date, reflecting: date, sees: tuple[UUID, ...], changes: tuple[UUID, ...]
) -> dict[str, Any]:
    """What is asked about each membership. In the organisations of `sees` they are staff, in those of `changes` they change the plan."""
    return {**_asked_due(today, soon), **_asked_again(today, soon, reflecting, sees, changes)}


def _asked_again(
    today: date, soon: date, reflecting: date, sees: tuple[UUID, ...], changes: tuple[UUID, ...]
) -> dict[str, Any]:
    here = {"organisation": OuterRef("organisation"), "organisation__in": sees}
    policies = Policy.objects.filter(_whose("", changes), **here, review_on__lte=soon)
    tests = Cycle.objects.filter(
        _whose("test__", changes), **here, begun_at__isnull=False, ended_on__isnull=True, ends_on__lte=today
    )
    written = Reflection.objects.filter(
        organisation=OuterRef("organisation"),
        author=OuterRef(OuterRef("pk")),
        trait=OuterRef("trait"),
        on__gte=OuterRef("review_on"),
    )
    traits = TraitReview.objects.filter(
        ~Exists(written), **here, review_on__range=(reflecting, today), trait__removed_at__isnull=True
    )
    return {
        **_counted("policies", policies.exclude(state=Policy.State.ENDED), "review_on", "pk", "title"),
        **_counted("tests", tests, "ends_on", "test", "test__title"),
        **_counted("traits", traits, "review_on", "trait", "trait__title"),
    }


def _whose(at: str, changes: tuple[UUID, ...]) -> Q:
    """One's own; for those who change the plan also what has no owner, or one who has left."""
    nobodys = Q(**{f"{at}owner__isnull": True}) | Q(**{f"{at}owner__left_at__isnull": False})
    return Q(**{f"{at}owner": OuterRef("pk")}) | (Q(organisation__in=changes) & nobodys)


def _counted(what: str, rows: QuerySet[Any], day: str, key: str, title: str) -> dict[str, Any]:
    number = rows.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    first = rows.order_by(day, "pk")
    return {
        f"{what}_count": Subquery(number, output_field=IntegerField()),
        f"{what}_id": Subquery(first.values(key)[:1]),
        f"{what}_title": Subquery(first.values(title)[:1]),
    }


def _asked_due(today: date, soon: date) -> dict[str, Any]:
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
