"""Answers on paper: forms to print, and the page on which sheets are keyed in one after the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from throughline.kit import clock
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices.answering.queries import questionnaire_of
from throughline.voices.groups import BY_CODE
from throughline.voices.inviting.queries import groups_of
from throughline.voices.models import Asked, Listening
from throughline.voices.paper.document import form_pdf
from throughline.voices.paper.forms import PrintForm, SheetForm
from throughline.voices.paper.queries import by_day, sheets_of, sheets_of_group
from throughline.voices.paper.sheet import sheet_of
from throughline.voices.policy import Part, may_run
from throughline.voices.shortcuts import head, part_or_404
from throughline.voices.spool.actions import key_in_answer
from throughline.voices.spool.times import can_go_on


@require_safe
@for_members
def on_paper(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Each group's form to print, where to key in, and how many sheets were entered."""
    part = _part(request, listening_id)
    counts = sheets_of(part.listening)
    groups = [
        {
            "asked": each,
            "name": BY_CODE[each.group].name,
            "form": PrintForm(None, asked=each, auto_id=f"{each.group}-%s"),
            "parts": range(1, max(1, each.blocks) + 1),
            "entered": _entered(counts.get(each.pk, 0)),
        }
        for each in groups_of(part.listening)
    ]
    told = {
        **head(request, part),
        "groups": groups,
        "days": by_day(part.listening),
        "takes": can_go_on(part.listening, clock.now()),
        "composing": part.listening.state == Listening.State.DRAFT,
    }
    return render(request, "voices/on_paper.html", told)


@require_safe
@for_members
def paper_form(request: MemberRequest, listening_id: UUID, asked_id: UUID, nth: int) -> HttpResponse:
    """The form of one part of a group, `?language=es&size=large&paper=letter`."""
    part = _part(request, listening_id)
    asked = _asked(part, asked_id, nth)
    listening = part.listening
    usual = {"language": next(iter(listening.languages), ""), "size": "usual", "paper": "a4"}
    form = PrintForm({**usual, **request.GET.dict()}, asked=asked)  # type: ignore[arg-type]
    if not form.is_valid():
        raise Http404
    told = form.cleaned_data
    by_link = asked.by_link and listening.state != Listening.State.CLOSED
    there = reverse("voices:welcome", kwargs={"place": asked.place})
    content = form_pdf(
        questionnaire_of(asked),
        part=nth,
        language=told["language"],
        large=told["size"] == "large",
        address=f"{request.get_host()}{there.rstrip('/')}" if by_link else "",
        school=request.seat.organisation.name,
        paper=told["paper"],
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="paper-{asked.group}-{nth}-{told["language"]}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@never_cache  # so that the browser's way back shows no sheet that was entered
@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def key_in(request: MemberRequest, listening_id: UUID, asked_id: UUID, nth: int) -> HttpResponseBase:
    """One sheet after the other. The form carries a mark of its own instead of a receipt, which would say who typed when."""
    part = _part(request, listening_id)
    asked = _asked(part, asked_id, nth)
    whole = questionnaire_of(asked)
    spoken, known = (get_language() or "").split("-")[0], part.listening.languages
    sections = sheet_of(whole, nth, spoken if spoken in known else next(iter(known), ""))
    form = SheetForm(request.POST if request.method == "POST" else None, sections=sections)
    if form.is_valid():
        taken = attempt(form, lambda: _save(request, asked, nth, form))
        if taken is not None:
            _say(request, asked, taken)
            return redirect(request.path)
    told = {
        **head(request, part),
        "form": form,
        "name": BY_CODE[asked.group].name,
        "nth": nth if asked.blocks > 1 else 0,
        "blocks": asked.blocks,
        "sheets": _entered(sheets_of_group(asked)),
        "takes": can_go_on(part.listening, clock.now()),
    }
    return render(request, "voices/key_in.html", told, status=422 if form.errors else 200)


def _save(request: MemberRequest, asked: Asked, nth: int, form: SheetForm) -> bool:
    said: dict[str, Any] = form.answer()
    return key_in_answer(asked, **said, part=nth, mark=form.mark, by=request.seat.membership)


def _say(request: MemberRequest, asked: Asked, taken: bool) -> None:
    if taken:
        messages.success(request, " ".join((_("Saved."), _entered(sheets_of_group(asked)))))
    else:
        messages.info(request, _("This sheet was saved already. It counts once."))


def _entered(count: int) -> str:
    if not count:
        return _("No sheet of this group is entered yet.")
    said = ngettext("%(n)d sheet of this group is entered.", "%(n)d sheets of this group are entered.", count)
    return said % {"n": count}


def _part(request: MemberRequest, listening_id: UUID) -> Part:
    part = part_or_404(request, listening_id)
    may_run(part).enforce()
    return part


def _asked(part: Part, asked_id: UUID, nth: int) -> Asked:
    """The group, if it has such a part; 404 otherwise. One query."""
    found = next((each for each in groups_of(part.listening) if each.pk == asked_id), None)
    if found is None or not 1 <= nth <= max(1, found.blocks):
        raise Http404
    found.organisation = part.member.organisation
    found.listening = part.listening
    return found
