"""The groups of a listening."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told
from throughline.voices.asking.actions import (
    ask_groups,
    change_group,
    drop_group,
)
from throughline.voices.asking.checking import ToldOfGroup
from throughline.voices.asking.forms.groups import GroupForm, GroupsForm
from throughline.voices.asking.outlook import outlooks
from throughline.voices.asking.queries import asked_in, groups_of, questions_of
from throughline.voices.asking.standing import group_lines, promise_in_words
from throughline.voices.asking.views.composing import ASKS, composed, show, to
from throughline.voices.groups import GROUPS
from throughline.voices.models import Asked, Listening


@require_http_methods(ASKS)
@for_members
def groups(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Who is asked, what will be visible of each, and asking more."""
    part = composed(request, listening_id)
    held, known = part.listening, groups_of(part.listening)
    asked = {each.group for each in known}
    form = GroupsForm(request.POST or None, groups=[each for each in GROUPS if each.code not in asked])
    if request.method == "POST" and form.is_valid():
        by = request.seat.membership
        if attempt(form, lambda: ask_groups(listening=held, groups=form.chosen(), by=by)):
            messages.success(request, _("Kept."))
            return to("groups", request, held)
    lines = group_lines(held, outlooks(held, known, questions_of(held)), {})
    return show(request, part, "groups.html", {"form": form, "lines": lines})


def asked_or_404(listening: Listening, asked_id: UUID) -> Asked:
    """A group of this listening; 404 where there is none."""
    asked = asked_in(listening, asked_id)
    if asked is None:
        raise Http404
    return asked


@require_http_methods(ASKS)
@for_members
def group(request: MemberRequest, listening_id: UUID, asked_id: UUID) -> HttpResponseBase:
    """How a group is asked; leaving it out."""
    part = composed(request, listening_id)
    held, by = part.listening, request.seat.membership
    asked = asked_or_404(held, asked_id)
    if "drop" in request.POST:
        with refusals_told(request):
            drop_group(asked=asked, by=by)
            messages.success(request, _("This group is not asked."))
        return to("groups", request, held)
    known = groups_of(held)
    others = [each for each in known if each.pk != asked.pk and not each.counted_with]
    names = ("invited", "expected", "young", "by_link", "by_code", "counted_with")
    initial = {name: getattr(asked, name) for name in names}
    form = GroupForm(request.POST or None, asked=asked, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        told: ToldOfGroup = form.cleaned_data  # type: ignore[assignment]
        if attempt(form, lambda: change_group(asked=asked, by=by, **told)):
            messages.success(request, _("Kept."))
            return to("groups", request, held)
    expected = outlooks(held, known, questions_of(held))
    line = next(each for each in group_lines(held, expected, {}) if each.asked.pk == asked.pk)
    word, why = promise_in_words(line.expected)
    told_here = {"form": form, "asked": asked, "line": line, "word": word, "why": why}
    return show(request, part, "group.html", told_here)
