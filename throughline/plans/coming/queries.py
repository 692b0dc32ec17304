"""Days in the plan that are nobody's action: a policy to look at again, a small test that ends, evidence made of the plan to
check again, an educator competency to look at again. Staff alone hear of them, each of their own.
"""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateTimeField, F, IntegerField, Q, Value, When

from throughline.plans.coming.days import DONE, DROPPED, Coming, What
from throughline.plans.models import Cycle, Policy, TraitReview
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.records.models import Evidence
from throughline.records.queries import evidence_visible_to
from throughline.schools.tenant import Seat


def coming_for(seat: Seat, *, since: date, until: date) -> list[Coming]:
    """What this person hears of between two days, by day, and is not over. One query, none for who does not see the plan.

    Those who change the plan hear of what has no owner, or one who has left, too.
    """
    if not may_see_plan(seat):
        return []
    found = _found(seat, since, until, all_of_it=False, nobodys=bool(may_change_plan(seat.membership)))
    return [each for each in found if not each.over]


def coming_in(seat: Seat, *, since: date, whole: bool) -> list[Coming]:
    """What is in this person's calendar from a day on: what is theirs, or the whole plan. One query at most."""
    if not may_see_plan(seat):
        return []
    return _found(seat, since, date.max, all_of_it=whole, nobodys=False)


def _found(seat: Seat, since: date, until: date, *, all_of_it: bool, nobodys: bool) -> list[Coming]:
    here: dict[str, Any] = {"organisation": seat.organisation}
    days, me = (since, until), seat.membership
    policies = Policy.objects.filter(_theirs(seat, "", all_of_it, nobodys), **here, review_on__range=days)
    cycles = Cycle.objects.filter(
        _theirs(seat, "test__", all_of_it, nobodys), **here, begun_at__isnull=False, ends_on__range=days
    )
    pieces = evidence_visible_to(seat).filter(kind=Evidence.Kind.PLANNED, recheck_on__range=days)
    traits = TraitReview.objects.filter(**here, review_on__range=days, trait__removed_at__isnull=True)
    rows = _rows(policies, What.POLICY, ("id", "title", "review_on"), Q(state=Policy.State.ENDED)).union(
        _rows(cycles, What.TEST, ("test_id", "test__title", "ends_on"), done=Q(ended_on__isnull=False)),
        _rows(
            pieces if all_of_it else pieces.filter(brought_by=me),
            What.EVIDENCE,
            ("id", "title", "recheck_on"),
            Q(withdrawn_at__isnull=False),
        ),
        _rows(traits, What.TRAIT, ("trait_id", "trait__title", "review_on")),
        all=True,
    )
    found = [Coming(What(what), *row) for what, *row in rows]
    return sorted(found, key=lambda each: (each.day, each.what, each.title, each.id))


def _theirs(seat: Seat, at: str, all_of_it: bool, nobodys: bool) -> Q:
    if all_of_it:
        return Q()
    found = Q(**{f"{at}owner": seat.membership})
    if nobodys:
        found |= Q(**{f"{at}owner__isnull": True}) | Q(**{f"{at}owner__left_at__isnull": False})
    return found


_NEVER = Q(pk__in=[])
# What stands where a table does not know when, or how often, it was changed.
_UNNUMBERED = Value(1, output_field=IntegerField())
_SOMETIME = Value(None, output_field=DateTimeField())


def _rows(
    found: Any, what: What, columns: tuple[str, str, str], dropped: Q = _NEVER, done: Q = _NEVER
) -> Any:
    """All in one shape, so that one question finds them."""
    numbered = what in (What.POLICY, What.TEST)
    over = Case(
        When(dropped, then=Value(DROPPED)),
        When(done, then=Value(DONE)),
        default=Value(""),
        output_field=CharField(),
    )
    page, title, day = columns
    return (
        found.order_by()
        .select_related(None)
        .values_list(
            Value(what.value, output_field=CharField()),
            "id",
            page,
            title,
            day,
            F("version") if numbered else _UNNUMBERED,
            F("made_at") if numbered else _SOMETIME,
            over,
        )
    )
