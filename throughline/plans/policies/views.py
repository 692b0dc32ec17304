"""The register of policies: the list, one policy with its revisions, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.history.showing import stretches
from throughline.elements.history.words import summary
from throughline.plans.models import Policy, PolicyRevision
from throughline.plans.policies.actions import add_policy, change_policy, look_again, revise_policy
from throughline.plans.policies.forms import AboutForm, AgainForm, NarrowForm, RevisionForm
from throughline.plans.policies.policy import may_look_after
from throughline.plans.policies.queries import Row, compared, newest, register, revisions_of, row_in
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import staff_of
from throughline.plans.serving import competencies_offered
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]


def row_or_404(request: MemberRequest, policy_id: UUID) -> Row:
    """A policy that the person may see."""
    found = row_in(request.seat, policy_id)
    if found is None:
        raise Http404
    return found


def _to(request: MemberRequest, policy: Policy) -> HttpResponseBase:
    return redirect("plans:policy", school=request.seat.organisation.slug, policy_id=policy.pk)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_safe
@for_members
def policies(request: MemberRequest) -> HttpResponseBase:
    """The register: what each needs next, narrowed by how it stands, whose it is and what it serves."""
    may_see_plan(request.seat).enforce()
    form = NarrowForm(request.GET or {}, known=competencies_offered(request.seat.organisation))
    narrowed = form.narrowed()
    context = {
        **head(request),
        "form": form,
        "rows": register(request.seat, **narrowed),
        "narrowed": any(narrowed.values()),
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/policies.html", context)


@require_http_methods(ASKS)
@for_members
def add(request: MemberRequest) -> HttpResponseBase:
    """Add a policy to the register."""
    by = request.seat.membership
    may_change_plan(by).enforce()
    form = AboutForm(
        _sent(request),
        people=staff_of(request.seat.organisation),
        known=competencies_offered(request.seat.organisation),
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: add_policy(about=form.about(), by=by))
        if made is not None:
            messages.success(request, _("“%(name)s” is in the register.") % {"name": made.title})
            return _to(request, made)
    context = {**head(request), "form": form, "row": None}
    return render(request, "plans/policy_about.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def policy(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """One policy: what it says, what it needs next, every revision with its reason."""
    row = row_or_404(request, policy_id)
    revisions = revisions_of(row.policy)
    context = {
        **head(request),
        "row": row,
        "revisions": revisions,
        "now": revisions[0] if revisions else None,
        "may_change": may_look_after(row.policy, request.seat.membership),
    }
    return render(request, "plans/policy.html", context)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """What is known of a policy besides its words."""
    row, by = row_or_404(request, policy_id), request.seat.membership
    held = row.policy
    may_look_after(held, by).enforce()
    form = AboutForm(
        _sent(request),
        people=staff_of(request.seat.organisation),
        known=competencies_offered(request.seat.organisation),
        more=row.serves,
        initial={
            **{name: getattr(held, name) for name in ("title", "state", "review_on", "needed", "says")},
            "owner": str(held.owner_id or ""),
            "competencies": [str(each.id) for each in row.serves],
        },
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: change_policy(policy=held, about=form.about(), by=by))
        if done is not None:
            messages.success(request, _("“%(name)s” is saved.") % {"name": done.title})
            return _to(request, done)
    context = {**head(request), "form": form, "row": row}
    return render(request, "plans/policy_about.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def revise(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """Bring in what it says from now on; whoever writes at the same time sees both."""
    row, by = row_or_404(request, policy_id), request.seat.membership
    may_look_after(row.policy, by).enforce()
    now = newest(row.policy)
    form = RevisionForm(
        _sent(request),
        request.FILES if request.method == "POST" else None,
        initial={"text": now.text, "link": now.link} if now else {},
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: revise_policy(policy=row.policy, by=by, **form.wording()))
        if made is not None:
            messages.success(request, _("Revision %(number)d is kept.") % {"number": made.number})
            return _to(request, row.policy)
    context = {**head(request), "form": form, "row": row, "now": now}
    return render(request, "plans/policy_revise.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def again(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """Say that it was looked at and stays as it is."""
    row, by = row_or_404(request, policy_id), request.seat.membership
    may_look_after(row.policy, by).enforce()
    form = AgainForm(_sent(request), initial={"says": row.policy.says})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: look_again(policy=row.policy, by=by, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("“%(name)s” is saved.") % {"name": done.title})
            return _to(request, done)
    context = {**head(request), "form": form, "row": row}
    return render(request, "plans/policy_again.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def comparison(request: MemberRequest, policy_id: UUID) -> HttpResponseBase:
    """Two revisions compared word by word: the last two, or those that were asked for."""
    row = row_or_404(request, policy_id)
    revisions = {each.number: each for each in revisions_of(row.policy)}
    new = _asked(request, "new", revisions, row.number)
    old = _asked(request, "old", revisions, max(new.number - 1, 1))
    found = compared(old, new)
    context = {
        **head(request),
        "row": row,
        "revisions": list(revisions.values()),
        "old": old,
        "new": new,
        "two": [old, new],
        "found": found,
        "stretches": stretches(found, request.seat.organisation.language, sides=False),
        "summary": summary(found),
    }
    return render(request, "plans/policy_compare.html", context)


def _asked(
    request: MemberRequest, name: str, revisions: dict[int, PolicyRevision], otherwise: int
) -> PolicyRevision:
    said = request.GET.get(name, "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else otherwise
    if number not in revisions:
        raise Http404
    return revisions[number]
