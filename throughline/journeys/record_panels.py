"""What journeys add to the pages of a record: named dates, and the step agreed in each round."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.words import addresses, round_title
from throughline.kit.prepared import prepared
from throughline.records.models import Record
from throughline.records.moving.queries import past_in
from throughline.records.named_dates import NamedDate
from throughline.records.panels import ALL, HISTORY, Panel
from throughline.records.queries import day_of
from throughline.schools.tenant import MemberRequest
from throughline.ui.times import month_in_words

LATEST = 5


def closed_rounds(record: Record, latest: int | None = None) -> list[NamedDate]:
    """The dates on which rounds of this record's journey were closed, or the `latest` so many. One query."""
    rows = _closed(record.organisation_id, record.pk)
    words = _("%(round)s closed")
    return [
        NamedDate(day_of(closed_at), words % {"round": round_title(number)})
        for number, closed_at in (rows if latest is None else rows[-latest:])
    ]


@prepared
def _closed(organisation: UUID, record: UUID) -> QuerySet[Round, tuple[int, Any]]:
    rows = Round.objects.filter(organisation=organisation, journey__record=record, closed_at__isnull=False)
    return rows.exclude(state=Round.State.DRAFT).order_by("number").values_list("number", "closed_at")


def agreed_steps(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """The step that the team agreed in each of the latest rounds, or in all of them for whoever asks. One query."""
    everything = request.GET.get(HISTORY) == ALL
    asked_for = (competency.id, *past_in(record, competency.id))
    found = _agreed(record.organisation_id, record.pk, asked_for, everything)
    shown = found if everything else found[:LATEST]
    if not shown:
        return None
    url = addresses(request.seat, "round", of="round_id")
    rows = [
        {
            "url": url(round_id),
            "round": round_title(number),
            "when": month_in_words(settled_at) if settled_at else "",
            "step": tree(version_id).step_label(step),
        }
        for round_id, number, version_id, step, settled_at in shown
    ]
    told = {"rows": rows, "more": len(found) > len(shown)}
    content = mark_safe(render_to_string("journeys/_agreed_steps.html", told))  # noqa: S308  (a rendered template)
    return Panel(_("The step agreed in each round"), content, order=20)


@prepared
def _agreed(
    organisation: UUID, record: UUID, competencies: tuple[UUID, ...], everything: bool
) -> QuerySet[RoundItem, tuple[Any, ...]]:
    """The latest and one more, so that it shows whether there are any."""
    rounds = Round.objects.filter(organisation=organisation, journey__record=record)
    items = RoundItem.objects.filter(
        organisation=organisation,
        round__in=rounds.values("pk"),
        competency__in=competencies,
        state=RoundItem.State.AGREED,
        step__isnull=False,
    )
    rows = items.order_by("-round__number").values_list(
        "round_id", "round__number", "round__framework_version_id", "step", "settled_at"
    )
    return rows[: None if everything else LATEST + 1]
