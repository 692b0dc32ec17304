"""Decisions and evidence as people read them: every word ready, so that templates only lay them out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.records.models import Citation, Decision, Evidence, How, Mark, StandingValue, WhyChanged
from throughline.records.queries import is_stale

KIND_ICONS = {
    Evidence.Kind.FILE: "file-text",
    Evidence.Kind.PHOTO: "image",
    Evidence.Kind.LINK: "link",
    Evidence.Kind.TEXT: "quote",
    Evidence.Kind.FIGURE: "chart-no-axes-column",
    Evidence.Kind.STANDING: "users",
}


@dataclass(frozen=True, slots=True)
class CitedRead:
    """A piece of evidence under a decision, and the indicator that it answered."""

    evidence_id: UUID
    title: str
    mark: str
    indicator: str
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


def decision_read(decision: Decision, indicators: dict[UUID, str] | None = None) -> DecisionRead:
    """A decision of `queries.history_of` in words; `indicators` holds their texts in the language in force."""
    after, before = StandingValue(decision.after), StandingValue(decision.before)
    if after == before:
        headline = _("Confirmed as %(standing)s") % {"standing": after.label}
    else:
        headline = _("From %(before)s to %(after)s") % {"before": before.label, "after": after.label}
    corrects = ""
    if decision.corrects:
        old = StandingValue(decision.corrects.after).label
        corrects = _("This corrects an earlier decision that said: %(standing)s.") % {"standing": old}
    return DecisionRead(
        id=decision.id,
        number=decision.number,
        after=after.value,
        headline=headline,
        by=decision.by.name,
        how=str(How(decision.how).label),
        at=decision.at,
        reason=decision.reason,
        why_changed=why_in_words(decision.why_changed),
        dissent=decision.dissent,
        check_on=decision.check_on,
        cited=tuple(_cited(each, indicators or {}) for each in decision.citations.all()),
        corrects=corrects,
        corrected=bool(decision.corrected_by.all()),
    )


def _cited(citation: Citation, indicators: dict[UUID, str]) -> CitedRead:
    evidence, told = citation.evidence, ""
    if citation.indicator_id:
        told = indicators.get(citation.indicator_id) or (
            citation.indicator.text if citation.indicator else ""
        )
    return CitedRead(
        evidence_id=evidence.id,
        title=evidence.title,
        mark=str(Mark(evidence.mark).label),
        indicator=told,
        withdrawn=evidence.withdrawn_at is not None,
    )


def why_in_words(why_changed: str) -> str:
    """Why a competency is seen otherwise, as a sentence; empty when nobody said."""
    sentences = {
        WhyChanged.PRACTICE.value: _("What we do has changed."),
        WhyChanged.UNDERSTANDING.value: _("We understand it better than before."),
        WhyChanged.EVIDENCE.value: _("The evidence has aged."),
        WhyChanged.RATERS.value: _("Other people took part than before."),
    }
    return sentences.get(why_changed, "")


@dataclass(frozen=True, slots=True)
class EvidenceRead:
    """One piece of evidence in words. `state` is empty, "stale" or "withdrawn"; `figure` the number with its unit."""

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
        text=evidence.text,
        figure=figure_in_words(evidence.figure, evidence.unit),
        state=state,
        recheck_on=evidence.recheck_on,
        withdrawn_reason=evidence.withdrawn_reason,
    )


def figure_in_words(figure: Decimal | None, unit: str) -> str:
    """A measured figure as the reader's language writes it, without needless zeros."""
    if figure is None:
        return ""
    plain = figure.normalize()
    exponent = plain.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    number = number_format(plain, decimal_pos=places, force_grouping=True)
    return _("%(figure)s %(unit)s") % {"figure": number, "unit": unit}
