"""The items of an element: all of them, one, adding, changing, moving, removing, what it said before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.models import Item
from throughline.elements.policy import Part, may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.structure.actions import (
    Meanwhile,
    add_item,
    bring_back_item,
    change_item,
    move_item,
    remove_item,
    restore_revision,
)
from throughline.elements.structure.addresses import address
from throughline.elements.structure.fields import Kind
from throughline.elements.structure.forms import ItemForm
from throughline.elements.structure.kinds import KINDS
from throughline.elements.structure.page import (
    blocks_of,
    gap_rows,
    in_words,
    is_structured,
    serving_kinds,
    whole_of,
)
from throughline.elements.structure.queries import removed_in, revisions_of, said_before
from throughline.elements.structure.words import Told, side_by_side, told, words_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def structured_or_404(request: MemberRequest, kind: str) -> Part:
    """The person's part in an element that has items, for its draft."""
    part = draft_or_404(request, kind)
    if not is_structured(kind):
        raise Http404
    return part


def item_or_404(part: Part, item_id: UUID | str) -> Item:
    """An item of the element, removed or not."""
    rows = Item.objects.filter(organisation_id=part.element.organisation_id, element=part.element)
    try:
        return rows.select_related("parent", "changed_by").get(pk=item_id)
    except (Item.DoesNotExist, ValidationError, ValueError):
        raise Http404 from None


