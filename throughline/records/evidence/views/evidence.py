"""Evidence: the list, bringing a piece, its page, saying what else it shows, withdrawing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.files.actions import keep_file
from throughline.files.kinds import PICTURE
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit import clock
from throughline.kit.addresses import local_path
from throughline.kit.ids import parse_uuid
from throughline.records.evidence import actions as verbs
from throughline.records.evidence.forms import MARKS_ABOUT, BringForm, ClaimForm
from throughline.records.evidence.views.editions_read import earlier_in_words
from throughline.records.evidence.words import cited_standing, claims_in_words, listed, uses_in_words
from throughline.records.evidence_bodies import body_of
from throughline.records.forms import FindEvidenceForm, WithdrawForm
from throughline.records.models import Evidence, Record
from throughline.records.page_context import around, of_evidence, of_file, of_record, record_or_404
from throughline.records.policy import may_open_file, may_rework, may_withdraw
from throughline.records.queries import (
    citable_standings,
    citations_visible,
    claims_of,
    evidence_of,
    evidence_visible_to,
    newest_evidence,
    records_visible_to,
    shown_by,
    sifted,
    standing_since,
)
from throughline.records.reading import evidence_read, examples_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

PER_PAGE = 50


@require_safe
@for_members
def evidence_list(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """What was brought to a record or claimed for it, newest first."""
    record = record_or_404(request, record_id)
    shown = tree(record.version_id)
    form = FindEvidenceForm(request.GET, shown=shown)
    asked = form.asked
    newest = newest_evidence(record, PER_PAGE + 1, **asked)
    rows = newest if len(newest) <= PER_PAGE else sifted(evidence_of(record), record, **asked)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **around(request, record),
        "form": form,
        "asked": asked,
        "page": page,
        "rows": listed(shown, page.object_list, shown_by(record, page.object_list)),
        "query": urlencode(asked),
    }
    return render(request, "records/evidence_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def bring(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """One form for every kind. `?competency=` puts that one first; `?next=` (a path of this site) is where to go after."""
    record = record_or_404(request, record_id)
    first = _competency_asked(request, record)
    options: dict[str, Any] = {
        "shown": tree(record.version_id),
        "first": first,
        "standings": citable_standings(record, request.seat),
    }
    if request.method != "POST":
        told = {"happened_on": clock.today(), "next": local_path(request.GET.get("next", ""))}
        told["shows"] = [str(first.id)] if first and not first.indicators else []
        return _bring_page(request, record, BringForm(initial=told, **options))
    form = BringForm(request.POST, request.FILES, **options)
    made = attempt(form, lambda: _bring(request, record, form)) if form.is_valid() else None
    if made is None:
        return _bring_page(request, record, form, status=422)
    messages.success(request, _("“%(title)s” is saved and ready to use.") % {"title": made.title})
    return redirect(form.cleaned_data["next"] or of_evidence(request, "evidence", made))


@transaction.atomic
def _bring(request: MemberRequest, record: Record, form: BringForm) -> Evidence:
    by, told = request.seat.membership, form.cleaned_data
    stored = None
    if told["kind"] in (Evidence.Kind.FILE, Evidence.Kind.PHOTO) and told["file"]:
        stored = keep_file(told["file"], by=by)
    piece = form.piece(file=stored, cited_decision=form.cited())
    return verbs.bring_evidence(record=record, piece=piece, by=by)


def _bring_page(request: MemberRequest, record: Record, form: BringForm, status: int = 200) -> HttpResponse:
    back = local_path(str(form["next"].value() or "")) or of_record(request, "evidence-list", record)
    context = {**around(request, record), "form": form, "file_lost": bool(request.FILES), "back": back}
    context["examples"] = examples_of(form.first) if form.first else []
    return render(request, "records/bring.html", context, status=status)


def _competency_asked(request: MemberRequest, record: Record) -> CompetencyItem | None:
    """The competency that the address names; one of another framework does not exist here."""
    asked = request.GET.get("competency")
    if not asked:
        return None
    known = parse_uuid(asked)
    found = tree(record.version_id).by_id.get(known) if known else None
    if found is None:
        raise Http404
    return found


def visible_piece(request: MemberRequest, evidence_id: UUID) -> Evidence:
    """The piece, where this person may see it; 404 otherwise."""
    rows = evidence_visible_to(request.seat).select_related(
        "brought_by", "withdrawn_by", "file", "record__group", "record__learner", "record__organisation"
    )
    return get_object_or_404(
        rows.select_related("cited_decision__record__group", "cited_decision__competency"), pk=evidence_id
    )


@require_safe
@for_members
def evidence(request: MemberRequest, evidence_id: UUID) -> HttpResponse:
    """One piece: what it is, what it is claimed to show, and which decisions stand on it."""
    piece = visible_piece(request, evidence_id)
    cited = piece.cited_decision
    withdraw = may_withdraw(piece, request.seat.membership)
    context = {
        **around(request, piece.record),
        "piece": piece,
        "read": evidence_read(piece),
        "about": MARKS_ABOUT[piece.mark],
        "sees_record": records_visible_to(request.seat).filter(pk=piece.record_id).exists(),
        "body": body_of(request, piece),
        "group_standing": cited_standing(cited, standing_since(cited)) if cited else None,
        "claims": claims_in_words(claims_of(piece, request.seat)),
        "uses": uses_in_words(citations_visible(piece, request.seat)),
        "may_withdraw": withdraw,
        "may_rework": piece.kind in verbs.REWORKED and may_rework(piece, request.seat.membership),
        "earlier": earlier_in_words(request, piece),
        "rework_url": of_evidence(request, "rework", piece),
        "claim_url": of_evidence(request, "claim", piece),
        "withdraw_url": of_evidence(request, "withdraw", piece),
    }
    if piece.file:
        opened = may_open_file(piece, request.seat)
        context["file_url"] = of_file(request, piece.file.pk) if opened else ""
        context["photo"] = piece.file.media_type == PICTURE.media_type
        context["file_words"] = _("Download “%(name)s”") % {"name": piece.file.name}
    return render(request, "records/evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def claim(request: MemberRequest, evidence_id: UUID) -> HttpResponseBase:
    """Say what else a piece shows, in its own record or (`?record=`) in another that the person sees."""
    piece = visible_piece(request, evidence_id)
    record = _record_asked(request, piece)
    form = ClaimForm(request.POST if request.method == "POST" else None, shown=tree(record.version_id))
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: _claim(request, piece, record, form))
        if not form.errors:
            messages.success(request, _("Saved. “%(title)s” now shows this too.") % {"title": piece.title})
            return redirect(of_evidence(request, "evidence", piece))
    back = of_evidence(request, "evidence", piece)
    context = {**around(request, record), "piece": piece, "form": form, "back": back}
    return render(request, "records/claim.html", context, status=422 if form.errors else 200)


def _claim(request: MemberRequest, piece: Evidence, record: Record, form: ClaimForm) -> None:
    told = form.cleaned_data
    by = request.seat.membership
    verbs.claim(evidence=piece, record=record, shows=told["shows"], why=told["why"], by=by)


def _record_asked(request: MemberRequest, piece: Evidence) -> Record:
    asked = request.GET.get("record")
    wanted = parse_uuid(asked) if asked else piece.record_id
    if wanted is None:
        raise Http404
    return record_or_404(request, wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def withdraw(request: MemberRequest, evidence_id: UUID) -> HttpResponseBase:
    """Take a piece back, with a reason. Its trace stays wherever it was cited."""
    piece = visible_piece(request, evidence_id)
    may_withdraw(piece, request.seat.membership).enforce()
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], request.seat.membership
        if attempt(form, lambda: verbs.withdraw_evidence(evidence=piece, reason=reason, by=by)):
            messages.success(request, _("Withdrawn. Decisions that used it still show it."))
            return redirect(of_evidence(request, "evidence", piece))
    back = of_evidence(request, "evidence", piece)
    context = {**around(request, piece.record), "piece": piece, "form": form, "back": back}
    return render(request, "records/withdraw.html", context, status=422 if form.errors else 200)
