"""Reads of the weekly meeting: those that were, what stands in the plan now, and what stood when it ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.plans.doing.queries import Line, lines_of
from throughline.plans.mine.slipping import Slipped, read_slipped
from throughline.plans.models import MeetingLine, WeeklyMeeting
from throughline.plans.policy import may_see_plan
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat

SOON = timedelta(days=14)
KEPT = 200  # so many of each list are kept at the end
LATELY = 60  # so many meetings are listed


class Stood(NamedTuple):
    """An action as it stood when the meeting ended."""

    id: UUID
    title: str
    owner: str
    due_on: date | None


@dataclass(slots=True)
class Now:
    """What the meeting walks through, as the plan stands now."""

    slipped: Slipped
    soon: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are to talk about, by part."""
        late = len(self.slipped.late) + len(self.slipped.put_off) + len(self.slipped.unowned)
        waits = sum(len(each) for _owner, each in self.slipped.holding)
        return {"late": late, "waits": waits, "soon": len(self.soon)}


def meetings_of(seat: Seat) -> QuerySet[WeeklyMeeting]:
    """The meetings that this person may see, newest first."""
    if not may_see_plan(seat):
        return WeeklyMeeting.objects.none()
    rows = WeeklyMeeting.objects.filter(organisation=seat.organisation)
    return rows.select_related("led_by", "ended_by").order_by("-begun_at", "-pk")


def meetings_with_counts(seat: Seat) -> list[WeeklyMeeting]:
    """The latest of them, each with how many `decisions` and `steps` it brought. One query."""
    kinds = MeetingLine.Kind
    counted = meetings_of(seat).annotate(
        decisions=Count("lines", filter=Q(lines__kind=kinds.DECISION)),
        steps=Count("lines", filter=Q(lines__kind=kinds.STEP)),
    )
    return list(counted[:LATELY])


def lines_in(meeting: WeeklyMeeting) -> list[MeetingLine]:
    """What was said, in the order in which it was said. One query."""
    rows = MeetingLine.objects.filter(organisation=meeting.organisation_id, meeting=meeting)
    return list(rows.select_related("by", "action__owner").order_by("at", "pk"))


def standing_now(organisation: UUID, today: date) -> Now:
    """What is late, what waits for whom, and what is due within two weeks. Four queries."""
    lines = lines_of(organisation)
    return Now(read_slipped(organisation, today), due_soon(lines, today))


def due_soon(lines: Iterable[Line], today: date) -> list[Line]:
    """The open ones that are due from today on, within two weeks, the next one first. Pure."""
    found = [each for each in lines if each.is_open and each.due_on and today <= each.due_on <= today + SOON]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.title))


def kept_of(now: Now) -> dict[str, Any]:
    """What is kept of it at the end, without names. Pure."""
    late = [line for line, _days, _times in now.slipped.late]
    waits = [each.line for _owner, holdings in now.slipped.holding for each in holdings]
    return {
        name: {"count": len(lines), "first": [_kept(each) for each in lines[:KEPT]]}
        for name, lines in (("late", late), ("waits", waits), ("soon", now.soon))
    }


def _kept(line: Line) -> list[str | None]:
    return [
        str(line.id),
        line.title,
        str(line.owner_id) if line.owner_id and not line.needs_owner else None,
        line.due_on.isoformat() if line.due_on else None,
    ]


def stood_at_end(meeting: WeeklyMeeting) -> list[tuple[str, int, list[Stood]]]:
    """What stood when it ended: name of the part, how many there were, the first of them. One query, for the names."""
    parts = [(name, meeting.stood.get(name)) for name in ("late", "waits", "soon")]
    rows = [(name, told["count"], told["first"]) for name, told in parts if told and told["count"]]
    wanted = {owner for _name, _count, first in rows for _id, _title, owner, _due in first if owner}
    members = Membership.objects.filter(organisation=meeting.organisation_id, pk__in=wanted)
    names = {str(key): name for key, name in members.values_list("pk", "name")} if wanted else {}
    return [
        (
            name,
            count,
            [
                Stood(UUID(key), title, names.get(owner, ""), date.fromisoformat(due) if due else None)
                for key, title, owner, due in first
            ],
        )
        for name, count, first in rows
    ]