@require_safe
@for_members
def listed(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Everything that is structured in an element, what is missing first."""
    part = structured_or_404(request, kind)
    whole = whole_of(request.seat)
    nodes = whole.items.get(kind, [])
    context = {
        **head(request, part),
        "blocks": blocks_of(part, nodes, whole.serves()),
        "gaps": gap_rows(part, whole.gaps(kind)),
        "counts": " · ".join(in_words(kind, nodes)),
        "removed": removed_in(part.element),
        "may_write": may_write(part),
    }
    return render(request, "elements/items.html", context)


def _offers(part: Part, kind: Kind) -> dict[str, list[str]]:
    return {each.key: said_before(part.element, kind.kind, each.key) for each in kind.fields if each.offer}


@require_http_methods(ASKS)
@for_members
def add(request: MemberRequest, kind: str, what: str) -> HttpResponseBase:
    """Add an item of one kind, under what it belongs to."""
    part = structured_or_404(request, kind)
    may_write(part).enforce()
    known = KINDS.get(what)
    if known is None or known.element != kind:
        raise Http404
    parent = item_or_404(part, request.GET.get("under", "")) if known.parent else None
    if parent is not None and parent.kind != known.parent:
        raise Http404
    form = ItemForm(
        request.POST if request.method == "POST" else None, kind=known, offers=_offers(part, known)
    )
    if request.method == "POST" and form.is_valid():
        by, element = request.seat.membership, part.element
        item = attempt(
            form, lambda: add_item(element=element, kind=what, words=form.words(), parent=parent, by=by)
        )
        if item is not None:
            messages.success(request, _("“%(name)s” is added.") % {"name": item.title})
            if "more" in request.POST:
                return redirect(request.get_full_path())
            return redirect(address(part, "item", (parent or item).pk))
    context = {**head(request, part), "form": form, "known": known, "parent": parent, **_back(part, parent)}
    return render(request, "elements/item_add.html", context, status=422 if form.errors else 200)


def _back(part: Part, item: Item | None) -> dict[str, Any]:
    back = address(part, "item", item.pk) if item else address(part, "items")
    return {"back": back, "items_url": address(part, "items")}


@require_safe
@for_members
def one(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """One item: what it says, what belongs to it, what it serves and what serves it."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    whole = whole_of(request.seat)
    below = blocks_of_item(part, item, whole.items.get(kind, []))
    context = {
        **head(request, part),
        **_back(part, item.parent),
        "item": item,
        "known": KINDS[item.kind],
        "told": told(item),
        "below": below,
        "serves": whole.serves().get(item.pk, []),
        "served": whole.served(item),
        "may_be_served": bool(serving_kinds(item.kind)),
        "gaps": gap_rows(part, [gap for gap in whole.gaps(kind) if gap.item == item.pk]),
        "may_write": may_write(part),
    }
    return render(request, "elements/item.html", context)


def blocks_of_item(part: Part, item: Item, nodes: list[Any]) -> list[Any]:
    """What belongs to one item, kind by kind."""
    found = blocks_of(part, nodes, {})
    while found:
        for block in found:
            for row in block.rows:
                if row.item.pk == item.pk:
                    return row.below
        found = [below for block in found for row in block.rows for below in row.below]
    return []


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """What an item says. When somebody else changed it meanwhile, both versions stand side by side."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    may_write(part).enforce()
    known = KINDS[item.kind]
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        kind=known,
        initial=words_of(item),
        offers=_offers(part, known),
    )
    sides, by = None, request.seat.membership
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(
                form, lambda: change_item(item=item, words=form.words(), seen=_seen(request), by=by)
            )
        except Meanwhile as met:
            item = met.item
            form, sides = _both(request, form, item, known)
        else:
            if done is not None:
                messages.success(request, _("“%(name)s” is saved.") % {"name": done.title})
                return redirect(address(part, "item", item.pk))
    context = {**head(request, part), **_back(part, item), "item": item, "known": known, "form": form}
    status = 409 if sides is not None else 422 if form.errors else 200
    return render(request, "elements/item_change.html", context | {"sides": sides}, status=status)


def _seen(request: HttpRequest) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _both(request: HttpRequest, form: ItemForm, item: Item, known: Kind) -> tuple[ItemForm, Any]:
    """The form with what both people wrote joined as far as it goes, and every field in which they differ."""
    base = item.revisions.filter(revision=_seen(request)).first()
    before = words_of(base, kind=item.kind) if base else words_of(item)
    joined, sides = side_by_side(known, before, form.words(), words_of(item))
    return ItemForm(kind=known, initial=joined), sides


@require_POST
@for_members
def move(request: MemberRequest, kind: str) -> HttpResponseBase:
    """One place up or down."""
    part = structured_or_404(request, kind)
    up = request.POST.get("up", "")
    item = item_or_404(part, up or request.POST.get("down", ""))
    with refusals_told(request):
        move_item(item=item, up=bool(up), by=request.seat.membership)
    back = (
        address(part, "item", item.parent_id)
        if "stay" in request.POST and item.parent_id
        else address(part, "items")
    )
    return redirect(f"{back}#i-{item.pk}")


@require_POST
@for_members
def remove(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """Take it out; the page of all items brings it back."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    remove_item(item=item, by=request.seat.membership)
    messages.success(request, _("“%(name)s” is removed. You can bring it back below.") % {"name": item.title})
    return redirect(address(part, "items") + "#removed")


@require_POST
@for_members
def bring_back(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """Put it back where it was."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    bring_back_item(item=item, by=request.seat.membership)
    messages.success(request, _("“%(name)s” is back.") % {"name": item.title})
    return redirect(address(part, "item", item.pk))


@require_http_methods(ASKS)
@for_members
def history(request: MemberRequest, kind: str, item_id: UUID) -> HttpResponseBase:
    """What it said after each change, and who changed it; any of them can be restored."""
    part = structured_or_404(request, kind)
    item = item_or_404(part, item_id)
    if request.method == "POST":
        said = request.POST.get("revision", "")
        wanted = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
        with refusals_told(request):
            restore_revision(item=item, revision=wanted, by=request.seat.membership)
            messages.success(request, _("“%(name)s” says again what it said then.") % {"name": item.title})
        return redirect(address(part, "item", item.pk))
    known = KINDS[item.kind]
    rows = [
        (each, [Told(field, said) for field, said in zip(known.fields, words_of(each, kind=item.kind).values(), strict=True) if said])
        for each in revisions_of(item)
    ]  # fmt: skip
    context = {
        **head(request, part),
        **_back(part, item),
        "item": item,
        "rows": rows,
        "may_write": may_write(part),
    }
    return render(request, "elements/item_history.html", context)
