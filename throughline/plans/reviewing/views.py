"""The plan's log, and the yearly review."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.adopting.freezing import written_down
from throughline.plans.doing.queries import goals_to_choose
from throughline.plans.log import about, in_words
from throughline.plans.models import Goal, Review, ReviewRemark
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.reviewing import actions, queries
from throughline.plans.reviewing.forms import AskForm, LineForm, RemarkForm, ReviewForm
from throughline.plans.reviewing.policy import may_write
from throughline.plans.reviewing.words import parts_of
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def log(request: MemberRequest) -> HttpResponseBase:
    """What happened and what was learned, by goal, kind and time; and the reviews."""
    may_see_plan(request.seat).enforce()
    return _log_page(request)


def _log_page(request: MemberRequest, written: LineForm | None = None) -> HttpResponse:
    seat = request.seat
    goals = goals_to_choose(seat.organisation.pk)
    form = AskForm(request.GET or {}, goals=goals)
    asked = form.asked()
    found = list(queries.lines(seat.organisation.pk, asked)[: queries.LINES + 1])
    shown = found[: queries.LINES]
    line = written or LineForm(goals=goals, initial={"goal": asked.goal}, auto_id="line_%s")
    context: dict[str, Any] = {
        **head(request),
        "form": form,
        "line": line,
        "log": [(each, in_words(each), about(each)) for each in shown],
        "asked": asked,
        "older": shown[-1].on if len(found) > queries.LINES else None,
        "reviews": list(queries.reviews_of(seat)[:10]),
        "may_change": may_change_plan(seat.membership),
    }
    return render(request, "plans/log.html", context, status=422 if written and written.errors else 200)


@require_POST
@for_members
def line(request: MemberRequest) -> HttpResponseBase:
    """Write a line into the log."""
    by, organisation = request.seat.membership, request.seat.organisation
    may_write(by).enforce()
    form = LineForm(request.POST, goals=goals_to_choose(organisation.pk), auto_id="line_%s")
    if form.is_valid():
        said = dict(form.cleaned_data)
        goal = Goal.objects.filter(organisation=organisation, pk=said.pop("goal")).first()
        if attempt(form, lambda: actions.write_line(**said, goal=goal, by=by)):
            messages.success(request, _("It stands in the log."))
            return redirect("plans:log", school=organisation.slug)
    return _log_page(request, form)


def review_or_404(request: MemberRequest, review_id: UUID) -> Review:
    """A review that the person may read."""
    return get_object_or_404(queries.reviews_of(request.seat), pk=review_id)


def _to(request: MemberRequest, review: Review, part: str = "") -> HttpResponseBase:
    key = {"school": request.seat.organisation.slug, "review_id": review.pk}
    return redirect(reverse("plans:review", kwargs=key) + (f"#{part}" if part else ""))


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Begin to look back on a period."""
    by = request.seat.membership
    may_change_plan(by).enforce()
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, lambda: actions.begin_review(**form.cleaned_data, by=by))
        if made is not None:
            return _to(request, made)
    context = {**head(request), "form": form}
    return render(request, "plans/review_new.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def review(request: MemberRequest, review_id: UUID) -> HttpResponseBase:
    """A period on one page: as it stands while it is open, as it was frozen once it is closed."""
    return _review_page(request, review_or_404(request, review_id))


def _review_page(request: MemberRequest, held: Review, wrong: RemarkForm | None = None) -> HttpResponse:
    closed = queries.closed_as(held) if held.closed_at else None
    remarks = [] if closed else [queries.remarked(each) for each in queries.remarks_to(held)]
    content = closed.content if closed else {**queries.gathered(held), "remarks": remarks}
    forms = {about: RemarkForm(auto_id=f"{about}_%s") for about in ReviewRemark.About.values}
    if wrong is not None:
        forms[wrong.data.get("about", "")] = wrong
    member = request.seat.membership
    context = {
        **head(request),
        "review": held,
        "closed": closed,
        "parts": [(each, forms[each.about]) for each in parts_of(content)],
        "may_write": closed is None and may_write(member),
        "may_close": closed is None and may_change_plan(member),
    }
    return render(request, "plans/review.html", context, status=422 if wrong else 200)


@require_POST
@for_members
def remark(request: MemberRequest, review_id: UUID) -> HttpResponseBase:
    """Say something to one part of a review."""
    held, by = review_or_404(request, review_id), request.seat.membership
    may_write(by).enforce()
    about = request.POST.get("about", "")
    form = RemarkForm(request.POST, auto_id=f"{about}_%s")
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: actions.add_remark(review=held, by=by, **said)):
            return _to(request, held, about)
    if about not in ReviewRemark.About.values or held.closed_at is not None:
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return _to(request, held)
    return _review_page(request, held, form)


@require_POST
@for_members
def close(request: MemberRequest, review_id: UUID) -> HttpResponseBase:
    """Freeze it."""
    held = review_or_404(request, review_id)
    with refusals_told(request):
        actions.close_review(review=held, by=request.seat.membership)
        messages.success(request, _("The review is closed. It is offered where the next round is prepared."))
    return _to(request, held)


@require_safe
@for_members
def frozen_file(request: MemberRequest, review_id: UUID) -> HttpResponse:
    """A closed review as the file whose SHA-256 is the digest."""
    closed = get_object_or_404(
        review_or_404(request, review_id).closed.filter(organisation=request.seat.organisation)
    )
    response = HttpResponse(written_down(closed.content), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="review.json"'
    return response
