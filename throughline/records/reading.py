"""Decisions and evidence as people read them: every word ready, so that templates only lay them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.tree import CompetencyItem, IndicatorItem, Tree
from throughline.kit import clock
from throughline.records.models import (
    Claim,
    Decision,
    Evidence,
    How,
    Mark,
    Record,
    StandingValue,
    WhyChanged,
)
from throughline.records.queries import Cited, is_stale

KIND_ICONS = {
    Evidence.Kind.FILE: "file-text",
    Evidence.Kind.PHOTO: "image",
    Evidence.Kind.LINK: "link",
    Evidence.Kind.TEXT: "quote",
    Evidence.Kind.FIGURE: "chart-no-axes-column",
    Evidence.Kind.STANDING: "users",
    Evidence.Kind.SHARED: "school",
    Evidence.Kind.ADOPTED: "stamp",
    Evidence.Kind.PLANNED: "sprout",
    Evidence.Kind.HEARD: "message-circle",
}
START = 220  # characters of a text, in a list
_WHY = {
    WhyChanged.PRACTICE.value: gettext_lazy("What we do has changed."),
    WhyChanged.UNDERSTANDING.value: gettext_lazy("We understand it better than before."),
    WhyChanged.EVIDENCE.value: gettext_lazy("The evidence is out of date."),
    WhyChanged.RATERS.value: gettext_lazy("Different people took part this time."),
}
_WITNESSES = {
    "learner": gettext_lazy("learners"),
    "family": gettext_lazy("families"),
    "educator": gettext_lazy("educators"),
    "leader": gettext_lazy("leaders"),
    "board": gettext_lazy("board members"),
    "community": gettext_lazy("people from the community"),
    "alumnus": gettext_lazy("alumni"),
}


@dataclass(frozen=True, slots=True)
class CitedRead:
    """A piece of evidence under a decision, and the indicators that it answered."""

    evidence_id: UUID
    title: str
    mark: str
    indicators: tuple[str, ...]
    for_all: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class DecisionRead:
    """One decision in words. `headline` is a sentence, the other texts may be empty."""

    id: UUID
    number: int
    after: str
    headline: str
    by: str
    how: str
    at: datetime
    reason: str
    why_changed: str
    dissent: str
    check_on: date | None
    cited: tuple[CitedRead, ...]
    corrects: str
    corrected: bool
    about: str = ""


def decision_read(
    decision: Decision,
    cited: Iterable[Cited],
    indicators: dict[UUID, str],
    *,
    about: str = "",
    corrected: bool = False,
) -> DecisionRead:
    """A decision of `queries.history_of` in words, with what it cites; `indicators` holds their texts in the language
    in force.

    `about` says which older competency it was made on, when that is another one than the page's; `corrected`: a later
    decision puts it right.
    """
    corrects = ""
    if decision.corrects:
        old = StandingValue(decision.corrects.after).label
        corrects = _("This corrects an earlier decision that said: %(standing)s.") % {"standing": old}
    return DecisionRead(
        id=decision.id,
        number=decision.number,
        after=decision.after,
        headline=headline_of(decision),
        by=decision.by.name,
        how=str(How(decision.how).label),
        at=decision.at,
        reason=decision.reason,
        why_changed=why_in_words(decision.why_changed),
        dissent=decision.dissent,
        check_on=decision.check_on,
        cited=_cited(cited, indicators),
        corrects=corrects,
        corrected=corrected,
        about=about,
    )


def headline_of(decision: Decision) -> str:
    """What a decision did, in one line."""
    after, before = StandingValue(decision.after), StandingValue(decision.before)
    if decision.how == How.MOVED:
        return _("Carried over as %(standing)s") % {"standing": after.label}
    if after == before:
        return _("Confirmed as %(standing)s") % {"standing": after.label}
    return _("From %(before)s to %(after)s") % {"before": before.label, "after": after.label}


def _cited(cited: Iterable[Cited], texts: dict[UUID, str]) -> tuple[CitedRead, ...]:
    pieces: dict[UUID, Cited] = {}
    answered: dict[UUID, list[str]] = {}
    for each in cited:
        pieces[each.evidence_id] = each
        told = answered.setdefault(each.evidence_id, [])
        if each.indicator_id:
            told.append(texts.get(each.indicator_id) or each.indicator or "")
    return tuple(
        CitedRead(
            evidence_id=key,
            title=piece.title,
            mark=str(Mark(piece.mark).label),
            indicators=tuple(answered[key]),
            for_all=len(texts) > 1 and len(answered[key]) == len(texts),
            withdrawn=piece.withdrawn_at is not None,
        )
        for key, piece in pieces.items()
    )


def why_in_words(why_changed: str) -> str:
    """Why a competency is seen otherwise, as a sentence; empty when nobody said."""
    return str(_WHY.get(why_changed, ""))


@dataclass(frozen=True, slots=True)
class EvidenceRead:
    """One piece of evidence in words. `state`: empty, "stale" or "withdrawn"; `figure`: with its unit; `text`: its start."""

    id: UUID
    title: str
    icon: str
    kind: str
    mark: str
    mark_value: str
    place: str
    happened_on: date
    by: str
    text: str
    figure: str
    state: str
    recheck_on: date | None
    withdrawn_reason: str


def evidence_read(evidence: Evidence) -> EvidenceRead:
    """A piece of evidence in words, fresh or stale as of now."""
    state = ""
    if evidence.withdrawn_at:
        state = "withdrawn"
    elif is_stale(evidence.recheck_on, None, clock.now()):
        state = "stale"
    return EvidenceRead(
        id=evidence.id,
        title=evidence.title,
        icon=KIND_ICONS.get(Evidence.Kind(evidence.kind), "paperclip"),
        kind=str(Evidence.Kind(evidence.kind).label),
        mark=str(Mark(evidence.mark).label),
        mark_value=evidence.mark,
        place=str(Evidence.Place(evidence.place).label),
        happened_on=evidence.happened_on,
        by=evidence.brought_by.name,
        text=_start_of(evidence.text),
        figure=figure_in_words(evidence.figure, evidence.unit),
        state=state,
        recheck_on=evidence.recheck_on,
        withdrawn_reason=evidence.withdrawn_reason,
    )


def _start_of(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= START else Truncator(line).chars(START)


def figure_in_words(figure: Decimal | None, unit: str) -> str:
    """A measured figure as the reader's language writes it, without needless zeros."""
    if figure is None:
        return ""
    plain = figure.normalize()
    exponent = plain.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    number = number_format(plain, decimal_pos=places, force_grouping=True)
    return _("%(figure)s %(unit)s") % {"figure": number, "unit": unit}


