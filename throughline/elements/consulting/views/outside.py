"""What the holder of a link sees: the text paragraph by paragraph, a place to comment, and at the end what was heard.

Whatever is wrong with a link is answered by the same page after the same one question to the database.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from throughline.activity.middleware import counts_tries
from throughline.elements.adopting.pictures import picture_of
from throughline.elements.adopting.showing import ImageUrl, items_shown
from throughline.elements.consulting.actions.hearing import comment_from_outside
from throughline.elements.consulting.forms import CommentForm
from throughline.elements.consulting.queries import answers_of, by_link, paragraphs_of
from throughline.elements.models import Consultation
from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import Block, blocks
from throughline.people.devices import address_of, say_when
from throughline.people.secret_links import Entry, PasscodeForm, SecretLinks, passcode_is_right, quiet
from throughline.schools.models import hash_of
from throughline.ui.forms import attempt

LINKS = SecretLinks("throughline.elements.consultation")
LOOK_AGAIN = 422
THANKS = "thanks"


def _address(key: str, name: str = "consultation-open") -> str:
    return reverse(f"elements:{name}", kwargs={"key": key})


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_closed.html", status=404)


def _let_in(request: HttpRequest, key: str) -> tuple[Consultation | None, Entry, bool]:
    """The consultation of the cookie, what the cookie says, and whether a passcode is still needed."""
    entry = LINKS.entry(request, _address(key))
    found = by_link(entry.link)
    asked = found is not None and bool(found.passcode) and entry.passed != LINKS.mark(found.passcode)
    return found, entry, asked


@quiet
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes into a cookie for one address. Nothing is looked up, so every secret is answered alike."""
    return LINKS.exchanged(hash_of(token), _address)


def as_by_link(consultation: Consultation) -> HttpResponse:
    """What opening its link answers, for a demo that leads there: only the hash of a link is kept."""
    return LINKS.exchanged(consultation.token_hash or "", _address)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is read, with its own name when one can comment on it."""

    html: SafeString
    name: str = ""


def paragraphs(document: dict[str, Any], image_url: ImageUrl) -> list[Paragraph]:
    """The text in pieces, each to be commented on by itself."""
    named = paragraphs_of(document)
    return [
        Paragraph(alone(each, image_url), each.fingerprint if each.fingerprint in named else "")
        for each in blocks(document)
    ]


def alone(block: Block, image_url: ImageUrl) -> SafeString:
    """One paragraph as HTML."""
    return to_html(
        {"type": "doc", "content": [block.node]}, image_url=image_url, notes=f"note-{block.path[0]}"
    )


def _images(key: str) -> ImageUrl:
    return lambda file: reverse("elements:consultation-picture", kwargs={"key": key, "file_id": file})


@counts_tries
@csrf_exempt  # such a page names no origin (no-referrer), and no other site can bring our cookie along (SameSite)
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, key: str) -> HttpResponseBase:
    """The text to comment on; once it is over, what was heard. A passcode first, where one is asked."""
    found, entry, asked = _let_in(request, key)
    if found is None:
        return _closed(request)
    if asked:
        return _ask_passcode(request, found, entry, _address(key))
    context = {
        "consultation": found,
        "organisation": found.organisation.name,
        "key": key,
        "paragraphs": paragraphs(found.document, _images(key)),
        "kept": items_shown(found.items),
        "answers": answers_of(found) if found.is_over else [],
        "thanks": THANKS in request.GET,
    }
    return render(request, "elements/outside.html", context)


def _ask_passcode(request: HttpRequest, found: Consultation, entry: Entry, path: str) -> HttpResponseBase:
    form = PasscodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = LINKS.known_device(request, found.passcode, path)
        given = form.cleaned_data["passcode"]
        right = attempt(
            form,
            lambda: passcode_is_right(
                str(found.pk), found.passcode, given, address=address_of(request), device=device
            ),
        )
        if right:
            response = redirect(path)
            LINKS.remember(response, replace(entry, passed=LINKS.mark(found.passcode)), path)
            LINKS.know_device(response, found.passcode, device, path)
            return response
        if right is False:
            form.add_error("passcode", _("That is not the passcode. Ask the person who sent you the link."))
    page = render(request, "people/passcode.html", {"form": form}, status=LOOK_AGAIN if form.errors else 200)
    return say_when(page, form)


@counts_tries
@csrf_exempt  # as above
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say something about one paragraph, the whole, or a question."""
    found, _entry, asked = _let_in(request, key)
    if found is None:
        return _closed(request)
    if asked or (request.method != "POST" and not found.is_open):
        return redirect(_address(key))
    about = paragraphs_of(found.document).get(request.GET.get("about", ""))
    question = _question(found, request.GET.get("question", ""))
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.said(about.fingerprint if about else "", question)
        kept = attempt(
            form, lambda: comment_from_outside(consultation=found, said=said, address=address_of(request))
        )
        if kept is not None:
            place = f"#p-{about.fingerprint}" if about else ""
            return redirect(f"{_address(key)}?{THANKS}{place}")
    context = {
        "consultation": found,
        "organisation": found.organisation.name,
        "key": key,
        "form": form,
        "paragraph": alone(about, _images(key)) if about else None,
        "question": found.questions[question] if question is not None else "",
    }
    page = render(
        request, "elements/outside_comment.html", context, status=LOOK_AGAIN if form.errors else 200
    )
    return say_when(page, form)


def _question(found: Consultation, asked: str) -> int | None:
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else -1
    return place if 0 <= place < len(found.questions) else None


@quiet
@require_safe
def picture(request: HttpRequest, key: str, file_id: UUID) -> HttpResponseBase:
    """A picture of the text."""
    found, _entry, asked = _let_in(request, key)
    if found is None or asked:
        return _closed(request)
    return picture_of(found.document, found.organisation_id, file_id)
