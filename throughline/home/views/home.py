"""The two first pages: a person's own, and an organisation's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.home.ahead import SHOWN, ahead_for
from throughline.home.ahead_plans import later_in_plans
from throughline.home.desk import Desk
from throughline.home.front import links_for, rows_of, ties_in_words
from throughline.home.landing import example_spread, shown
from throughline.home.look import is_offered
from throughline.home.roles import today_for
from throughline.home.starting import starts_of
from throughline.home.waiting import waiting_for
from throughline.home.waiting_called import members_called
from throughline.journeys.policy import may_start
from throughline.journeys.spread.words import word_label
from throughline.journeys.words import address
from throughline.kit.access import Door, open_to
from throughline.network.queries import received_by
from throughline.people.models import Person
from throughline.schools.letters import role_names
from throughline.schools.models import Organisation
from throughline.schools.queries import leads_of, listed_groups
from throughline.schools.tenant import MemberRequest, for_members, seats_of_request


@open_to(Door.EVERYONE)
def home(request: HttpRequest) -> HttpResponseBase:
    """What waits for whoever is signed in, and what this is for everyone else."""
    if isinstance(request.user, Person):
        return _desk(request, Desk(request.user, seats_of_request(request)))
    if not settings.DEMO and not Organisation.objects.filter(is_demo=False).exists():
        return redirect("schools:start")
    known = {"shown": shown(), "spread": example_spread(), "word": word_label("lean"), "demo": settings.DEMO}
    return render(request, "home/landing.html", known)


def _desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    waiting, ahead = waiting_for(desk), ahead_for(desk, later_in_plans(members_called(desk)))
    known = {
        "person": desk.person,
        "starts": starts_of(desk),
        "first": waiting[0] if waiting else None,
        "others": waiting[1:],
        "ahead": ahead[:SHOWN],
        "more": max(0, len(ahead) - SHOWN),
        "all": address(desk.seats[0], "list") if desk.seats else "",
        "several": len(desk.seats) > 1,
        "places": [
            {
                "organisation": seat.organisation,
                "roles": role_names(sorted(seat.roles)),
                "today": today_for(seat),
            }
            for seat in desk.seats
        ],
        "demo": settings.DEMO,
        "look": is_offered(request, desk.person, desk.seats),
    }
    return render(request, "home/home.html", known)


@for_members
def school(request: MemberRequest) -> HttpResponse:
    """An organisation's front page: its journeys, people to turn to, groups, ties, and where to go by role."""
    seat = request.seat
    desk = Desk(request.user, [seat])
    rows = rows_of(desk, seat)
    is_school = seat.organisation.kind == Organisation.Kind.SCHOOL
    known = {
        "organisation": seat.organisation,
        "roles": role_names(sorted(seat.roles)),
        "today": today_for(seat),
        "rows": rows,
        "may_start": bool(may_start(seat, for_group=True)),
        "leads": leads_of(seat.organisation),
        "groups": [group for group in listed_groups(seat.membership) if group.archived_at is None],
        "ties": ties_in_words(seat.organisation),
        "sharing": set() if is_school else set(received_by(seat).values_list("organisation", flat=True)),
        "links": links_for(seat),
        "is_school": is_school,
    }
    return render(request, "home/school.html", known)
