"""What the pages of this room share."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.schools.models import Membership, Organisation
from throughline.schools.policy import may_change_settings, may_read_log, may_see_people
from throughline.schools.queries import listed, members_visible_to
from throughline.schools.tenant import MemberRequest, Seat

LOOK_AGAIN = HTTPStatus.UNPROCESSABLE_ENTITY


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest, template: str, known: dict[str, Any], *, form: BaseForm | None = None
) -> HttpResponse:
    """The page; 422 when its form was not accepted."""
    status = LOOK_AGAIN if form is not None and form.is_bound and form.errors else HTTPStatus.OK
    return render(request, f"schools/{template}.html", {**known, "form": form}, status=status)


def home_of(organisation: Organisation) -> str:
    """The organisation's first page."""
    return reverse("home:school", kwargs={"school": organisation.slug})


def to(request: MemberRequest, name: str, **kwargs: Any) -> str:
    """The address of another page of this organisation."""
    return reverse(f"schools:{name}", kwargs={"school": request.seat.organisation.slug, **kwargs})


def sides(seat: Seat, here: str) -> list[tuple[str, str, bool]]:
    """The pages about people, groups and the organisation that this member can open, for the tabs."""
    member = seat.membership
    offered = [(_("People"), "people"), (_("Groups"), "groups")]
    if may_see_people(member):
        offered.append(
            (
                _("Districts and networks") if seat.organisation.kind == "school" else _("Connections"),
                "affiliations",
            )
        )
    if may_change_settings(member):
        offered.append((_("Settings"), "settings"))
    if may_read_log(member):
        offered.append((_("Log"), "log"))
    known = {"school": seat.organisation.slug}
    return [(text, reverse(f"schools:{name}", kwargs=known), name == here) for text, name in offered]


def member_or_404(request: MemberRequest, member: Any) -> Membership:
    """A member whom whoever asks may see."""
    visible = listed(members_visible_to(request.seat.membership))
    found: Membership = get_object_or_404(visible, pk=member)
    return found
