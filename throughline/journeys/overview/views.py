"""The journeys of an organisation, and the first page of each."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import newer_versions
from throughline.frameworks.tree import tree
from throughline.journeys.hooks import offered_on_journey, parts_of_overview
from throughline.journeys.models import Journey
from throughline.journeys.overview.listing import listed_journeys
from throughline.journeys.overview.queries import Overview, read_overview
from throughline.journeys.overview.rows import change_rows, priority_rows, recheck_rows, round_rows
from throughline.journeys.overview.waiting import waiting_for
from throughline.journeys.policy import Place, may_keep, may_run, may_start
from throughline.journeys.queries import Mate, journeys_visible_to, read_team
from throughline.journeys.words import eyebrow
from throughline.kit import clock
from throughline.kit.prepared import prepared
from throughline.records.profile.picture import competency_links, picture_of, table_of
from throughline.schools.models import Role
from throughline.schools.tenant import MemberRequest, Seat, for_members
from throughline.ui.times import day_in_words, month_in_words

SHOWN_OF_TEAM = 12


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
    """Where a journey stands, what waits for me, what comes first, what changed; `?rounds=all` adds the earlier rounds.
    At most twelve queries."""
    journey = next(iter(_visible(*request.seat.ids, journey_id)), None)
    if journey is None:
        raise Http404
    team = read_team(journey)
    me = next((each for each in team if each.membership_id == request.seat.membership.id), None)
    place = Place(request.seat, journey, me.as_member(journey) if me else None)
    framework = tree(journey.record.version_id)
    seen = read_overview(place, framework, all_rounds=request.GET.get("rounds") == "all")
    return render(request, "journeys/overview.html", _context(request, seen, team))


@prepared
def _visible(
    membership: UUID, organisation: UUID, roles: frozenset[str], journey_id: UUID
) -> QuerySet[Journey]:
    """The journey, how many others this person may see, and whether its framework has a newer version."""
    visible = journeys_visible_to(Seat.of_ids(membership, organisation, roles))
    others = visible.exclude(pk=journey_id).order_by().values("organisation").annotate(n=Count("pk"))
    newer = FrameworkVersion.objects.filter(supersedes=OuterRef("record__version"))
    return visible.filter(pk=journey_id).annotate(
        is_superseded=Exists(newer), others=Coalesce(Subquery(others.values("n")), 0)
    )


def _context(request: MemberRequest, seen: Overview, team: list[Mate]) -> dict[str, object]:
    journey: Any = seen.journey
    link = competency_links(journey.record, request.seat.organisation.slug)
    now = clock.today()
    title = _("Where we stand in %(month)s") % {"month": month_in_words(now)}
    caption = _("As of %(date)s") % {"date": day_in_words(now)}
    number = seen.current.number if seen.current else seen.last_closed.number if seen.last_closed else 0
    runs = may_run(seen.place)
    return {
        "seen": seen,
        "journey": journey,
        "title": title,
        "eyebrow": eyebrow(journey, number),
        "today": now,
        "picture": picture_of(seen.profile, title=title, link=link),
        "table": table_of(seen.profile, caption=caption, link=link),
        "waiting": waiting_for(seen),
        "priorities": priority_rows(seen, link),
        "changes": change_rows(seen.changes, link),
        "since": month_in_words(seen.since.when) if seen.since else "",
        "earlier": seen.since is not None and seen.since.day < now,
        "recheck": recheck_rows(seen.to_recheck, link),
        "rounds": round_rows(seen),
        "rounds_in_all": seen.rounds[0].number if seen.earlier else 0,
        "team": [each.name for each in team[:SHOWN_OF_TEAM]],
        "people": len(team) if len(team) > SHOWN_OF_TEAM else 0,
        "may_run": runs,
        "may_keep": may_keep(seen.place),
        "others": journey.others,
        "offered": offered_on_journey(seen.place),
        "parts": parts_of_overview(seen.place),
        "newer": newer_versions(journey.record.version_id, request.seat.organisation)
        if journey.is_superseded and runs
        else [],
    }
