"""The one place that knows which organisation a request is about, and who the person is there.

Addresses of an organisation's pages start with its short name (`/s/<school>/…`). The middleware looks up the
person's memberships once, finds the one for the address, and a page that is not theirs does not exist (404).
"""

import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from throughline.kit.access import Door, open_to
from throughline.kit.prepared import prepared
from throughline.people.models import Person
from throughline.schools.models import KEEPERS, Membership, Organisation, Role, RoleHolding

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in one organisation: the membership and its roles."""

    membership: Membership
    organisation: Organisation
    roles: frozenset[str]

    @classmethod
    def of_ids(cls, membership: UUID, organisation: UUID, roles: frozenset[str]) -> "Seat":
        """A seat of which nothing else is known: enough for the condition of a prepared read (`kit.prepared`)."""
        there = Organisation(pk=organisation)
        return cls(Membership(pk=membership, organisation=there), there, roles)

    @property
    def ids(self) -> tuple[UUID, UUID, frozenset[str]]:
        """What `of_ids` is given."""
        return self.membership.pk, self.organisation.pk, self.roles

    def has(self, *roles: Role) -> bool:
        """True when any of these roles is held here."""
        return any(role.value in self.roles for role in roles)

    @property
    def is_lead(self) -> bool:
        """Those who look after the organisation: journey leads, in a district its leads, in a network its staff."""
        return not self.roles.isdisjoint(KEEPERS[self.organisation.kind])


class MemberRequest(HttpRequest):
    """A request of a signed-in member to a page of their organisation."""

    user: Person
    seat: Seat


def is_there() -> Q:
    """Condition on a row's organisation: without `DEMO` the demo schools of an earlier start are not there."""
    return Q() if settings.DEMO else Q(organisation__is_demo=False)


def seats_of(person: Person) -> list[Seat]:
    """Every organisation where this person is in, by name. One query."""
    members: dict[Any, Membership] = {}
    roles: dict[Any, set[str]] = {}
    for row in _members_with_roles(person.pk, demo=settings.DEMO):
        if row.held is not None:  # type: ignore[attr-defined]
            members.setdefault(row.id, row)
            roles.setdefault(row.id, set()).add(row.held)  # type: ignore[attr-defined]
    seats = [Seat(member, member.organisation, frozenset(roles[key])) for key, member in members.items()]
    for seat in seats:
        seat.membership.__dict__["roles"] = (
            seat.roles
        )  # already known: the cached property need not ask again
    return seats


@prepared
def _members_with_roles(person: UUID, *, demo: bool) -> QuerySet[Membership]:
    """A row for each role. `demo` is what `is_there` looks at."""
    return (
        Membership.objects.filter(is_there(), person=person, joined_at__isnull=False, left_at__isnull=True)
        .annotate(held=F("holdings__role"))  # from the person to the roles: never through everybody's
        .select_related("organisation")
        .order_by("organisation__name", "id")
    )


class TenantOfRequest:
    """Finds `request.seat` for addresses that name an organisation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        slug = kwargs.pop("school", None)
        if slug is None:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        for seat in seats_of_request(request):
            if seat.organisation.slug == slug:
                request.seat = seat  # type: ignore[attr-defined]
                _keep(request, seat)
                _show_times_of(seat, request.user)
                return None
        raise Http404


def _keep(request: HttpRequest, seat: Seat) -> None:
    """Where someone who belongs to several organisations was last: the header of other pages goes on from there."""
    if len(seats_of_request(request)) > 1 and request.session.get(KEPT) != seat.organisation.slug:
        request.session[KEPT] = seat.organisation.slug


def _show_times_of(seat: Seat, person: Person) -> None:
    """Times stand in the school's zone for people who have not chosen their own. `PersonPreferences` undoes it."""
    if not person.time_zone:
        with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.activate(zoneinfo.ZoneInfo(seat.organisation.time_zone))


def seats_of_request(request: HttpRequest) -> list[Seat]:
    """Every seat of whoever asks, looked up once."""
    if not hasattr(request, "seats"):
        request.seats = seats_of(request.user) if request.user.is_authenticated else []  # type: ignore[attr-defined]
    return request.seats  # type: ignore[attr-defined, no-any-return]


KEPT = "school"


def seat_shown(request: HttpRequest) -> Seat | None:
    """The organisation that the page header speaks of: the one of this page; on pages of none the one looked at last."""
    seat: Seat | None = getattr(request, "seat", None)
    if seat is not None:
        return seat
    seats = seats_of_request(request) if hasattr(request, "user") else []
    kept = request.session.get(KEPT) if len(seats) > 1 else None
    return next((each for each in seats if each.organisation.slug == kept), seats[0] if seats else None)


def tenant_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `seat` (or None), and for the page header `seats` and `seat_shown`."""
    return {
        "seat": getattr(request, "seat", None),
        "seats": lambda: seats_of_request(request),
        "seat_shown": lambda: seat_shown(request),
    }


def for_members(
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page of an organisation: its address names the organisation and only members come in.

    The middleware has already answered strangers with 404; reaching the view without a seat is a mistake in urls.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        assert hasattr(request, "seat"), "a for_members view needs <slug:school> in its address"
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return open_to(Door.MEMBER)(guarded)


def for_signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page for anyone who has signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return open_to(Door.SIGNED_IN)(guarded)


def seat_of(membership: Membership) -> Seat:
    """The seat of a member outside a request: for commands, chores and tests."""
    roles = RoleHolding.objects.filter(organisation=membership.organisation_id, membership=membership)
    return Seat(membership, membership.organisation, frozenset(roles.values_list("role", flat=True)))
