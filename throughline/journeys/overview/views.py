"""The journeys of an organisation, and the first page of each."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import newer_versions
from throughline.frameworks.tree import tree
from throughline.journeys.hooks import offered_on_journey
from throughline.journeys.overview.listing import listed_journeys
from throughline.journeys.overview.queries import Overview, read_overview
from throughline.journeys.overview.rows import change_rows, priority_rows, recheck_rows
from throughline.journeys.overview.waiting import waiting_for
from throughline.journeys.policy import Place, may_keep, may_run, may_start
from throughline.journeys.queries import journeys_visible_to, team_of
from throughline.journeys.words import eyebrow, round_title
from throughline.kit import clock
from throughline.records.profile.picture import competency_links, picture_of, table_of
from throughline.schools.models import Role
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.times import day_in_words, month_in_words


@require_safe
@for_members
def list_journeys(request: MemberRequest) -> HttpResponse:
    """Every journey that I may see, where each stands, and the way to another one."""
    may = may_start(request.seat, for_group=True)
    staff = request.seat.has(*(Role(role) for role in Role if role not in (Role.LEARNER, Role.FAMILY)))
    context = {"journeys": listed_journeys(request.seat), "may_start": may, "staff": staff}
    return render(request, "journeys/list.html", context)


@require_safe
@for_members
def overview(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Where a journey stands, what waits for me, what comes first, what changed. Twelve queries, one more where a newer
    version of the framework may be offered."""
    newer = FrameworkVersion.objects.filter(supersedes=OuterRef("record__version"))
    journeys = list(journeys_visible_to(request.seat).annotate(is_superseded=Exists(newer)))
    journey = next((each for each in journeys if each.id == journey_id), None)
    if journey is None:
        raise Http404
    team = team_of(journey)
    me = next((each for each in team if each.membership_id == request.seat.membership.id), None)
    seen = read_overview(Place(request.seat, journey, me), team, tree(journey.record.version_id))
    context = _context(request, seen, others=len(journeys) - 1, superseded=journey.is_superseded)
    return render(request, "journeys/overview.html", context)


def _context(request: MemberRequest, seen: Overview, *, others: int, superseded: bool) -> dict[str, object]:
    link = competency_links(seen.journey.record, request.seat.organisation.slug)
    now = clock.today()
    title = _("Where we stand in %(month)s") % {"month": month_in_words(now)}
    caption = _("As of %(date)s") % {"date": day_in_words(now)}
    number = seen.current.number if seen.current else seen.last_closed.number if seen.last_closed else 0
    return {
        "seen": seen,
        "journey": seen.journey,
        "title": title,
        "eyebrow": eyebrow(seen.journey, number),
        "today": now,
        "picture": picture_of(seen.profile, title=title, link=link),
        "table": table_of(seen.profile, caption=caption, link=link),
        "waiting": waiting_for(seen),
        "priorities": priority_rows(seen, link),
        "changes": change_rows(seen.changes, link),
        "since": month_in_words(seen.since.when) if seen.since else "",
        "earlier": seen.since is not None and seen.since.day < now,
        "recheck": recheck_rows(seen.to_recheck, link),
        "rounds": [(line, round_title(line.number)) for line in seen.rounds],
        "may_run": may_run(seen.place),
        "may_keep": may_keep(seen.place),
        "others": others,
        "offered": offered_on_journey(seen.place),
        "newer": newer_versions(seen.journey.record.version_id, request.seat.organisation)
        if superseded and may_run(seen.place)
        else [],
    }
