"""The rows of a journey's first page as sentences with names set apart."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.journeys.models import Round
from throughline.journeys.overview.queries import Change, Chosen, Line, Overview
from throughline.journeys.words import address, addresses, round_title
from throughline.records.models import StandingValue, WhyChanged
from throughline.records.profile.picture import Link, mark_of
from throughline.records.queries import ProfileItem
from throughline.ui.times import day, day_in_words, month_in_words

LONGEST_REASON = 160
MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A mark, a name that leads somewhere, what to say after it, a quiet line below."""

    mark: SafeString
    name: str
    url: str
    after: str
    note: str | SafeString


def mark_for(item: ProfileItem) -> SafeString:
    """The standing mark of a competency in its domain's colour."""
    return mark_of(str(item.standing), item.competency.hue, item.recheck, not item.counts)


def priority_rows(seen: Overview, link: Link) -> list[Row]:
    """The priorities: to which step by when, who leads, what comes next."""
    return [
        Row(
            mark_for(chosen.item),
            chosen.item.competency.name,
            link(chosen.item.competency),
            "",
            _priority_note(seen, chosen),
        )
        for chosen in seen.priorities
    ]


def _priority_note(seen: Overview, chosen: Chosen) -> SafeString:
    words = {
        "step": seen.framework.step_label(chosen.step).lower(),
        "month": month_in_words(chosen.by_when),
        "lead": format_html("<bdi>{}</bdi>", chosen.lead),
    }
    if chosen.next_step and chosen.next_step_on:
        return format_html(
            _("to “{step}” by {month} · led by {lead} · next: {next}, {date}"),
            **words,
            next=format_html("<bdi>{}</bdi>", Truncator(chosen.next_step).chars(LONGEST_REASON)),
            date=day_in_words(chosen.next_step_on),
        )
    told = format_html(_("to “{step}” by {month} · led by {lead} · no next step yet"), **words)
    if not (seen.place.decides or seen.place.runs) or seen.priorities_of is None:
        return told
    url = address(
        seen.place.seat,
        "priority",
        round_id=seen.priorities_of,
        competency_id=chosen.competency_id,
    )
    return format_html(
        '{} · <a href="{}">{}<span class="visually-hidden"> {}</span></a>',
        told,
        url,
        _("add one"),
        chosen.item.competency.name,
    )


def change_rows(changes: list[Change], link: Link) -> list[Row]:
    """What moved, and why, in the words of the decision: what was earned first, and only as much as a page bears."""
    weighed = sorted(changes, key=lambda change: change.item.standing != StandingValue.EARNED)
    return [
        Row(
            mark_for(change.item),
            change.item.competency.name,
            link(change.item.competency),
            _moved_in_words(change),
            _why(change),
        )
        for change in weighed[:MOST_ROWS]
    ]


def _moved_in_words(change: Change) -> str:
    if change.item.standing == StandingValue.EARNED:
        return _("earned")
    if change.before == StandingValue.EARNED:
        return _("no longer earned")
    if change.item.standing == StandingValue.IN_PROGRESS:
        return _("has begun")
    return _("no longer in progress")


def _why(change: Change) -> str:
    reason = Truncator(change.reason).chars(LONGEST_REASON)
    sentences = {
        WhyChanged.PRACTICE.value: _("because the practice changed: %(reason)s"),
        WhyChanged.UNDERSTANDING.value: _("because we understand it better: %(reason)s"),
        WhyChanged.EVIDENCE.value: _("because the evidence is out of date: %(reason)s"),
        WhyChanged.RATERS.value: _("because other people took part: %(reason)s"),
    }
    return sentences.get(change.why_changed, "%(reason)s") % {"reason": reason}


def recheck_rows(items: list[ProfileItem], link: Link) -> list[Row]:
    """What stands on evidence that has aged."""
    return [
        Row(
            mark_for(item),
            item.competency.name,
            link(item.competency),
            _("to re-check"),
            format_html(
                '{} · <a href="{}">{}<span class="visually-hidden"> {}</span></a>',
                _("its check date has come, or its evidence is out of date"),
                link(item.competency),
                _("take a look"),
                item.competency.name,
            ),
        )
        for item in items
    ]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round in the time line: when, what it is called, where it leads. `report`: the address of the report of a closed one."""

    when: str | SafeString
    name: str
    url: str
    closed: bool
    report: str
    reopened: bool


def round_rows(seen: Overview) -> list[RoundRow]:
    """The rounds, newest first."""
    to_round = addresses(seen.place.seat, "round", "round_id")
    to_report = addresses(seen.place.seat, "report", "round_id")
    return [
        RoundRow(
            when=_when(line),
            name=round_title(line.number),
            url=to_round(line.id),
            closed=line.closed,
            report=to_report(line.id) if line.closed else "",
            reopened=line.reopened_at is not None,
        )
        for line in seen.rounds
    ]


def _when(line: Line) -> str | SafeString:
    if line.closed:
        return day(line.closed_at, "absolute")
    if line.state == Round.State.DRAFT:
        return _("draft")
    if line.state == Round.State.AGREEING:
        return _("agreeing")
    if line.due_on is None:
        return _("rating")
    until = _("until %(date)s") % {"date": day_in_words(line.due_on)}
    return f"{_('rating')} · {until}"
