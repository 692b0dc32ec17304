"""What a listening is about, how it is held, what is asked of the person, and who hosts it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from throughline.frameworks.tree import tree
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.voices import bank
from throughline.voices.asking.actions import add_host, change_listening, compose, remove_host
from throughline.voices.asking.background import PRESETS
from throughline.voices.asking.forms.background import BackgroundForm, as_it_stands
from throughline.voices.asking.forms.whole import AboutForm, HeldForm, HostForm
from throughline.voices.asking.protected import areas_in
from throughline.voices.asking.queries import competencies_of_round, groups_of, here, hosts_of, staff_here
from throughline.voices.models import Listening
from throughline.voices.policy import Part, may_compose, may_run
from throughline.voices.shortcuts import head, part_or_404

ASKS = ["GET", "HEAD", "POST"]


def composed(request: MemberRequest, listening_id: UUID) -> Part:
    """The part of somebody who may compose this listening now; 404 or refused otherwise."""
    part = part_or_404(request, listening_id)
    may_compose(part).enforce()
    return part


def to(name: str, request: MemberRequest, listening: Listening) -> HttpResponseBase:
    """On to a page of the listening."""
    return redirect(f"voices:{name}", school=request.seat.organisation.slug, listening_id=listening.pk)


def show(request: MemberRequest, part: Part, template: str, told: dict[str, Any]) -> HttpResponseBase:
    """A page with a form."""
    context = {**head(request, part), **told}
    return render(request, f"voices/{template}", context, status=422 if told["form"].errors else 200)


@require_http_methods(ASKS)
@for_members
def about(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """The competencies, those of the round suggested, and the languages."""
    part = composed(request, listening_id)
    held = part.listening
    framework = tree(held.journey.record.version_id)
    suggested = []
    if not held.competencies:
        of_round = set(competencies_of_round(held))
        suggested = [each.code for each in framework.competencies if each.id in of_round]
    languages = list(dict.fromkeys([*bank.languages(), *held.languages]))
    form = AboutForm(
        request.POST or None,
        framework=framework,
        languages=languages,
        initial={"competencies": held.competencies or suggested, "languages": held.languages},
    )
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, request.seat.membership
        if attempt(form, lambda: compose(listening=held, by=by, **said)) is not None:
            messages.success(request, _("Kept."))
            return to("listening" if groups_of(held) else "groups", request, held)
    return show(request, part, "about.html", {"form": form, "suggested": bool(suggested)})


@require_http_methods(ASKS)
@for_members
def held(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Until when, what is kept and shown, and whom to turn to."""
    part = composed(request, listening_id)
    row, runs = part.listening, bool(may_run(part))
    names = ("title", "opens_on", "closes_on", "threshold", "days_kept")
    form = HeldForm(
        request.POST or None,
        languages=row.languages,
        staff=list(staff_here(request.seat)) if runs else [],
        runs=runs,
        initial={
            **{name: getattr(row, name) for name in names},
            **{f"contact-{language}": text for language, text in row.contact.items()},
            "reader": str(row.reader_id or ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        told, by, seen = form.told(), request.seat.membership, row.version
        if attempt(form, lambda: change_listening(listening=row, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return to("listening", request, row)
    return show(request, part, "held.html", {"form": form, "reader": row.reader if not runs else None})


@require_http_methods(ASKS)
@for_members
def background(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """What is asked of the person, for views of equity."""
    part = composed(request, listening_id)
    row = part.listening
    form = BackgroundForm(
        request.POST or None,
        languages=row.languages,
        initial=as_it_stands(row.background, row.languages),
    )
    if request.method == "POST" and form.is_valid():
        known = {preset.code for preset in PRESETS}
        told = [*form.told(), *(each for each in row.background if each["code"] not in known)]
        by, seen = request.seat.membership, row.version
        if attempt(form, lambda: change_listening(listening=row, by=by, seen_version=seen, background=told)):
            messages.success(request, _("Kept."))
            tell_protected(request, [each["words"] for each in told])
            return to("listening", request, row)
    return show(request, part, "background.html", {"form": form})


@require_http_methods(ASKS)
@for_members
def hosts(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    """Who composes it and reads it with the team, learners and families among them."""
    part = part_or_404(request, listening_id)
    may_run(part).enforce()
    row, by, known = part.listening, request.seat.membership, hosts_of(part.listening)
    gone = next((each for each in known if str(each.pk) == request.POST.get("remove")), None)
    if gone is not None:
        remove_host(host=gone, by=by)
        messages.success(request, _("Kept."))
        return to("hosts", request, row)
    taken = {each.membership_id for each in known}
    people = [each for each in here(request.seat) if each.pk not in taken]
    form = HostForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: add_host(listening=row, member=form.who, by=by))
        if made:
            messages.success(request, _("Kept."))
            return to("hosts", request, row)
    return show(request, part, "hosts.html", {"form": form, "hosts": known})


def protected_words(words: Mapping[str, Any]) -> list[str]:
    """The protected areas that a question's words may touch."""
    texts = [
        text for told in words.values() for text in (told.values() if isinstance(told, dict) else [told])
    ]
    return [str(area.name) for area in areas_in(texts)]


def tell_protected(request: MemberRequest, questions: Iterable[Mapping[str, Any]]) -> None:
    """Warn on the next page where the words of these questions may touch one. It forbids nothing."""
    found = dict.fromkeys(area for words in questions for area in protected_words(words))
    if found:
        messages.warning(
            request,
            _(
                "Look again: this may ask about an area that US law protects (%(areas)s). Learners may be asked about "
                "it only with the consent of their families, or once families could opt out."
            )
            % {"areas": ", ".join(found)},
        )