def holder_of(record: Record) -> str:
    """Whose record it is: the organisation, one of its groups, or a learner."""
    if record.group:
        return record.group.name
    return record.learner.name if record.learner else record.organisation.name


def witnesses_of(indicator: IndicatorItem) -> str:
    """Who can tell whether an indicator holds, as a list in words."""
    return ", ".join(str(_WITNESSES.get(each, each)) for each in indicator.witnesses)


def steps_of(shown: Tree, competency: CompetencyItem) -> list[tuple[str, str]]:
    """The described steps: short name and sentence; the framework's own hints stand in where it has none."""
    return [
        (step.label, competency.steps[place] if place < len(competency.steps) else step.hint)
        for place, step in enumerate(shown.step_labels)
    ]


def examples_of(competency: CompetencyItem) -> list[tuple[str, str]]:
    """What would count as evidence: the mark in words, and an example of it."""
    labels = dict(Mark.choices)
    return [(str(labels.get(mark, mark)), text) for mark, text in competency.evidence_examples]


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence under an indicator: the piece, and why it shows it."""

    evidence: Evidence
    why: str


def evidence_by_indicator(
    competency: CompetencyItem, claims: Iterable[Claim]
) -> dict[UUID | None, list[Shown]]:
    """Evidence by the indicator that it is claimed for; None: for the competency as a whole. Withdrawn comes last."""
    known = {indicator.id for indicator in competency.indicators}
    found: dict[UUID | None, list[Shown]] = {}
    for claim in sorted(claims, key=lambda each: each.evidence.withdrawn_at is not None):
        place = claim.indicator_id if claim.indicator_id in known else None
        found.setdefault(place, []).append(Shown(claim.evidence, claim.why))
    return found
