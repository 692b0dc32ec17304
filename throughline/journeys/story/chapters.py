"""The story of a journey so far: chapters of whole sentences, put together from what was decided and written down.

Pure: it is given rows and addresses and asks nobody. Nothing is invented and nothing weighed: each sentence tells one
fact and leads to the page where that fact stands; what people wrote is quoted as it was written. Ratings are no part
of it, nor who rated.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.journeys.models import Priority, Round, Snapshot
from throughline.journeys.story.words import decided_in_words
from throughline.journeys.words import round_title
from throughline.records.models import Decision, SetAside
from throughline.records.queries import day_of
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of what is told: the profile on a date, a round, its priorities, a decision on one competency."""

    journey: str
    profile: Callable[[date], str]
    round: Callable[[UUID], str]
    report: Callable[[UUID], str]
    priorities: Callable[[UUID], str]
    competency: Callable[[UUID, int], str]


@dataclass(frozen=True, slots=True)
class Moved:
    """The record moved on to other words of its framework, or a round was opened again, and why."""

    at: datetime
    reason: str = ""
    round_id: UUID | None = None
    title: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the story is made of, each kind in order of time; from the moment `since` on, where that is told.

    `in_all`: how many rounds there were, when the first ones are left out.
    """

    started_at: datetime
    rounds: Sequence[Round]
    snapshots: Sequence[Snapshot]
    decisions: Sequence[Decision]
    priorities: Sequence[Priority]
    aside: Sequence[SetAside]
    moves: Sequence[Moved]
    reopened: Sequence[Moved]
    names: Mapping[UUID, str]
    since: datetime | None = None
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, where it comes from, and what somebody wrote (empty: nothing is quoted)."""

    text: str
    href: str
    quote: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A round, or the time after it. `lines` are told one after another, `passages` each with its quotation."""

    title: str
    lines: tuple[Passage, ...]
    passages: tuple[Passage, ...]


def story_of(facts: Facts, links: Links) -> tuple[Chapter, ...]:
    """The chapters in order of time; empty ones are left out."""
    known = {each.pk for each in facts.rounds}
    told = (each for each in _loose(facts, links, known) if facts.since is None or each[0] >= facts.since)
    loose = sorted(told, key=lambda each: each[0])
    begun = Passage(
        _("The journey began on %(date)s.") % {"date": day_in_words(facts.started_at)}, links.journey
    )
    rounds = [each for each in facts.rounds if each.opened_at is not None]
    first = rounds[0].opened_at if rounds else None
    chapters = [
        Chapter(_("The beginning"), (begun,), _until(loose, first)),
    ]
    for place, held in enumerate(rounds):
        following = rounds[place + 1].opened_at if place + 1 < len(rounds) else None
        chapters.append(_chapter(held, facts, links))
        later = tuple(
            each
            for at, each in loose
            if held.opened_at and at >= held.opened_at and (following is None or at < following)
        )
        if later:
            title = _after(held) if following else _("Since then")
            chapters.append(Chapter(title, (), later))
    return tuple(chapters)


def _after(held: Round) -> str:
    return _("%(round)s: what came after") % {"round": round_title(held.number)}


def _until(loose: Iterable[tuple[datetime, Passage]], end: datetime | None) -> tuple[Passage, ...]:
    return tuple(each for at, each in loose if end is None or at < end)


def _chapter(held: Round, facts: Facts, links: Links) -> Chapter:
    told = [each for each in facts.decisions if each.context == held.pk and each.before != each.after]
    chosen = [each for each in facts.priorities if each.round_id == held.pk]
    again = [each for each in facts.reopened if each.round_id == held.pk]
    return Chapter(
        title=round_title(held.number),
        lines=_course(held, facts, links),
        passages=(
            *(_decided(each, facts, links, dated=False) for each in told),
            *(_chosen(each, facts, links) for each in chosen),
            *(_opened_again(each, links) for each in again),
        ),
    )


def _course(held: Round, facts: Facts, links: Links) -> tuple[Passage, ...]:
    """When it was opened, who took part, what it came to, when it was closed."""
    here = links.round(held.pk)
    told = []
    if held.opened_at:
        date = {"date": day_in_words(held.opened_at)}
        told.append(Passage(_("On %(date)s we asked everyone to rate on their own.") % date, here))
    snapshot = next((each for each in reversed(facts.snapshots) if each.round_id == held.pk), None)
    if snapshot is None or held.state != Round.State.CLOSED or held.closed_at is None:
        under_way = {
            Round.State.RATING.value: _("Everyone is still rating on their own."),
            Round.State.AGREEING.value: _(
                "The team is talking about what it found and agreeing where it stands."
            ),
        }
        if held.state in under_way:
            told.append(Passage(under_way[held.state], here))
        return tuple(told)
    count = snapshot.content.get("raters", 0)
    took_part = ngettext(
        "One person took part before the team talked.",
        "%(count)s people took part before the team talked.",
        count,
    ) % {"count": count}
    told += [Passage(took_part, here), *_came_to(snapshot, links)]
    closed = _("We closed the round on %(date)s and kept a snapshot of where we stood.")
    told.append(Passage(closed % {"date": day_in_words(held.closed_at)}, links.report(held.pk)))
    return tuple(told)


def _came_to(snapshot: Snapshot, links: Links) -> Iterable[Passage]:
    here = links.round(snapshot.round_id)
    states = [each.get("state") for each in snapshot.content.get("items", []) if each.get("in_round")]
    agreed, rest = states.count("agreed"), len(states) - states.count("agreed")
    said = ngettext("We agreed on one competency.", "We agreed on %(count)s competencies.", agreed)
    yield Passage(said % {"count": agreed}, here)
    if rest:
        left = ngettext(
            "One was left open or left for later, with a reason.",
            "%(count)s were left open or left for later, with their reasons.",
            rest,
        )
        yield Passage(left % {"count": rest}, here)


def _loose(facts: Facts, links: Links, known: set[UUID]) -> Iterable[tuple[datetime, Passage]]:
    """What happened outside the rounds, each with its time."""
    for each in facts.decisions:
        if each.context not in known and each.before != each.after and each.how != "moved":
            yield each.at, _decided(each, facts, links, dated=True)
    for row in facts.aside:
        yield from _set_aside(row, facts, links)
    for priority in facts.priorities:
        if priority.dropped_at:
            yield priority.dropped_at, _dropped(priority, facts, links)
    for move in facts.moves:
        said = _("On %(date)s we moved on to version %(number)s of “%(title)s”:")
        told = {"date": day_in_words(move.at), "number": move.number, "title": move.title}
        yield move.at, Passage(said % told, links.profile(day_of(move.at)), move.reason)


def _decided(each: Decision, facts: Facts, links: Links, *, dated: bool) -> Passage:
    name = facts.names.get(each.competency_id, "")
    text = decided_in_words(each, name, day_in_words(each.at) if dated else "")
    return Passage(text, links.competency(each.competency_id, each.number), each.reason)


def _chosen(each: Priority, facts: Facts, links: Links) -> Passage:
    name = {"name": facts.names.get(each.competency_id, ""), "lead": f"\u2068{each.lead.name}\u2069"}
    text = _("We made %(name)s a priority:") % name
    after = _("%(lead)s leads it until %(date)s.") % {**name, "date": day_in_words(each.by_when)}
    return Passage(text, links.priorities(each.round_id), each.why_now, after)


def _dropped(each: Priority, facts: Facts, links: Links) -> Passage:
    said = _("On %(date)s we took %(name)s off our priorities.")
    told = {
        "date": day_in_words(each.dropped_at) if each.dropped_at else "",
        "name": facts.names.get(each.competency_id, ""),
    }
    return Passage(said % told, links.priorities(each.round_id))


def _opened_again(each: Moved, links: Links) -> Passage:
    said = _("On %(date)s we reopened this round:") % {"date": day_in_words(each.at)}
    assert each.round_id is not None
    return Passage(said, links.round(each.round_id), each.reason)


def _set_aside(row: SetAside, facts: Facts, links: Links) -> Iterable[tuple[datetime, Passage]]:
    told = {"name": facts.names.get(row.competency_id, ""), "date": day_in_words(row.at)}
    there = links.profile(day_of(row.at))
    said = _("On %(date)s we left %(name)s out, so it isn’t counted:") % told
    yield row.at, Passage(said, there, row.reason)
    if row.taken_up_at:
        told["date"], there = day_in_words(row.taken_up_at), links.profile(day_of(row.taken_up_at))
        yield row.taken_up_at, Passage(_("On %(date)s we included %(name)s again.") % told, there)
