"""Rate alone: the list of what is asked, and one competency at a time."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.activity import keeping
from throughline.frameworks.tree import CompetencyItem, DomainItem
from throughline.journeys.models import Rater, Rating, Round
from throughline.journeys.queries import minutes_for, progress_for
from throughline.journeys.rating.actions import RatedMeanwhile, on_paper_only, release_comment
from throughline.journeys.rating.actions import rate as rate_verb
from throughline.journeys.rating.forms import RatingForm
from throughline.journeys.rating.queries import Asked, asked_of, is_small, rater_with_company
from throughline.journeys.sealed_answers.queries import kept_of, may_keep_answers
from throughline.journeys.sealed_answers.views import kept_page
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.journeys.spread.looking_back import my_looks, rounds_before
from throughline.journeys.spread.queries import FEWEST_FOR_DOTS
from throughline.journeys.words import round_title
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.asseen import FIELD
from throughline.ui.forms import attempt


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one rater is asked in a round, in framework order."""

    loaded: Loaded
    rater: Rater
    entries: list[Asked]

    @property
    def is_small(self) -> bool:
        """Whether others read a comment only when its author says so."""
        return is_small(self.rater, self.loaded.round)

    @property
    def left(self) -> list[Asked]:
        """What is still to rate."""
        return [entry for entry in self.entries if entry.rating is None]

    @property
    def minutes(self) -> int:
        """Estimated minutes for what is left."""
        return minutes_for(len(self.left))

    def by_domain(self) -> list[tuple[DomainItem, list[Asked]]]:
        """The entries of each domain that has any."""
        here = {entry.competency.id: entry for entry in self.entries}
        grouped = [
            (domain, [here[each.id] for each in domain.competencies if each.id in here])
            for domain in self.loaded.framework.domains
        ]
        return [(domain, entries) for domain, entries in grouped if entries]

    def place_of(self, competency_id: UUID) -> int:
        """Where a competency stands on the sheet; 404 when it is not asked."""
        for index, entry in enumerate(self.entries):
            if entry.competency.id == competency_id:
                return index
        raise Http404

    def next_after(self, index: int) -> Asked | None:
        """The next one still to rate, going round."""
        for entry in [*self.entries[index + 1 :], *self.entries[:index]]:
            if entry.rating is None:
                return entry
        return None


def sheet_or_404(request: MemberRequest, round_id: UUID) -> Sheet:
    """What the person who asks is to rate in this round; 404 for whoever is no rater of it."""
    loaded = round_or_404(request, round_id)
    rater = rater_with_company(request.seat, loaded.round)
    if rater is None or loaded.round.state == Round.State.DRAFT:
        raise Http404
    on_paper_only(rater, names_shown=loaded.round.names_shown)
    return Sheet(loaded, rater, asked_of(rater, loaded.framework))


