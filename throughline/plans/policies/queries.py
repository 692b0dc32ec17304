"""Named reads of the register of policies. Staff see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from throughline.elements.history.comparing import Comparison, compare
from throughline.frameworks.tree import CompetencyItem
from throughline.kit import clock
from throughline.plans.models import Policy, PolicyRevision
from throughline.plans.policies.nexts import SOON, WORDS, Known, Next, next_of
from throughline.plans.policy import may_see_plan
from throughline.plans.serving import served_by_each
from throughline.schools.tenant import Seat

MINE, DUE = "mine", "due"


@dataclass(frozen=True, slots=True)
class Row:
    """A policy as the register shows it."""

    policy: Policy
    number: int
    adopted_by: str
    adopted_on: date | None
    step: Next
    serves: list[CompetencyItem]

    @property
    def words(self) -> str:
        """What is next, in words."""
        return str(WORDS[self.step])

    @property
    def tone(self) -> str:
        """How the state looks."""
        return {"in-force": "success", "under-review": "info", "wanted": "warn"}.get(self.policy.state, "")


def policies_of(seat: Seat) -> QuerySet[Policy]:
    """The policies that this person may see, by title, each with its newest revision."""
    if not may_see_plan(seat):
        return Policy.objects.none()
    newest = PolicyRevision.objects.filter(organisation=seat.organisation, policy=OuterRef("pk")).order_by(
        "-number"
    )
    return (
        Policy.objects.filter(organisation=seat.organisation)
        .select_related("owner")
        .annotate(
            **{f"last_{name}": Subquery(newest.values(name)[:1]) for name in ("number", "adopted_by")},
            last_adopted_on=Subquery(newest.values("adopted_on")[:1]),
        )
        .order_by("title", "pk")
    )


def register(seat: Seat, *, show: str = "", competency: UUID | None = None) -> list[Row]:
    """The register, narrowed by a state, `due` or `mine`, and by what it serves. Two queries and a framework."""
    rows = policies_of(seat)
    today = clock.today()
    narrowed = {
        MINE: Q(owner=seat.membership),
        DUE: Q(review_on__lte=today + SOON) & ~Q(state=Policy.State.ENDED),
    }
    if show in Policy.State.values:
        rows = rows.filter(state=show)
    elif show in narrowed:
        rows = rows.filter(narrowed[show])
    if competency is not None:
        rows = rows.filter(serves__competency=competency)
    serves = served_by_each(seat.organisation, "policy")
    return [_row(each, serves.get(each.pk, []), today) for each in rows]


def _row(policy: Any, serves: list[CompetencyItem], today: date) -> Row:
    known = Known(
        state=policy.state,
        has_owner=policy.owner_id is not None,
        has_words=policy.last_number is not None,
        adopted=policy.last_adopted_on is not None,
        review_on=policy.review_on,
        needed=bool(policy.needed),
        says=policy.says,
    )
    return Row(
        policy,
        policy.last_number or 0,
        policy.last_adopted_by or "",
        policy.last_adopted_on,
        next_of(known, today),
        serves,
    )


def row_in(seat: Seat, policy_id: UUID) -> Row | None:
    """One policy that this person may see. Two queries."""
    found = policies_of(seat).filter(pk=policy_id).first()
    if found is None:
        return None
    return _row(
        found, served_by_each(seat.organisation, "policy", [policy_id]).get(policy_id, []), clock.today()
    )


def revisions_of(policy: Policy) -> list[PolicyRevision]:
    """What it said after each change, the newest first. One query."""
    rows = PolicyRevision.objects.filter(organisation=policy.organisation_id, policy=policy)
    return list(rows.select_related("by", "file").order_by("-number"))


def newest(policy: Policy) -> PolicyRevision | None:
    """What it says now. One query."""
    rows = PolicyRevision.objects.filter(organisation=policy.organisation_id, policy=policy)
    return rows.select_related("by", "file").order_by("-number").first()


def compared(old: PolicyRevision, new: PolicyRevision) -> Comparison:
    """Two revisions word by word."""
    return compare(_document(old.text), _document(new.text))


def _document(text: str) -> dict[str, Any]:
    lines: Iterable[str] = filter(str.strip, text.split("\n"))
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": line.strip()}]} for line in lines
        ],
    }


def files_of_policies(seat: Seat) -> Q:
    """Condition on `StoredFile`: what a policy says is for the staff."""
    here = PolicyRevision.objects.filter(organisation=seat.organisation, file__isnull=False)
    return Q(pk__in=here.values("file")) if may_see_plan(seat) else Q(pk__in=[])


def cited_by_policies() -> Q:
    """Condition on `StoredFile`: never swept away."""
    return Q(pk__in=PolicyRevision.objects.filter(file__isnull=False).values("file"))
