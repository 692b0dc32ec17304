"""What groups said about a competency, beside what the team says: on the page where it agrees."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem
from throughline.kit.prepared import prepared
from throughline.records.models import Record, StandingValue
from throughline.records.panels import Panel
from throughline.records.queries import standing_and_cites
from throughline.schools.tenant import MemberRequest
from throughline.voices.figures.comparing import Agreement, Seen, agreements, contradicted
from throughline.voices.figures.reading import Figure, Result, result_of
from throughline.voices.figures.words import agreement_words, sentence, unit_words
from throughline.voices.models import Figures, Listening
from throughline.voices.policy import may_see_listenings

# So many figures stand in a panel; the rest is on the result's own page.
MOST_LINES = 4


def what_groups_said(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """The newest listening that asked about it and whose results are open. One query where there is none, else three."""
    if record.learner_id is not None or not may_see_listenings(request.seat):
        return None
    asked = [each for each in _heard(record.organisation_id, record.pk) if competency.code in each[2]]
    if not asked:
        return None
    key, title, _about, closed_at = asked[0]
    figures = next(iter(_figures(record.organisation_id, key)), None)
    if figures is None:
        return None
    lines = _lines(result_of(figures), competency.code)
    if not lines:
        return None
    there = {"school": request.seat.organisation.slug, "listening_id": key, "competency_id": competency.id}
    told: dict[str, Any] = {
        "title": title,
        "closed_at": closed_at,
        "lines": lines,
        "doubts": _doubts(record, competency, figures),
        "url": reverse("voices:result", kwargs=there),
    }
    content = mark_safe(render_to_string("voices/_panel.html", told))  # noqa: S308  (a rendered template)
    return Panel(_("What groups say"), content, order=12)


def _lines(result: Result, competency: str) -> list[str]:
    """Where groups see something differently, else the first figures as they are."""
    found: tuple[Agreement, ...] = agreements(result, competency)
    apart = [agreement_words(each) for each in found if each.seen is Seen.APART]
    if apart:
        return apart[:MOST_LINES]
    shown = [figure for row in result.about(competency) for figure in row.figures if figure.is_shown]
    return [f"{unit_words(figure.unit)}: {sentence(figure)}" for figure in shown[:MOST_LINES]]


def _doubts(record: Record, competency: CompetencyItem, figures: Figures) -> list[str]:
    """What a group says against a competency that the team calls earned. One query where there may be any."""
    against: list[Figure] = list(contradicted(result_of(figures), competency.code))
    if not against:
        return []
    standing, _cites = standing_and_cites(record, competency.id)
    if standing != StandingValue.EARNED:
        return []
    return [
        f"{unit_words(figure.unit)}: “{figure.text()}” {sentence(figure)}" for figure in against[:MOST_LINES]
    ]


@prepared
def _heard(organisation: UUID, record: UUID) -> QuerySet[Listening, tuple[Any, ...]]:
    """Listenings of a record's journeys whose results are open, as `policy.results_open` has it; the newest first."""
    spread = Q(round__isnull=True) | Q(round__spread_opened_at__isnull=False)
    return (
        Listening.objects.filter(
            spread,
            organisation=organisation,
            journey__record=record,
            state=Listening.State.CLOSED,
            keep_until__isnull=False,
        )
        .order_by("-closed_at", "-pk")
        .values_list("id", "title", "competencies", "closed_at")
    )


@prepared
def _figures(organisation: UUID, listening: UUID) -> QuerySet[Figures]:
    return Figures.objects.filter(organisation=organisation, listening=listening)
