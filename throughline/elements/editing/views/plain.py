"""The plain form, which needs no script: the text as Markdown, one section at a time or whole."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.editing import opening
from throughline.elements.editing.actions import Meanwhile, bring_picture, replace_text
from throughline.elements.editing.merging import Merged, decided, merge
from throughline.elements.editing.pictures import names_of_pictures
from throughline.elements.editing.plain import Section, sections_of, to_lines, with_section
from throughline.elements.editing.queries import Text, text_at
from throughline.elements.editing.steps import node_of
from throughline.elements.editing.views.live import picture_address
from throughline.elements.models import Element
from throughline.elements.policy import Part, may_write
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.html import to_html
from throughline.elements.writing.incoming import from_typed
from throughline.elements.writing.schema import EMPTY, checked
from throughline.files.policy import limits
from throughline.schools.tenant import MemberRequest, for_members

WHOLE = "all"
MINE, THEIRS, BOTH, ANEW = "mine", "theirs", "both", "anew"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form holds: the lines of a section (`piece`: its number, or `WHOLE`) of the text as it was at a version."""

    seen: int
    piece: str
    lines: str


@require_safe
@for_members
def parts(request: MemberRequest, kind: str) -> HttpResponse:
    """The sections of the text, to choose the one to write; a text with one alone is written whole."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    sections = sections_of(text_at(part.element).document)
    if len(sections) == 1:
        return HttpResponseRedirect(_address(part, WHOLE))
    return render(request, "elements/plain_parts.html", {**head(request, part), "sections": sections})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plain(request: MemberRequest, kind: str, piece: str) -> HttpResponse:
    """A section of the text, or all of it, as lines in a form. What others write meanwhile is merged with what is sent."""
    part = draft_or_404(request, kind)
    may_write(part).enforce()
    if request.method != "POST":
        return _opened(request, part, piece)
    try:
        sheet, base = _sent(part.element, piece, request.POST)
    except ValueError:
        lost = Sheet(part.element.head, WHOLE, request.POST.get("lines", ""))
        return _form(
            request, part, lost, [_("This page shows a text that is not this one. Please load it again.")]
        )
    if request.POST.get("do") == "picture":
        return _with_picture(request, part, sheet)
    return _save(request, part, sheet, base)


def _opened(request: MemberRequest, part: Part, piece: str) -> HttpResponse:
    text = text_at(part.element)
    section = _section(sections_of(text.document), piece)
    if section is None and piece != WHOLE:  # it was there once
        return HttpResponseRedirect(_address(part))
    blocks = text.document["content"][section.start : section.end] if section else text.document["content"]
    lines = to_lines(blocks, names_of_pictures(part.element))
    return _form(request, part, Sheet(text.version, piece, lines))


def _section(sections: list[Section], which: str) -> Section | None:
    return next((each for each in sections if str(each.number) == which), None)


def _sent(element: Element, piece: str, told: QueryDict) -> tuple[Sheet, Text]:
    """What was sent, and the text that it was made of. Raises `ValueError` for what no form of ours sends."""
    seen = int(told.get("seen", ""))
    if not 0 <= seen <= element.head:
        raise ValueError
    base = text_at(element, seen)
    if piece != WHOLE and _section(sections_of(base.document), piece) is None:
        raise ValueError
    return Sheet(base.version, piece, told.get("lines", "")), base


def _save(request: MemberRequest, part: Part, sheet: Sheet, base: Text) -> HttpResponse:
    files = {name: file for file, name in names_of_pictures(part.element).items()}
    try:
        read = from_typed(sheet.lines, files)
        section = _section(sections_of(base.document), sheet.piece)
        typed = [] if read.document == EMPTY else read.document["content"]
        wanted, seen = checked(with_section(base.document, section, typed)), sheet.seen
        if "against" in request.POST:
            merged, seen = _merged(part.element, sheet.seen, wanted, request.POST.get("against", ""))
            try:
                wanted = _as_decided(merged, request.POST, files)
            except ValidationError as refused:
                return _both(request, part, sheet, merged, seen, refused.messages)
        replace_text(element=part.element, document=wanted, seen=seen, by=part.member)
    except Meanwhile as meanwhile:
        if seen != sheet.seen:  # others wrote once more: what was decided is now what this person wants
            names = names_of_pictures(part.element)
            sheet = Sheet(seen, WHOLE, to_lines(wanted["content"], names))
        return _both(request, part, sheet, meanwhile.merged, meanwhile.version)
    except (ValidationError, ValueError) as error:
        said = error.messages if isinstance(error, ValidationError) else [_("Please load this page again.")]
        return _form(request, part, sheet, said)
    messages.success(request, _("Saved. What others wrote meanwhile is in the text as well."))
    for each in read.lost:
        messages.warning(request, each)
    told = {"school": part.element.organisation.slug, "kind": part.element.kind}
    done = reverse("elements:text", kwargs=told) if sheet.piece == WHOLE else _address(part)
    return HttpResponseRedirect(done)


def _address(part: Part, piece: str = "") -> str:
    told = {"school": part.element.organisation.slug, "kind": part.element.kind}
    return (
        reverse("elements:plain-part", kwargs={**told, "piece": piece})
        if piece
        else reverse("elements:plain", kwargs=told)
    )


def _with_picture(request: MemberRequest, part: Part, sheet: Sheet) -> HttpResponse:
    """The same form with one picture more, the line for it at the end. The text is not saved by that."""
    upload = request.FILES.get("picture")
    try:
        if upload is None:
            raise ValidationError(_("Choose a picture."))
        kept = bring_picture(element=part.element, upload=upload, by=part.member)
    except ValidationError as refused:
        return _form(request, part, sheet, refused.messages)
    attrs = {"file": str(kept.pk), "alt": request.POST.get("alt", "").strip()[:1000], "caption": ""}
    added = to_lines([{"type": "image", "attrs": attrs}], names_of_pictures(part.element))
    lines = f"{sheet.lines.rstrip()}\n\n{added}".lstrip()
    return _form(request, part, replace(sheet, lines=lines), added=added)


def _form(
    request: MemberRequest, part: Part, sheet: Sheet, errors: list[str] | None = None, added: str = ""
) -> HttpResponse:
    image, names = picture_address(request.seat.organisation.slug), names_of_pictures(part.element)
    told = {
        "sheet": sheet,
        "errors": errors,
        "added": added,
        "whole": sheet.piece == WHOLE,
        "pictures": [(name, image(file)) for file, name in names.items()],
        "limits": limits(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "elements/plain.html", {**head(request, part), **told}, status=status)


def _both(
    request: MemberRequest,
    part: Part,
    sheet: Sheet,
    merged: Merged,
    against: int,
    errors: list[str] | None = None,
) -> HttpResponse:
    """Both versions of every place that two have changed, side by side, to choose, to combine or to write anew."""
    image, names = picture_address(request.seat.organisation.slug), names_of_pictures(part.element)

    def shown(nodes: list[dict[str, Any]], notes: str) -> str:
        return to_html({"type": "doc", "content": nodes}, image_url=image, heading_offset=1, notes=notes)

    asked = request.POST if errors else QueryDict()
    clashes = [
        {
            "number": number,
            "mine": shown(clash.mine, f"mine-{number}"),
            "theirs": shown(clash.theirs, f"theirs-{number}"),
            "anew": asked.get(f"anew-{number}", to_lines(clash.both, names)),
            "chosen": asked.get(f"choice-{number}", ANEW),
        }
        for number, clash in enumerate(merged.clashes)
    ]
    told = {"clashes": clashes, "sheet": sheet, "against": against, "errors": errors}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "elements/both.html", {**head(request, part), **told}, status=status)


def _merged(element: Element, seen: int, wanted: dict[str, Any], told: str) -> tuple[Merged, int]:
    """What was sent and the text as it was when both versions were shown, and that version.

    If others have changed the same words once more since, both are shown again."""
    against = int(told)
    if not seen <= against <= element.head:
        raise ValueError
    base, theirs = node_of(text_at(element, seen).document), node_of(text_at(element, against).document)
    maps = [each.map for each in opening.since(element, opening.opened(element), seen)][: against - seen]
    return merge(base, node_of(wanted), maps, theirs), against


def _as_decided(merged: Merged, told: QueryDict, files: dict[str, str]) -> dict[str, Any]:
    """The text with what was chosen for each place, or written for it anew."""
    choices, wrong = [], []
    for number, clash in enumerate(merged.clashes):
        choice = told.get(f"choice-{number}", BOTH)
        if choice == ANEW:
            try:
                read = from_typed(told.get(f"anew-{number}", ""), files)
            except ValidationError as refused:
                wrong += [
                    _("Place %(number)d: %(why)s") % {"number": number + 1, "why": each}
                    for each in refused.messages
                ]
                continue
            choices.append([] if read.document == EMPTY else read.document["content"])
        else:
            both = [*clash.theirs, *clash.mine]
            choices.append({MINE: clash.mine, THEIRS: clash.theirs}.get(choice, both))
    if wrong:
        raise ValidationError(wrong)
    return checked(decided(merged, choices).to_json())
