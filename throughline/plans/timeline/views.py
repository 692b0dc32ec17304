"""The timeline of the plan: a picture by goal, priority or person, and the same by month."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.kit import clock
from throughline.plans.doing.queries import Line, lines_of, open_waits
from throughline.plans.doing.rows import due_in_words, rows, state_in_words
from throughline.plans.policy import may_see_plan
from throughline.plans.shortcuts import head
from throughline.plans.timeline.drawing import draw_timeline
from throughline.plans.timeline.layout import Bar, Layout, laid_out, month_of, window_for
from throughline.plans.timeline.queries import (
    By,
    aims_of,
    bar_of,
    by_goal,
    by_person,
    by_priority,
    lanes_of,
    shown,
)
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.times import month_in_words, month_shortly

_SAMPLE = UUID(int=0)
LISTED, NEAR = 120, timedelta(days=92)  # of more actions, the list shows the next three months
WAYS = ("goal", "priority", "person")


@require_safe
@for_members
def timeline(request: MemberRequest) -> HttpResponse:
    """When what is due. `?by=` goal, priority or person; `?open=` a lane with its names; `?all=1` from the beginning."""
    may_see_plan(request.seat).enforce()
    organisation, today = request.seat.organisation.pk, clock.today()
    way = request.GET.get("by", "goal")
    way = way if way in WAYS else "goal"
    whole = request.GET.get("all") == "1"
    lines = shown(lines_of(organisation), whole=whole)
    by = _way(way, organisation)
    lanes = lanes_of(lines, by, today, request.GET.get("open", ""))
    window = window_for((bar_of(each, today) for each in lines), today, whole=whole)
    layout = laid_out(lanes, window)
    earlier = [each for each in lines if _is_over(each, window.first)]
    listed = [each for each in lines if not _is_over(each, window.first)]
    near = _near(listed, today) if len(listed) > LISTED and request.GET.get("list") != "all" else listed
    waits = open_waits(organisation) if lines else {}
    context = {
        **head(request),
        "way": way,
        "ways": [("goal", _("Goal")), ("priority", _("Priority")), ("person", _("Person"))],
        "whole": whole,
        "earlier": len(earlier),
        "is_packed": any(not each.named for each in layout.bars),
        "picture": _picture(request, layout, today, way, whole=whole) if layout.bars else "",
        "further": len(listed) - len(near),
        "months": _months(near, request.seat.organisation.slug, waits, today),
        "empty": not lines,
    }
    return render(request, "plans/timeline.html", context)


def _way(way: str, organisation: UUID) -> By:
    if way == "person":
        return by_person(_("Needs an owner"))
    aims = aims_of(organisation)
    return by_goal(aims, _("Without a goal")) if way == "goal" else by_priority(aims, _("Without a priority"))


def _is_over(line: Line, first: date) -> bool:
    """Done or given up before the window begins: it isn't shown unless somebody asks."""
    last = line.due_on or line.starts_on
    return not line.is_open and last is not None and last < first


def _near(lines: list[Line], today: date) -> list[Line]:
    """Of many, those that are late or come within the next months, and those without a day."""
    until = today + NEAR
    return [each for each in lines if (each.due_on or each.starts_on or today) <= until]


def _picture(request: MemberRequest, layout: Layout, today: date, way: str, *, whole: bool) -> SafeString:
    school = request.seat.organisation.slug
    before, _sep, after = reverse("plans:action", kwargs={"school": school, "action_id": _SAMPLE}).partition(
        str(_SAMPLE)
    )
    page = reverse("plans:timeline", kwargs={"school": school})
    asked = {"by": way, **({"all": "1"} if whole else {})}
    packed = {row.lane.key for row in layout.heads} if any(not each.named for each in layout.bars) else set()

    def lane_href(key: str) -> str:
        return f"{page}?{urlencode({**asked, 'open': key})}#picture" if key in packed else ""

    return mark_safe(  # noqa: S308  (escaped where it is drawn)
        draw_timeline(
            layout,
            title=_("Timeline of the plan"),
            today=today,
            today_label=_("today"),
            month_name=month_shortly,
            labels=labels_of(each.bar for each in layout.bars),
            href=lambda key: f"{before}{key}{after}",
            lane_href=lane_href,
        )
    )


def labels_of(bars: Iterable[Bar]) -> dict[UUID, str]:
    """What one hears of each bar."""
    language, late = get_language(), _("late")
    found = {}
    for bar in bars:
        words = [bar.title, state_in_words(bar.state, language)]
        if bar.due_on:
            words.append(due_in_words(bar.due_on, language))
        if bar.is_late:
            words.append(late)
        found[bar.id] = ", ".join(words)
    return found


def _months(
    lines: list[Line], school: str, waits: dict[UUID, int], today: date
) -> list[tuple[str, SafeString]]:
    """The same by month: what is late first, then month by month, then what has no day."""
    late = [each for each in lines if each.is_late(today)]
    groups: dict[date | None, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.is_late(today):
            last = line.due_on or line.starts_on
            groups[month_of(last) if last else None].append(line)
    for found in (late, *groups.values()):
        found.sort(key=lambda line: (line.due_on or line.starts_on or date.max, line.title))
    parts = [(_("Late"), late)] if late else []
    parts += [(month_in_words(month), groups[month]) for month in sorted(key for key in groups if key)]
    if None in groups:
        parts.append((_("Without a day"), groups[None]))
    return [(name, rows(found, school, waits, today)) for name, found in parts]