@for_members
def rate(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """What I am asked, what I have said, where to go on."""
    sheet = sheet_or_404(request, round_id)
    held = sheet.loaded.round
    if held.untied_at is not None:
        return kept_page(request, sheet.loaded)
    start = next(iter(sheet.left), None)
    parts = sheet.by_domain()
    everything = None if sheet.rater.domains else len(sheet.entries)
    progress, _mine = progress_for(request.seat, held, sheet.loaded.framework, everything)
    context = {
        "looks": _looks(sheet),
        "sheet": sheet,
        "parts": parts,
        **sheet.loaded.head(),
        "start": start,
        "start_domain": next((domain for domain, entries in parts if start in entries), None),
        "progress": progress,
        "few": FEWEST_FOR_DOTS,
        "may_keep": may_keep_answers(held) and not sheet.rater.on_paper,
        "kept": kept_of(request.seat, held),
        "may_rate": sheet.loaded.round.state == Round.State.RATING,
    }
    return render(request, "journeys/rate.html", context)


@dataclass(frozen=True, slots=True)
class Back:
    """An earlier moment that this person may look back on, and whether they have."""

    competency: CompetencyItem
    earlier: str
    done: bool


def _looks(sheet: Sheet) -> list[Back]:
    """What they may look back on: what they have rated and an earlier round looked at. Two queries, none at first."""
    held = sheet.loaded.round
    if held.number == 1 or held.state != Round.State.RATING:
        return []
    before = rounds_before(held)
    done = my_looks(sheet.rater)
    return [
        Back(entry.competency, round_title(before[entry.competency.id]), entry.item_id in done)
        for entry in sheet.entries
        if entry.rating is not None and entry.competency.id in before
    ]


@for_members
def rate_one(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """One competency against its described steps. Saved at once while it is filled in, and by the button."""
    sheet = sheet_or_404(request, round_id)
    index = sheet.place_of(competency_id)
    entry = sheet.entries[index]
    form = RatingForm(
        request.POST or None,
        competency=entry.competency,
        framework=sheet.loaded.framework,
        rating=entry.rating,
        small=sheet.is_small,
        names_shown=sheet.loaded.round.names_shown,
    )
    saved = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = attempt(form, lambda: _save(request, sheet, entry, form))
        except RatedMeanwhile:
            form.full_clean()  # against what stands now
    if _wants_note(request):
        return _note(request, form, saved)
    if saved:
        return _go_on(request, sheet, index)
    return render(
        request, "journeys/rate_one.html", _context(sheet, index, form), status=422 if form.errors else 200
    )


def _save(request: MemberRequest, sheet: Sheet, entry: Asked, form: RatingForm) -> Rating:
    return rate_verb(
        by=request.seat,
        round_id=sheet.loaded.round.id,
        competency_id=entry.competency.id,
        as_seen=form.still_stands,
        **form.said(),
    )


def _wants_note(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("HX-Trigger") == "rating"


def _note(request: HttpRequest, form: RatingForm, saved: Rating | None) -> HttpResponse:
    """The words in the bar after saving in the background, and the mark of what stands now for the form."""
    if saved:
        keeping.saved(request)
        return HttpResponse(format_html("{}{}", _("saved"), _stands_now(form, saved)))
    if form.stands_now:
        return HttpResponse(_("not saved: changed elsewhere. Press the button to see both"))
    if form.non_field_errors():
        return HttpResponse(form.non_field_errors()[0])
    return HttpResponse(_("not saved yet: choose a step"))


def _stands_now(form: RatingForm, saved: Rating) -> str:
    """The mark of what stands now, for a page that brought one; it takes the place of the old one there."""
    if FIELD not in form.data:
        return ""
    form.still_stands(saved)
    told = '<input type="hidden" name="{}" value="{}" id="id_{}" hx-swap-oob="true">'
    return format_html(told, FIELD, form.mark(), FIELD)


def _go_on(request: MemberRequest, sheet: Sheet, index: int) -> HttpResponseBase:
    school, held = request.seat.organisation.slug, sheet.loaded.round
    following = sheet.next_after(index)
    if following is None or "stop" in request.POST:
        return redirect("journeys:rate", school=school, round_id=held.id)
    return redirect(
        "journeys:rate-one", school=school, round_id=held.id, competency_id=following.competency.id
    )


def _context(sheet: Sheet, index: int, form: RatingForm) -> dict[str, object]:
    entry = sheet.entries[index]
    return {
        "sheet": sheet,
        "round": sheet.loaded.round,
        "journey": sheet.loaded.journey,
        "entry": entry,
        "form": form,
        "number": index + 1,
        "total": len(sheet.entries),
        "back": sheet.entries[index - 1] if index else None,
        "following": sheet.next_after(index),
        "small": "release" in form.fields,
        "may_rate": sheet.loaded.round.state == Round.State.RATING,
    }


@for_members
@require_POST
def release(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """The author of a comment lets the others read it, or takes that back."""
    loaded = round_or_404(request, round_id)
    release_comment(
        by=request.seat,
        round_id=loaded.round.id,
        competency_id=competency_id,
        released="release" in request.POST,
    )
    return redirect("journeys:spread", school=request.seat.organisation.slug, round_id=round_id)
