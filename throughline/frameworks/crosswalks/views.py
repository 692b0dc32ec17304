"""Crosswalks: which there are, one whole, and for leads: writing one, linking, loading links, words, deleting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from throughline.frameworks.crosswalks.actions import (
    Sides,
    change_crosswalk,
    delete_crosswalk,
    link_competencies,
    load_links,
    start_crosswalk,
    unlink_competencies,
)
from throughline.frameworks.crosswalks.csv_table import COLUMNS, read
from throughline.frameworks.crosswalks.forms import AboutCrosswalk, LinkCompetencies, LoadLinks, NewCrosswalk
from throughline.frameworks.crosswalks.queries import crosswalks_visible_to, names_of, said_of, told
from throughline.frameworks.models import Crosswalk
from throughline.frameworks.policy import may_crosswalk
from throughline.frameworks.queries import newest_first, versions_visible_to
from throughline.frameworks.tables.csv_reading import Problem
from throughline.frameworks.tables.writing import csv_text
from throughline.frameworks.tree import tree
from throughline.kit.ids import parse_uuid
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

asks_and_takes = require_http_methods(["GET", "HEAD", "POST"])
PROBLEMS_SHOWN = 50


@require_safe
@for_members
def crosswalks(request: MemberRequest) -> HttpResponseBase:
    """Those of this organisation and those that come with the product."""
    found = crosswalks_visible_to(request.seat.organisation)
    rows = [(each, said_of(each), _address(request, "crosswalk", each)) for each in found]
    context = {
        "own": [row for row in rows if row[0].owner_id],
        "shared": [row for row in rows if not row[0].owner_id],
        "may_write": bool(may_crosswalk(request.seat.membership)),
    }
    return render(request, "frameworks/crosswalks/list.html", context)


@asks_and_takes
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Begin one between two frameworks."""
    may_crosswalk(request.seat.membership).enforce()
    versions = list(versions_visible_to(request.seat.organisation))
    form = NewCrosswalk(request.POST or None, versions=versions)
    if form.is_valid():
        made = attempt(form, lambda: start_crosswalk(by=request.seat.membership, **form.cleaned_data))
        if made:
            return redirect(_address(request, "crosswalk-link", made))
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/crosswalks/new.html", {"form": form}, status=status)


@require_safe
@for_members
def crosswalk(request: MemberRequest, crosswalk_id: UUID) -> HttpResponseBase:
    """Every link, between the newest versions of both."""
    _kept, around = _held(request, crosswalk_id)
    return render(request, "frameworks/crosswalks/crosswalk.html", around)


@require_safe
@for_members
def links_csv(request: MemberRequest, crosswalk_id: UUID) -> HttpResponse:
    """The links as a table for a spreadsheet."""
    held, around = _held(request, crosswalk_id)
    relations = {link.pk: link.relation for link in held.links.all()}
    rows = (
        (p.left.code, p.left.name, relations[p.link_id], p.right.code, p.right.name, p.note)
        for p in around["told"].pairs
    )
    response = HttpResponse(csv_text(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    name = slugify(held.title) or "crosswalk"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@asks_and_takes
@for_members
def link(request: MemberRequest, crosswalk_id: UUID) -> HttpResponseBase:
    """Two columns: tick competencies on both sides, say how they stand to each other."""
    held, around = _held(request, crosswalk_id, writing=True)
    by = request.seat.membership
    if "unlink" in request.POST:
        unlink_competencies(crosswalk=held, by=by, links=_ids(request.POST.getlist("unlink")))
        return redirect(request.path)
    form = LinkCompetencies(request.POST or None, left=around["left"], right=around["right"])
    if form.is_valid():
        made = attempt(
            form,
            lambda: link_competencies(crosswalk=held, by=by, sides=around["sides"], **form.cleaned_data),
        )
        if made is not None:
            messages.success(request, _made(made))
            return redirect(request.path)
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/crosswalks/link.html", {**around, "form": form}, status=status)


@asks_and_takes
@for_members
def load(request: MemberRequest, crosswalk_id: UUID) -> HttpResponseBase:
    """A table of links in: all rows or none, with a word about each row that is wrong."""
    held, around = _held(request, crosswalk_id, writing=True)
    form = LoadLinks(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        rows, problems = read(form.cleaned_data["file"], names_of(around["left"]), names_of(around["right"]))
        if not rows and not problems:
            form.add_error("file", _("There is no row with a link in this table."))
        made = None
        if not problems and form.is_valid():
            made = attempt(
                form,
                lambda: load_links(
                    crosswalk=held, by=request.seat.membership, sides=around["sides"], rows=rows
                ),
            )
        if made is not None:
            messages.success(request, _made(made))
            return redirect(_address(request, "crosswalk", held))
    context = {
        **around,
        "form": form,
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": len(problems) - PROBLEMS_SHOWN,
    }
    return render(request, "frameworks/crosswalks/load.html", context, status=422 if form.is_bound else 200)


@asks_and_takes
@for_members
def change(request: MemberRequest, crosswalk_id: UUID) -> HttpResponseBase:
    """The words about it; and deleting it."""
    held, around = _held(request, crosswalk_id, writing=True)
    by = request.seat.membership
    if request.POST.get("do") == "delete":
        delete_crosswalk(crosswalk=held, by=by)
        return redirect("frameworks:crosswalks", school=request.seat.organisation.slug)
    known = {"title": held.title, "note": held.note, "source": held.source}
    form = AboutCrosswalk(request.POST or None, initial=known)
    if form.is_valid():
        kept = attempt(form, lambda: change_crosswalk(crosswalk=held, by=by, **form.cleaned_data))
        if kept:
            return redirect(_address(request, "crosswalk", held))
    status = 422 if form.is_bound else 200
    return render(request, "frameworks/crosswalks/change.html", {**around, "form": form}, status=status)


def _held(
    request: MemberRequest, crosswalk_id: UUID, *, writing: bool = False
) -> tuple[Crosswalk, dict[str, Any]]:
    """The crosswalk, and what each of its pages shows around it."""
    rows = crosswalks_visible_to(request.seat.organisation).prefetch_related("links")
    held: Crosswalk = get_object_or_404(rows, pk=crosswalk_id)
    verdict = may_crosswalk(request.seat.membership, held)
    if writing:
        verdict.enforce()
    sides = Sides(newest_first(held.left_id)[0], newest_first(held.right_id)[0])
    left, right = tree(sides.left.pk), tree(sides.right.pk)
    return held, {
        "crosswalk": held,
        "said": said_of(held),
        "sides": sides,
        "left": left,
        "right": right,
        "told": told(held, left, right),
        "may_write": bool(verdict),
        "url": {
            name.removeprefix("crosswalk-"): _address(request, name, held)
            for name in ("crosswalk", "crosswalk-link", "crosswalk-load", "crosswalk-csv", "crosswalk-change")
        },
    }


def _address(request: MemberRequest, name: str, held: Crosswalk) -> str:
    return reverse(f"frameworks:{name}", args=[request.seat.organisation.slug, held.pk])


def _made(count: int) -> str:
    if not count:
        return _("These links were already there. Their relation and note are saved as you gave them.")
    return ngettext("%(count)s link is new.", "%(count)s links are new.", count) % {"count": count}


def _ids(told: list[str]) -> list[UUID]:
    return [known for each in told if (known := parse_uuid(each))]
