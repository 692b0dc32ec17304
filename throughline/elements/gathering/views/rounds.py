"""The two rounds: what was said and how it is grouped, what the second round says, who is missing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.elements.gathering.actions import (
    add_entries,
    agree_cluster,
    drop_cluster,
    make_cluster,
    note_missing,
    remove_entries,
    rename_cluster,
    reopen_cluster,
    sort_entries,
)
from throughline.elements.gathering.forms import AgreeForm, ClusterForm, EntriesForm, MissingForm
from throughline.elements.gathering.queries import (
    FIRST,
    SECOND,
    answers_of,
    counts_in_words,
    counts_of,
    missing_note,
    piles_of,
    removed_count,
)
from throughline.elements.groups import GROUPS, groups_of, names_of
from throughline.elements.models import Cluster, ElementKind, Item, ItemKind
from throughline.elements.policy import STAFF, Part, may_comment, may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.structure.queries import targets_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def part_of_profile(request: MemberRequest, kind: str) -> Part:
    """The person's part in the Graduate Profile; 404 for the other elements, which have no rounds."""
    part = draft_or_404(request, kind)
    if kind != ElementKind.GRADUATE_PROFILE:
        raise Http404
    return part


def address(part: Part, name: str, **more: Any) -> str:
    """Where a page of these rounds is."""
    told = {"school": part.element.organisation.slug, "kind": part.element.kind, **more}
    return reverse(f"elements:{name}", kwargs=told)


def _around(request: MemberRequest, part: Part, number: int, counts: dict[str, int]) -> dict[str, Any]:
    """What stands on the page of either round: how much each group said, who said nothing, what is done about it."""
    silent = [group for group, _name in GROUPS if not counts.get(group)]
    return {
        **head(request, part),
        "number": number,
        "counts": counts_in_words(counts),
        "total": sum(counts.values()),
        "silent": ", ".join(names_of(silent)),
        "missing_note": missing_note(part.element, number),
        "missing_form": MissingForm(),
        "may_write": may_write(part),
        "may_comment": may_comment(part),
        "removed": removed_count(part.element),
    }


