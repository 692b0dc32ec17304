"""Bringing a piece of evidence again, reworked."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.files.actions import keep_file
from throughline.kit import clock
from throughline.records.evidence import actions as verbs
from throughline.records.evidence.forms import EditionForm
from throughline.records.evidence.views.evidence import visible_piece
from throughline.records.models import Evidence
from throughline.records.page_context import around, of_evidence
from throughline.records.policy import may_rework
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def rework(request: MemberRequest, evidence_id: UUID) -> HttpResponseBase:
    """A newer edition in place of the one that is there; what was there is kept."""
    piece = visible_piece(request, evidence_id)
    may_rework(piece, request.seat.membership).enforce()
    if request.method == "POST":
        form = EditionForm(request.POST, request.FILES)
        made = attempt(form, lambda: _rework(request, piece, form)) if form.is_valid() else None
        if made:
            messages.success(request, _("The newer edition is saved. The one before is kept."))
            return redirect(of_evidence(request, "evidence", piece))
    else:
        kind = piece.kind if piece.kind in verbs.REWORKED else Evidence.Kind.TEXT.value
        told = {name: getattr(piece, name) for name in ("title", "text", "url")}
        form = EditionForm(
            initial={**told, "kind": kind, "happened_on": clock.today(), "seen": piece.edition}
        )
    context = {
        **around(request, piece.record),
        "piece": piece,
        "form": form,
        "back": of_evidence(request, "evidence", piece),
        "file_lost": bool(request.FILES),
    }
    return render(request, "records/rework.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _rework(request: MemberRequest, piece: Evidence, form: EditionForm) -> Evidence:
    by, told = request.seat.membership, form.cleaned_data
    stored = keep_file(told["file"], by=by) if form.needs_file and told["file"] else None
    return verbs.bring_edition(evidence=piece, piece=form.piece_of(piece, stored), seen=told["seen"], by=by)
