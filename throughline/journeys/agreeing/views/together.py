"""Agree on several competencies at once: what can be kept is kept, and what is wrong stands at its field."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.activity.middleware import counts_tries
from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.agreeing.actions import Outcome, agree_together
from throughline.journeys.agreeing.forms.together import LATER, Sent, TogetherForm
from throughline.journeys.meeting.actions import noted
from throughline.journeys.models import RoundItem
from throughline.journeys.policy import may_decide
from throughline.journeys.queries import previous_steps
from throughline.journeys.shortcuts import Loaded, spread_or_404
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.one_go import in_one_go
from throughline.journeys.spread.presenters import Step, described_steps
from throughline.journeys.spread.queries import Shown, Spread, spreads_of
from throughline.journeys.words import address, addresses
from throughline.records.models import StandingValue
from throughline.schools.tenant import MemberRequest, for_members

SAME = "same"


@dataclass(slots=True)
class Row:
    """One competency that people see alike. `common`: the step most chose, where that may be said."""

    key: str
    competency: CompetencyItem
    url: str
    steps: list[Step]
    common: int | None
    unanimous: bool
    previous: int | None
    previous_label: str
    sent: Sent
    errors: dict[str, list[str]] = field(default_factory=dict)
    asked: str = ""

    @property
    def alone(self) -> bool:
        """The step changed since last time, so that it needs its own reason."""
        return self.common is not None and self.previous not in (None, self.common)

    @property
    def own_reason(self) -> bool:
        """Whether the field for its own reason stands open."""
        return bool(self.sent.reason or self.errors.get("reason"))


@counts_tries  # what can be kept stays kept although the answer shows errors; sent twice it is found settled
@for_members
def together(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """What people agree on anyway, agreed in one go."""
    loaded = spread_or_404(request, round_id)
    rows = _rows(request, loaded)
    if request.method != "POST":
        return _page(request, loaded, rows, reason=_first_reason())
    form = TogetherForm(request.POST)
    outcome, refusal = _carry_out(form, loaded, rows, only_same=SAME in request.POST)
    kept = {str(item.id) for item in outcome.settled}
    left = [row for row in rows if row.key not in kept]
    for row in left:
        row.sent, row.errors = form.sent(row.key), form.errors.get(row.key, {})
        row.asked = row.sent.pair if row.key in form.asked else ""
    if form.errors or form.reason_error or refusal:
        return _page(request, loaded, left, form.reason, form=form, refusal=refusal, kept=len(kept))
    messages.success(request, kept_in_words(len(kept)))
    return redirect(_next(request, loaded, left))


def _carry_out(
    form: TogetherForm, loaded: Loaded, rows: list[Row], *, only_same: bool
) -> tuple[Outcome, list[str]]:
    """Agree on what is complete; what the verb refuses goes to its row."""
    wanted = [row.key for row in rows if not row.alone and (row.unanimous or not only_same)]
    choices = {UUID(key): choice for key, choice in form.choices(wanted).items()}
    outcome = Outcome([], {})
    if not choices and (form.errors or form.reason_error):
        return outcome, []
    try:
        outcome = agree_together(
            place=loaded.place, round_id=loaded.round.id, choices=choices, reason=form.reason
        )
    except ValidationError as error:
        return outcome, list(error.messages)
    for item_id, why in outcome.refused.items():
        form.refuse(str(item_id), why)
    return outcome, []


def _rows(request: MemberRequest, loaded: Loaded) -> list[Row]:
    """Each competency that people see alike and that is still open; in a post also what it says is settled, so that
    the same form sent twice finds it done."""
    spreads = spreads_of(loaded.round, loaded.framework, None)
    posted = request.method == "POST"
    easy = in_one_go(loaded.round, spreads)
    before = previous_steps(loaded.round)
    url = addresses(request.seat, "agree", round_id=loaded.round.id)
    found = []
    for each in spreads:
        named = posted and str(each.item.id) in request.POST.getlist("item")
        if each.item.state != RoundItem.State.OPEN and not named:
            continue
        if each.word is not Agreement.AGREE:
            continue
        row = _row(each, loaded, before.get(each.competency.id), url(each.competency.id))
        row.sent = _beginning(each, row, each.item.id in easy)
        found.append(row)
    return found


def _row(each: Spread, loaded: Loaded, previous: int | None, url: str) -> Row:
    counts = each.counts
    common = max(range(len(counts)), key=counts.__getitem__) + 1 if counts else None
    return Row(
        key=str(each.item.id),
        competency=each.competency,
        url=url,
        steps=described_steps(each, loaded.framework),
        common=common,
        unanimous=bool(counts) and sum(map(bool, counts or ())) == 1 and not each.cannot_say,
        previous=previous,
        previous_label=loaded.framework.step_label(previous) if previous else "",
        sent=Sent(),
    )


def _beginning(each: Spread, row: Row, easy: bool) -> Sent:
    """The step only where the spread may be shown, and not for what somebody wants to talk about; what was noted."""
    step = "" if each.shown is Shown.WORD else str(row.common)
    return Sent(step=step if easy else LATER, reason=noted(each.item))


def _first_reason() -> str:
    """What may be said of all of them: the word is kept with a round in any case, and it is the same for all."""
    return _("Each of us rated this on our own, and we see it much the same way.")


def kept_in_words(count: int) -> str:
    """How many were agreed just now."""
    return ngettext(
        "Agreed and saved: %(count)s competency.", "Agreed and saved: %(count)s competencies.", count
    ) % {"count": count}


def _next(request: MemberRequest, loaded: Loaded, left: list[Row]) -> str:
    """Where to go on: here while rows wait untouched, else to what needs talking about, else to the round."""
    where = {"round_id": loaded.round.id}
    if any(row.sent.untouched for row in left):
        return address(request.seat, "agree-together", **where)
    items = RoundItem.objects.filter(organisation=loaded.round.organisation_id, round=loaded.round)
    open_ = items.filter(state=RoundItem.State.OPEN).exists()
    return address(request.seat, "spread" if open_ else "round", **where)


def _page(
    request: MemberRequest,
    loaded: Loaded,
    rows: list[Row],
    reason: str,
    *,
    form: TogetherForm | None = None,
    refusal: list[str] | None = None,
    kept: int = 0,
) -> HttpResponse:
    ready = [row for row in rows if row.sent.step not in ("", LATER) and not row.alone]
    same = sum(row.unanimous for row in ready)
    context: dict[str, Any] = {
        **loaded.head(),
        "rows": rows,
        "wrong": [row for row in rows if row.errors],
        "word_only": any(row.common is None for row in rows),
        "first_step": loaded.framework.step_label(1),
        "ready": len(ready),
        "same": same if same < len(ready) else 0,
        "standings": StandingValue.choices,
        "reason": reason,
        "reason_error": form.reason_error if form else "",
        "refusal": refusal or [],
        "kept": kept_in_words(kept) if kept else "",
        "may": may_decide(loaded.place),
    }
    return render(request, "journeys/together.html", context, status=422 if form else 200)
