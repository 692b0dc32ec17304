"""The plan's log: what happened and what was learned. Verbs write it inside their transaction; pages say it in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.plans.models import Action, Cycle, Goal, LogEntry, Policy
from throughline.schools.models import Membership
from throughline.ui.times import day_in_words


def tell(
    *,
    by: Membership,
    kind: str,
    text: str = "",
    on: date | None = None,
    data: dict[str, Any] | None = None,
    **about: Any,
) -> LogEntry:
    """Add a line; `about` names the part of the plan it is about (`action=…`, `goal=…`)."""
    return LogEntry.objects.create(
        organisation_id=by.organisation_id,
        kind=kind,
        on=on or clock.today(),
        text=text,
        data=data or {},
        by=by,
        **about,
    )


def about(entry: LogEntry) -> str:
    """The part of the plan that a line is about, by its name."""
    part: Any = entry.action or entry.test or entry.policy or entry.measure or entry.goal
    return part.title if part else ""


def in_words(entry: LogEntry) -> list[str]:
    """What a line says changed, sentence by sentence; nothing for what people wrote themselves."""
    return [said for name, pair in sorted(entry.data.items()) if (said := _change(entry, name, pair))]


def _change(entry: LogEntry, name: str, pair: Any) -> str:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
    if name == "cycle_begun":
        return _("Cycle %(number)s began.") % {"number": after}
    if name == "outcome":
        said = dict(Cycle.Outcome.choices).get(str(after), after)
        return _("Cycle %(number)s ended: %(outcome)s.") % {"number": before, "outcome": said}
    if name == "revision":
        return _("Revision %(number)s.") % {"number": pair}
    if name == "state":
        kind = Action if entry.action_id else Policy if entry.policy_id else Goal
        return _("It is now: %(state)s.") % {"state": dict(kind.State.choices).get(str(after), after)}
    if name == "due_on":
        return _day(
            before,
            after,
            _("Due %(after)s instead of %(before)s."),
            _("Due %(after)s."),
            _("No longer due on %(before)s."),
        )
    if name == "by_when":
        return _day(
            before,
            after,
            _("By %(after)s instead of %(before)s."),
            _("By %(after)s."),
            _("No longer by %(before)s."),
        )
    if name == "starts_on":
        return _day(
            before,
            after,
            _("Starts %(after)s instead of %(before)s."),
            _("Starts %(after)s."),
            _("No longer starts on %(before)s."),
        )
    if name == "owner":
        return _("It has another owner.") if after else _("It has no owner any more.")
    if name == "goal":
        return _("It moved to another goal.") if after else _("It belongs to no goal any more.")
    return ""


def _day(before: str | None, after: str | None, other: str, first: str, none: str) -> str:
    words = {
        name: day_in_words(date.fromisoformat(day))
        for name, day in (("before", before), ("after", after))
        if day
    }
    return (other if before and after else first if after else none) % words