@require_safe
@for_members
def first(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The first round on one page: what stands in no cluster yet, and every cluster with what is in it."""
    part = part_of_profile(request, kind)
    loose, *piles = piles_of(part.element)
    entries = [entry for pile in (loose, *piles) for entry in pile.entries]
    context = _around(request, part, FIRST, counts_of(entries))
    names = dict(GROUPS)
    told = [
        (pile.cluster, [(entry, names.get(entry.group, entry.group)) for entry in pile.entries], counts_in_words(counts_of(pile.entries)))
        for pile in (loose, *piles)
    ]  # fmt: skip
    return render(request, "elements/gathering.html", context | {"loose": told[0], "piles": told[1:]})


def _attributes(part: Part) -> list[Item]:
    rows = targets_of(part.element, [ItemKind.ATTRIBUTE])
    return [item for item in rows if item.element_id == part.element.pk]


@require_safe
@for_members
def second(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The second round: what is said for, against and in other words, attribute by attribute."""
    part = part_of_profile(request, kind)
    answers = answers_of(part.element, _attributes(part))
    entries = [entry for each in answers for _stance, found in each.stances for entry in found]
    context = _around(request, part, SECOND, counts_of(entries))
    names = dict(GROUPS)
    rows = [
        (each, [(stance, [(entry, names.get(entry.group, entry.group)) for entry in found]) for stance, found in each.stances])
        for each in answers
    ]  # fmt: skip
    return render(request, "elements/second_round.html", context | {"rows": rows})


@require_http_methods(ASKS)
@for_members
def add(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Type what was said; with `?to=` an attribute, in the second round."""
    part = part_of_profile(request, kind)
    may_comment(part).enforce()
    item = _item_or_404(part, request.GET["to"]) if "to" in request.GET else None
    back = address(part, "second-round") if item else address(part, "gathering")
    own = groups_of(request.seat.membership.roles)
    groups = list(GROUPS) if request.seat.has(*STAFF) else [each for each in GROUPS if each[0] in own]
    start = {"group": groups[0][0] if len(groups) == 1 else ""}
    form = EntriesForm(
        request.POST if request.method == "POST" else None, groups=groups, second=bool(item), initial=start
    )
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, request.seat.membership
        made = attempt(
            form,
            lambda: add_entries(
                element=part.element,
                texts=said["texts"].splitlines(),
                group=said["group"],
                origin=said["origin"],
                item=item,
                stance=said.get("stance", ""),
                by=by,
            ),
        )
        if made is not None:
            told = ngettext("%(count)d entry is added.", "%(count)d entries are added.", len(made))
            messages.success(request, told % {"count": len(made)})
            return redirect(request.get_full_path() if "more" in request.POST else back)
    context = {**head(request, part), "form": form, "item": item, "back": back}
    return render(request, "elements/entries_add.html", context, status=422 if form.errors else 200)


def _item_or_404(part: Part, key: str) -> Item:
    rows = Item.objects.filter(organisation_id=part.element.organisation_id, element=part.element)
    try:
        return rows.get(pk=key, kind=ItemKind.ATTRIBUTE, removed_at=None)
    except (Item.DoesNotExist, ValidationError, ValueError):
        raise Http404 from None


def ticked(request: MemberRequest) -> set[UUID]:
    """The entries that were chosen."""
    found = set()
    for key in request.POST.getlist("entry"):
        try:
            found.add(UUID(key))
        except ValueError:
            continue
    return found


@require_POST
@for_members
def sort(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Move the entries that are ticked: into a cluster, into a new one, out of any, or away."""
    part = part_of_profile(request, kind)
    may_write(part).enforce()
    by, element, chosen = request.seat.membership, part.element, ticked(request)
    back = address(part, "second-round" if "second" in request.POST else "gathering")
    to, name = request.POST.get("to", ""), request.POST.get("name", "")
    if not chosen:
        messages.warning(request, _("Choose the entries first."))
        return redirect(back)
    with refusals_told(request):
        if to == "away":
            count = remove_entries(element=element, entries=chosen, by=by)
            told = ngettext("%(count)d entry is removed.", "%(count)d entries are removed.", count)
        else:
            there = (
                make_cluster(element=element, title=name, by=by)
                if to == "new"
                else _cluster_or_none(part, to)
            )
            count = sort_entries(element=element, entries=chosen, cluster=there, by=by)
            told = ngettext("%(count)d entry is moved.", "%(count)d entries are moved.", count)
        messages.success(request, told % {"count": count})
    return redirect(back)


def _clusters(part: Part) -> Any:
    return Cluster.objects.filter(organisation_id=part.element.organisation_id, element=part.element)


def _cluster_or_none(part: Part, key: str) -> Cluster | None:
    if key == "none":
        return None
    try:
        found: Cluster = _clusters(part).get(pk=key)
    except (Cluster.DoesNotExist, ValidationError, ValueError):
        raise ValidationError(_("Choose where the entries go.")) from None
    return found


@require_POST
@for_members
def missing(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Who is missing, and what will be done about it."""
    part = part_of_profile(request, kind)
    number = SECOND if request.POST.get("number") == str(SECOND) else FIRST
    with refusals_told(request):
        note_missing(
            element=part.element, number=number, text=request.POST.get("text", ""), by=request.seat.membership
        )
        messages.success(request, _("Saved what you will do about it."))
    return redirect(address(part, "second-round" if number == SECOND else "gathering"))


@require_http_methods(ASKS)
@for_members
def cluster(request: MemberRequest, kind: str, cluster_id: UUID) -> HttpResponseBase:
    """One cluster: what stands in it, its name, what it becomes."""
    part = part_of_profile(request, kind)
    held = get_object_or_404(_clusters(part).select_related("item"), pk=cluster_id)
    form = ClusterForm(request.POST if request.method == "POST" else None, initial={"title": held.title})
    if request.method == "POST" and form.is_valid():
        title, by = form.cleaned_data["title"], request.seat.membership
        if attempt(form, lambda: (rename_cluster(cluster=held, title=title, by=by),)):
            return redirect(request.path)
    return _shown(request, part, held, form, _agree_form(part, held))


def _agree_form(part: Part, held: Cluster, data: Any = None) -> AgreeForm:
    attributes = [(str(item.pk), item.title) for item in _attributes(part)]
    return AgreeForm(data, attributes=attributes, initial={"title": held.title})


def _shown(
    request: MemberRequest, part: Part, held: Cluster, form: Any, agreeing: AgreeForm
) -> HttpResponseBase:
    entries = [
        each
        for pile in piles_of(part.element)
        if pile.cluster and pile.cluster.pk == held.pk
        for each in pile.entries
    ]
    names = dict(GROUPS)
    context = {
        **head(request, part),
        "cluster": held,
        "form": form,
        "agreeing": agreeing,
        "entries": [(entry, names.get(entry.group, entry.group)) for entry in entries],
        "counts": counts_in_words(counts_of(entries)),
        "back": address(part, "gathering"),
        "may_write": may_write(part),
    }
    status = 422 if form.errors or agreeing.errors else 200
    return render(request, "elements/cluster.html", context, status=status)


@require_POST
@for_members
def agree(request: MemberRequest, kind: str, cluster_id: UUID) -> HttpResponseBase:
    """What was grouped becomes an attribute."""
    part = part_of_profile(request, kind)
    held = get_object_or_404(_clusters(part).select_related("item"), pk=cluster_id)
    agreeing = _agree_form(part, held, request.POST)
    if agreeing.is_valid():
        said, by = agreeing.cleaned_data, request.seat.membership
        item = _item_or_404(part, said["item"]) if said["item"] else None
        words = {"title": said["title"], "text": said["text"]}
        made = attempt(agreeing, lambda: agree_cluster(cluster=held, item=item, by=by, **words))
        if made is not None:
            messages.success(request, _("Agreed: it is the attribute “%(name)s”.") % {"name": made.title})
            return redirect(address(part, "gathering") + f"#c-{held.pk}")
    return _shown(request, part, held, ClusterForm(initial={"title": held.title}), agreeing)


@require_POST
@for_members
def drop(request: MemberRequest, kind: str, cluster_id: UUID) -> HttpResponseBase:
    """Take a cluster apart."""
    part = part_of_profile(request, kind)
    held = get_object_or_404(_clusters(part), pk=cluster_id)
    drop_cluster(cluster=held, by=request.seat.membership)
    messages.success(request, _("The cluster is taken apart. Its entries are back among those without one."))
    return redirect(address(part, "gathering"))


@require_POST
@for_members
def reopen(request: MemberRequest, kind: str, cluster_id: UUID) -> HttpResponseBase:
    """Take back what a cluster became."""
    part = part_of_profile(request, kind)
    held = get_object_or_404(_clusters(part), pk=cluster_id)
    reopen_cluster(cluster=held, by=request.seat.membership)
    return redirect(address(part, "cluster", cluster_id=held.pk))
