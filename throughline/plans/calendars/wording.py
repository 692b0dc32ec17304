"""What stands in a calendar, in its owner's language."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from throughline.plans.calendars.following import Telling
from throughline.plans.calendars.ics import Dated
from throughline.plans.calendars.queries import Now
from throughline.plans.coming.words import in_calendar


def dated(dates: list[Now], telling: Telling, address: Callable[[Now], str]) -> list[Dated]:
    """The events; of what is no longer theirs nothing but what they had read. `address` leads to what it is about."""
    known = {each.live.id: each for each in dates}
    about = (_("Goal: %(title)s"), _("Who: %(name)s"), _("Done when: %(words)s"))  # looked up once for all
    found = []
    for told in telling.told:
        now = known.get(told.id)
        canceled = told.canceled_at is not None
        found.append(
            Dated(
                id=told.id,
                day=told.day,
                title=_title(told.title, now, canceled=canceled),
                sequence=told.sequence,
                at=told.at,
                canceled=canceled,
                about=_about(now, *about) if now else "",
                url=address(now) if now else "",
            )
        )
    return found


def _title(title: str, now: Now | None, *, canceled: bool) -> str:
    """The word too: no calendar program that was tried hides what is canceled."""
    if canceled:
        return _("Canceled: %(title)s") % {"title": title}
    if now and now.coming and not now.done:
        return in_calendar(now.coming.what, title)
    if now and now.is_goal:
        words = _("Reached: %(title)s") if now.done else _("Goal: %(title)s")
        return words % {"title": title}
    return _("Done: %(title)s") % {"title": title} if now and now.done else title


def _about(now: Now, goal: str, who: str, done_when: str) -> str:
    lines = []
    if now.goal:
        lines.append(goal % {"title": now.goal})
    if now.owner:
        lines.append(who % {"name": now.owner})
    if now.done_when:
        lines.append(done_when % {"words": now.done_when})
    return "\n".join(lines)
