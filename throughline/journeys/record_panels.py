"""What journeys add to the pages of a record: named dates, and the step agreed in each round."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.words import address, round_title
from throughline.records.models import Record
from throughline.records.moving.queries import past_in
from throughline.records.named_dates import NamedDate
from throughline.records.panels import ALL, HISTORY, Panel
from throughline.records.queries import day_of
from throughline.schools.tenant import MemberRequest
from throughline.ui.times import month_in_words

LATEST = 5


def closed_rounds(record: Record) -> list[NamedDate]:
    """The dates on which rounds of this record's journey were closed. One query."""
    rows = Round.objects.filter(
        organisation=record.organisation_id, journey__record=record, closed_at__isnull=False
    ).exclude(state=Round.State.DRAFT)
    return [
        NamedDate(day_of(closed_at), _("%(round)s closed") % {"round": round_title(number)})
        for number, closed_at in rows.order_by("number").values_list("number", "closed_at")
        if closed_at
    ]


def agreed_steps(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """The step that the team agreed in each of the latest rounds, or in all of them for whoever asks. One query."""
    items = RoundItem.objects.filter(
        organisation=record.organisation_id,
        round__journey__record=record,
        competency__in=[competency.id, *past_in(record, competency.id)],
        state=RoundItem.State.AGREED,
        step__isnull=False,
    ).select_related("round")
    newest = items.order_by("-round__number")
    everything = request.GET.get(HISTORY) == ALL
    found = list(newest if everything else newest[: LATEST + 1])
    shown = found if everything else found[:LATEST]
    rows = [
        {
            "url": address(request.seat, "round", round_id=item.round_id),
            "round": round_title(item.round.number),
            "when": month_in_words(item.settled_at) if item.settled_at else "",
            "step": tree(item.round.framework_version_id).step_label(item.step),
        }
        for item in shown
        if item.step
    ]
    if not rows:
        return None
    told = {"rows": rows, "more": len(found) > len(shown)}
    content = mark_safe(render_to_string("journeys/_agreed_steps.html", told))  # noqa: S308  (a rendered template)
    return Panel(_("The step agreed in each round"), content, order=20)
