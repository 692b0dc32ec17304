"""The report of a closed round: its snapshot, and the decisions in force on its date, as sentences in reading order.

The page and the PDF show the same `Report`. It holds no rating, and nobody's name but those who decide in the open:
who brought a piece of evidence, who leads a priority.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.models import Competency
from throughline.frameworks.tree import StepLabel
from throughline.journeys.models import Journey, RoundItem
from throughline.journeys.report.snapshot import Frozen, FrozenItem, FrozenPriority
from throughline.journeys.report.sources import Decided, Source, sources_of
from throughline.journeys.report.words import (
    after_talk_in_words,
    how_to_read,
    outcome_in_words,
    since_start_in_words,
    spread_in_words,
    standing_in_words,
)
from throughline.journeys.spread.change_words import look_in_a_sentence
from throughline.journeys.versions import said_alike
from throughline.journeys.words import round_title, scope_in_words
from throughline.records.moving.carry_over import restated
from throughline.records.profile.picture import in_words
from throughline.records.queries import Profile, ProfileItem
from throughline.records.reading import why_in_words
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class Entry:
    """One competency of the round as the team left it. Texts that do not apply are empty."""

    name: str
    hue: int
    level: str
    standing: str
    standing_word: str
    recheck: bool
    outcome: str
    spread: str
    reason: str
    why: str
    dissent: str
    check_on: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A domain with what the round said of it."""

    name: str
    question: str
    hue: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What stands otherwise than in the round before, and why."""

    name: str
    hue: int
    sentences: tuple[str, ...]
    why: str
    reason: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A priority as it stood when the round was closed."""

    name: str
    hue: int
    why_now: str
    aim: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A competency left open or put off, with the team's reason."""

    name: str
    hue: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A closed round, ready to be laid out."""

    title: str
    organisation: str
    scope: str
    round: str
    date: str
    edition: str
    summary: tuple[str, ...]
    profile: Profile
    earlier: Profile | None
    earlier_name: str
    changes: tuple[Change, ...]
    aims: tuple[Aim, ...]
    parts: tuple[Part, ...]
    unsettled: tuple[Unsettled, ...]
    sources: tuple[Source, ...]
    reading: tuple[str, ...]
    attribution: str
    source_url: str


def report_of(
    journey: Journey, frozen: Frozen, earlier: Frozen | None, decisions: Sequence[Decided]
) -> Report:
    """Put a report together. `decisions` are those in force when the snapshot was taken, with their citations."""
    sources, cited = sources_of(decisions, frozen.snapshot.taken_at)
    deciding = {each.competency_id: each for each in decisions}
    held = frozen.snapshot.round
    tree = frozen.profile.tree
    return Report(
        title=journey.name,
        organisation=journey.organisation.name,
        scope=scope_in_words(journey),
        round=round_title(held.number),
        date=day_in_words(frozen.snapshot.taken_at),
        edition=_edition(frozen),
        summary=_summary(frozen),
        profile=frozen.profile,
        earlier=restated(earlier.profile, tree) if earlier else None,
        earlier_name=day_in_words(earlier.snapshot.taken_at) if earlier else "",
        changes=_changes(frozen, earlier, deciding) if earlier else (),
        aims=aims_of(frozen, _aim),
        parts=tuple(
            Part(
                domain.name,
                domain.question,
                domain.hue,
                tuple(
                    _entry(each, deciding.get(each.competency.id), cited, held.id, tree.step_labels)
                    for each in entries
                ),
            )
            for domain, entries in frozen.parts
        ),
        unsettled=_unsettled(frozen),
        sources=sources,
        reading=how_to_read(),
        attribution=tree.attribution,
        source_url=tree.source_url,
    )


def _edition(frozen: Frozen) -> str:
    held, number = frozen.snapshot.round, frozen.snapshot.edition
    if number == 1:
        return ""
    if held.reopened_at is None or held.reopened_at > frozen.snapshot.taken_at:
        return _("Edition %(number)s of this round.") % {"number": number}
    return _("Edition %(number)s: the round was reopened on %(date)s. Reason: %(reason)s") % {
        "number": number,
        "date": day_in_words(held.reopened_at),
        "reason": held.reopened_reason,
    }


def _summary(frozen: Frozen) -> tuple[str, ...]:
    said = [
        ngettext(
            "One person rated on their own before the team agreed.",
            "%(count)s people rated on their own before the team agreed.",
            frozen.raters,
        )
        % {"count": frozen.raters},
        ngettext("One competency was agreed.", "%(count)s competencies were agreed.", frozen.agreed)
        % {"count": frozen.agreed},
    ]
    if frozen.open:
        said.append(
            ngettext(
                "One was left open or left for later, with a reason.",
                "%(count)s were left open or left for later, with their reasons.",
                frozen.open,
            )
            % {"count": frozen.open}
        )
    first = (since_start_in_words(frozen.profile),) if frozen.snapshot.round.number == 1 else ()
    return (" ".join(said), in_words(frozen.profile), *first)


def _spread(each: FrozenItem, labels: tuple[StepLabel, ...]) -> str:
    """How far people agreed alone and after talking, and how an earlier moment looked to them."""
    said = [spread_in_words(each.word), after_talk_in_words(each.word_after)]
    if each.look:
        said.append(look_in_a_sentence(each.look, labels))
    return " ".join(filter(None, said))


def _entry(
    each: FrozenItem,
    decision: Decided | None,
    cited: Mapping[UUID, tuple[int, ...]],
    round_id: UUID,
    labels: tuple[StepLabel, ...],
) -> Entry:
    item = each.item
    here = decision if decision and decision.context == round_id else None
    return Entry(
        name=each.competency.name,
        hue=each.competency.hue,
        level=str(Competency.Level(each.competency.level).label),
        standing=str(item.standing),
        standing_word=standing_in_words(item),
        recheck=item.counts and item.recheck,
        outcome=outcome_in_words(each),
        spread=_spread(each, labels),
        reason=each.reason,
        why=why_in_words(here.why_changed) if here else "",
        dissent=here.dissent if here else "",
        check_on=day_in_words(here.check_on) if here and here.check_on else "",
        sources=cited.get(decision.id, ()) if decision else (),
    )


def _changes(frozen: Frozen, earlier: Frozen, deciding: Mapping[UUID, Decided]) -> tuple[Change, ...]:
    then = restated(earlier.profile, frozen.profile.tree).by_competency()
    steps = _steps_before(frozen, earlier)
    now = {each.competency.id: each for _domain, rows in frozen.parts for each in rows}
    found = []
    for item in frozen.profile.items:
        competency, entry = item.competency, now.get(item.competency.id)
        sentences = _moved(then.get(competency.id), item)
        if entry and entry.step and steps.get(competency.id, entry.step) != entry.step:
            sentences.append(
                _("The agreed step was “%(before)s” and is “%(now)s”.")
                % {"before": steps[competency.id], "now": entry.step}
            )
        if sentences:
            decision = deciding.get(competency.id)
            found.append(
                Change(
                    competency.name,
                    competency.hue,
                    tuple(sentences),
                    why_in_words(decision.why_changed) if decision else "",
                    decision.reason if decision else item.set_aside or "",
                )
            )
    return tuple(found)


def _steps_before(frozen: Frozen, earlier: Frozen) -> dict[UUID, str]:
    """The steps agreed in the round before; in newer words where that is told alike."""
    said = {each.competency.id: each.step for _domain, rows in earlier.parts for each in rows if each.step}
    return said_alike(frozen.profile.tree, earlier.profile.tree.version_id, said)


def _moved(then: ProfileItem | None, now: ProfileItem) -> list[str]:
    if then is None or (then.standing, then.counts) == (now.standing, now.counts):
        return []
    return [
        _("It was %(before)s and is %(now)s.")
        % {"before": standing_in_words(then), "now": standing_in_words(now)}
    ]


def aims_of(frozen: Frozen, aim: Callable[[FrozenPriority], str]) -> tuple[Aim, ...]:
    """The priorities of a snapshot; `aim` says what is aimed at, and who leads it where readers may know."""
    return tuple(
        Aim(
            name=each.item.competency.name,
            hue=each.item.competency.hue,
            why_now=each.why_now,
            aim=aim(each),
            next_step=_("Next, on %(date)s: %(step)s")
            % {"date": day_in_words(each.next_step_on), "step": each.next_step}
            if each.next_step_on
            else "",
        )
        for each in frozen.priorities
    )


def _aim(each: FrozenPriority) -> str:
    told = {"step": each.step, "date": day_in_words(each.by_when), "lead": each.lead}
    return _("To “%(step)s” by %(date)s. Led by %(lead)s.") % told


def _unsettled(frozen: Frozen) -> tuple[Unsettled, ...]:
    return tuple(
        Unsettled(each.competency.name, each.competency.hue, outcome_in_words(each), each.reason)
        for _domain, rows in frozen.parts
        for each in rows
        if each.state != RoundItem.State.AGREED
    )
