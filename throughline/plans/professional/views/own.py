"""One's own: what one took part in, what changed, reflections, and those that others chose to share."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.models import Item
from throughline.plans.choosing import who
from throughline.plans.policy import may_change_plan
from throughline.plans.professional.actions import reflecting as verbs
from throughline.plans.professional.forms import PracticeForm, ReaderForm, ReflectionForm, ReviewForm
from throughline.plans.professional.policy import is_staff, may_change_reflection
from throughline.plans.professional.queries import (
    Thought,
    readers_of,
    reviews_of,
    taken_by,
    thought_in,
    thoughts_of,
    trait_in,
    traits_with,
)
from throughline.plans.queries import staff_of
from throughline.plans.shortcuts import head
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def thought_or_404(request: MemberRequest, reflection_id: UUID) -> Thought:
    """A reflection that the person may read."""
    found = thought_in(request.seat, reflection_id)
    if found is None:
        raise Http404
    return found


def own_or_404(request: MemberRequest, reflection_id: UUID) -> Thought:
    """A reflection of one's own; whoever may only read it is told so."""
    found = thought_or_404(request, reflection_id)
    may_change_reflection(found.reflection, request.seat.membership).enforce()
    return found


def trait_or_404(request: MemberRequest, trait_id: UUID) -> Item:
    """An educator competency that the person may see."""
    found = trait_in(request.seat, trait_id)
    if found is None:
        raise Http404
    return found


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponseBase:
    """What nobody else sees: one's own part, one's reflections, what others chose to share with one."""
    by = request.seat.membership
    own, others = thoughts_of(request.seat)
    context = {
        **head(request),
        "taken": taken_by(by),
        "traits": traits_with(request.seat, own),
        "others": others,
        "writes": is_staff(by),
        "may_change": may_change_plan(by),
    }
    return render(request, "plans/learning_mine.html", context)


@require_http_methods(ASKS)
@for_members
def practice(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """What changed in one's practice after an offering that one took part in."""
    by = request.seat.membership
    taken = next(iter(taken_by(by, offering_id)), None)
    if taken is None:
        raise Http404
    form = PracticeForm(
        request.POST if request.method == "POST" else None,
        initial={"text": taken.text, "shared": taken.shared},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt(form, lambda: verbs.say_what_changed(offering=taken.offering, by=by, **said))
        if done is not None:
            told = _("Saved. The staff can read it.") if done.shared else _("Saved. Only you can read it.")
            messages.success(request, told)
            return redirect("plans:my-learning", school=request.seat.organisation.slug)
    context = {**head(request), "taken": taken, "form": form}
    return render(request, "plans/practice.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def reflect(request: MemberRequest, trait_id: UUID) -> HttpResponseBase:
    """Write about one educator competency, for oneself."""
    trait, by = trait_or_404(request, trait_id), request.seat.membership
    form = ReflectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        made = attempt(form, lambda: verbs.write_reflection(trait=trait, text=text, by=by))
        if made is not None:
            messages.success(request, _("Saved. Only you can read it."))
            return _to(request, made.pk)
    context = {**head(request), "trait": trait, "form": form}
    return render(request, "plans/reflect.html", context, status=422 if form.errors else 200)


def _to(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    return redirect("plans:reflection", school=request.seat.organisation.slug, reflection_id=reflection_id)


@require_http_methods(ASKS)
@for_members
def review(request: MemberRequest, trait_id: UUID) -> HttpResponseBase:
    """When the school looks at an educator competency again."""
    trait, by = trait_or_404(request, trait_id), request.seat.membership
    may_change_plan(by).enforce()
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial={"review_on": reviews_of(request.seat.organisation).get(trait.pk)},
    )
    if request.method == "POST" and form.is_valid():
        verbs.set_review(trait=trait, review_on=form.cleaned_data["review_on"], by=by)
        messages.success(request, _("“%(name)s” is saved.") % {"name": trait.title})
        return redirect("plans:my-learning", school=request.seat.organisation.slug)
    context = {**head(request), "trait": trait, "form": form}
    return render(request, "plans/trait_review.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def reflection(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    """One reflection; its author chooses here who else reads it."""
    thought = thought_or_404(request, reflection_id)
    context = {**head(request), "thought": thought}
    if thought.mine:
        chosen = readers_of(thought.reflection)
        context |= {"chosen": chosen, "form": ReaderForm(people=_others(request, chosen))}
    return render(request, "plans/reflection.html", context)


def _others(request: MemberRequest, chosen: list[Membership]) -> list[Membership]:
    known = {request.seat.membership.pk, *(each.pk for each in chosen)}
    return [each for each in staff_of(request.seat.organisation) if each.pk not in known]


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    """Write it anew."""
    thought, by = own_or_404(request, reflection_id), request.seat.membership
    form = ReflectionForm(request.POST if request.method == "POST" else None, initial={"text": thought.text})
    if request.method == "POST" and form.is_valid():
        held, text = thought.reflection, form.cleaned_data["text"]
        done = attempt(form, lambda: verbs.change_reflection(reflection=held, text=text, by=by))
        if done is not None:
            messages.success(request, _("Saved."))
            return _to(request, reflection_id)
    context = {**head(request), "trait": thought.reflection.trait, "form": form, "thought": thought}
    return render(request, "plans/reflect.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def delete(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    """Take it away for good."""
    thought = own_or_404(request, reflection_id)
    verbs.delete_reflection(reflection=thought.reflection, by=request.seat.membership)
    messages.success(request, _("Your reflection has been deleted."))
    return redirect("plans:my-learning", school=request.seat.organisation.slug)


@require_POST
@for_members
def share(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    """Let one more person read it."""
    thought = own_or_404(request, reflection_id)
    form = ReaderForm(request.POST, people=_others(request, readers_of(thought.reflection)))
    reader = who(form, "reader") if form.is_valid() else None
    if reader is not None:
        with refusals_told(request):
            verbs.share_reflection(reflection=thought.reflection, reader=reader, by=request.seat.membership)
            messages.success(request, _("%(name)s can read it now.") % {"name": reader.name})
    else:
        messages.error(request, _("Choose somebody else of the staff."))
    return _to(request, reflection_id)


@require_POST
@for_members
def unshare(request: MemberRequest, reflection_id: UUID) -> HttpResponseBase:
    """Take it back from one person (`reader`)."""
    thought = own_or_404(request, reflection_id)
    said = request.POST.get("reader", "")
    reader = next((each for each in readers_of(thought.reflection) if str(each.pk) == said), None)
    if reader is None:
        messages.error(request, _("This person could not read it."))
    else:
        verbs.unshare_reflection(reflection=thought.reflection, reader=reader, by=request.seat.membership)
        messages.success(request, _("%(name)s can’t read it any more.") % {"name": reader.name})
    return _to(request, reflection_id)
