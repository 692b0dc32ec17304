"""What an item serves, and what serves it: ticks for everything that it can be tied to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.elements.models import Item, Tie
from throughline.elements.policy import Part, may_write
from throughline.elements.queries import parts_of
from throughline.elements.shortcuts import head
from throughline.elements.structure.actions import choose_serving, choose_ties
from throughline.elements.structure.addresses import address
from throughline.elements.structure.fields import Kind
from throughline.elements.structure.forms import Group, TiesForm
from throughline.elements.structure.kinds import KINDS
from throughline.elements.structure.page import serving_kinds
from throughline.elements.structure.queries import journey_tree, targets_of
from throughline.elements.structure.views.items import ASKS, item_or_404, structured_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


def _groups(request: MemberRequest, part: Part, kinds: list[Kind]) -> list[Group]:
    """The items of these kinds in elements whose draft the person may see, kind by kind."""
    seen = {each.element.pk for each in parts_of(request.seat)}
    rows = [
        item for item in targets_of(part.element, [each.kind for each in kinds]) if item.element_id in seen
    ]
    return [
        (kind.plural, [(item.pk, item.title) for item in rows if item.kind == kind.kind]) for kind in kinds
    ]


def _competency_groups(part: Part) -> list[Group]:
    known = journey_tree(part.element.organisation)
    return [
        (
            _("Journey: %(domain)s") % {"domain": domain.name},
            [(each.id, each.name) for each in domain.competencies],
        )
        for domain in (known.domains if known else ())
    ]


def _shown(
    request: MemberRequest, part: Part, item: Item, form: TiesForm, more: dict[str, Any]
) -> HttpResponseBase:
    context = {
        **head(request, part),
        "item": item,
        "form": form,
        "back": address(part, "item", item.pk),
        **more,
    }
    return render(request, "elements/item_ties.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def serves(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """Everything that an item serves: items of other elements and competencies of the journey."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    may_write(part).enforce()
    groups = _groups(request, part, [KINDS[each.value] for each in KINDS[item.kind].ties])
    journey = _competency_groups(part)
    own = Tie.objects.filter(organisation_id=item.organisation_id, item=item).values_list(
        "to_id", "competency_id"
    )
    chosen = {to or competency for to, competency in own}
    offered = {key for _name, rows in (*groups, *journey) for key, _words in rows}
    form = TiesForm(
        request.POST if request.method == "POST" else None, groups=groups + journey, chosen=chosen
    )
    if request.method == "POST" and form.is_valid():
        items = {key for _name, rows in groups for key, _words in rows}
        hidden = {to for to, _c in own if to and to not in offered}  # what this person does not see stays
        older = {
            each for _to, each in own if each and each not in offered
        }  # so does what an older version had
        ticked, by = form.keys(), request.seat.membership
        done = attempt(
            form,
            lambda: (
                choose_ties(
                    item=item, to=ticked & items | hidden, competencies=ticked - items | older, by=by
                ),
            ),
        )
        if done:
            messages.success(request, _("Saved what “%(name)s” serves.") % {"name": item.title})
            return redirect(address(part, "item", item.pk))
    return _shown(request, part, item, form, {"journey": len([1 for _name, rows in groups if rows])})


@require_http_methods(ASKS)
@for_members
def serving(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """Everything that serves an item, chosen from its own page."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    may_write(part).enforce()
    kinds = serving_kinds(item.kind)
    if not kinds:
        raise Http404
    groups = _groups(request, part, kinds)
    own = Tie.objects.filter(organisation_id=item.organisation_id, to=item).values_list("item_id", flat=True)
    offered = {key for _name, rows in groups for key, _words in rows}
    form = TiesForm(request.POST if request.method == "POST" else None, groups=groups, chosen=own)
    if request.method == "POST" and form.is_valid():
        ticked, by = form.keys(), request.seat.membership
        hidden = set(own) - offered
        done = attempt(form, lambda: (choose_serving(item=item, serving=ticked | hidden, by=by),))
        if done:
            messages.success(request, _("Saved what serves “%(name)s”.") % {"name": item.title})
            return redirect(address(part, "item", item.pk))
    missing = [KINDS[each.kind.value].plural for each in kinds] if not offered else []
    return _shown(request, part, item, form, {"from_there": True, "missing": missing})
