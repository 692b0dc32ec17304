"""Bringing a text from elsewhere, looking at what it becomes, and putting it in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.activity.middleware import counts_tries
from throughline.elements.bringing.actions import bring_text, leave_text, put_in_text
from throughline.elements.bringing.forms import MOST_MB, BringForm, PutInForm
from throughline.elements.bringing.queries import Pictures, brought_by
from throughline.elements.bringing.taking_in import taken_in
from throughline.elements.editing.queries import text_at
from throughline.elements.models import BroughtText
from throughline.elements.policy import Part, may_decide, may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import EMPTY
from throughline.files.actions import keep_file
from throughline.files.kinds import FileRefused
from throughline.files.models import StoredFile
from throughline.files.uploading import takes_one_file
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


def _to(name: str, part: Part) -> str:
    return reverse(
        f"elements:{name}", kwargs={"school": part.element.organisation.slug, "kind": part.element.kind}
    )


@takes_one_file(MOST_MB)
@counts_tries
@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def bring(request: MemberRequest, kind: str) -> HttpResponse:
    """Choose a file or paste a text. It is read outside of any transaction: that takes a while."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    form, kept = BringForm(), None
    if request.method == "POST":
        form = BringForm(request.POST, request.FILES)
        if form.is_valid():
            told = form.cleaned_data
            read = attempt(form, lambda: taken_in(told["file"], told["pasted"]))
            if read is not None:
                bring_text(element=part.element, brought=read, by=part.member)
                return redirect(_to("brought", part))
            if form.has_error("file", "too-long") and may_decide(part):
                kept = _kept(request.FILES["file"], part)
    context = {"form": form, "kept": kept, "waiting": brought_by(part), **head(request, part)}
    return render(request, "elements/bring.html", context, status=422 if form.errors else 200)


def _kept(upload: Any, part: Part) -> StoredFile | None:
    """The file that is too long to become a text, kept until tomorrow, so that it can be adopted as the file that it is.

    None for a page or a package, of which nobody could read what is kept."""
    if not (upload.name or "").lower().endswith((".docx", ".md", ".txt")):
        return None
    try:
        return keep_file(upload, by=part.member)
    except FileRefused:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def brought(request: MemberRequest, kind: str) -> HttpResponse:
    """What was brought, as it would stand here, with what could not be kept; then put it in."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    held = brought_by(part)
    if held is None:
        raise Http404
    now = text_at(part.element)
    form = PutInForm(initial={"how": "replace", "seen": now.version})
    if request.method == "POST":
        form = PutInForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            put_in = attempt(
                form, lambda: put_in_text(brought=held, how=told["how"], seen=told["seen"], by=part.member)
            )
            if put_in is not None:
                messages.success(
                    request, _("The text you brought is now in “%(title)s”.") % {"title": part.element.title}
                )
                return redirect(_to("element", part))
        form.data = {**request.POST.dict(), "seen": str(now.version)}  # who presses again has been told
    return _shown(request, part, held, form, is_empty=now.document == EMPTY)


def _shown(
    request: MemberRequest, part: Part, held: BroughtText, form: PutInForm, *, is_empty: bool
) -> HttpResponse:
    pictures = Pictures(request.seat, held.document)
    school = part.element.organisation.slug

    def image_url(file: str) -> str:
        return reverse("files:file", kwargs={"school": school, "file_id": file}) if pictures.has(file) else ""

    context = {
        "form": form,
        "held": held,
        "is_empty": is_empty,
        "text": to_html(held.document, image_url=image_url, heading_offset=1),
        **head(request, part),
    }
    return render(request, "elements/brought.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def leave(request: MemberRequest, kind: str) -> HttpResponse:
    """Do without what was brought."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    held = brought_by(part)
    if held is not None:
        leave_text(brought=held, by=part.member)
        messages.info(request, _("What you brought is forgotten. The text is as it was."))
    return redirect(_to("bring", part))
