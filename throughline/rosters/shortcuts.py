"""What the pages of this room share: their links to each other, and one thing or a 404."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.rosters.models import Section
from throughline.rosters.policy import may_keep_rosters, may_see_classes
from throughline.rosters.queries import learners_of, sections_of
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest


def page(
    request: HttpRequest, template: str, known: dict[str, Any], form: BaseForm | None = None
) -> HttpResponse:
    """The page; 422 when a form of it was not accepted."""
    forms = [form, *(each for each in known.values() if isinstance(each, BaseForm))]
    wrong = any(each is not None and each.is_bound and each.errors for each in forms)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, f"rosters/{template}.html", {**known, "form": form}, status=status)


def to(request: MemberRequest, name: str, **kwargs: Any) -> str:
    """The address of another page of this room."""
    return reverse(f"rosters:{name}", kwargs={"school": request.seat.organisation.slug, **kwargs})


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def head(request: MemberRequest, here: str) -> dict[str, Any]:
    """What every page of this room shows first: whether one keeps the rosters, and the other pages."""
    keeps = may_keep_rosters(request.seat.membership)
    offered = [(_("Classes"), "classes")]
    if keeps:
        offered += [(_("School years"), "years"), (_("Rosters"), "rosters")]
    tabs = [(words, to(request, name), name == here) for words, name in offered]
    return {"keeps": keeps, "sides": tabs if keeps else []}


def section_or_404(request: MemberRequest, section_id: UUID) -> Section:
    """A class that this person may know of. One query."""
    found = sections_of(request.seat).select_related("year").filter(pk=section_id).first()
    if found is None:
        raise Http404
    may_see_classes(request.seat).enforce()
    return found


def learner_or_404(request: MemberRequest, learner_id: UUID) -> Membership:
    """A learner whom this person may see. One query."""
    found = learners_of(request.seat).filter(pk=learner_id).first()
    if found is None:
        raise Http404
    return found
