"""What may be shown of a listening, frozen when it is closed: plain JSON, and the SHA-256 of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from throughline.elements.adopting.freezing import digest_of
from throughline.voices.figures.suppression import (
    Cut,
    Outcome,
    Parcel,
    Shown,
    Together,
    Unit,
    Way,
    shown_of,
    together,
)
from throughline.voices.groups import in_order
from throughline.voices.models import Asked, Figures, Listening, Question, Tally
from throughline.voices.models import Way as CameBy

FORMAT = 1
ORDERED = frozenset({"grade-band"})  # background questions whose choices follow upon each other


@transaction.atomic
def freeze(listening: Listening) -> Figures:
    """Keep what may be shown of a listening, for good. Done a second time, it answers what was kept. Five queries."""
    Listening.objects.select_for_update().get(pk=listening.pk, organisation_id=listening.organisation_id)
    place = {"organisation_id": listening.organisation_id, "listening": listening}
    if kept := Figures.objects.filter(**place).first():
        return kept
    content = content_of(listening)
    return Figures.objects.create(**place, content=content, digest=digest_of(content))


def content_of(listening: Listening) -> dict[str, Any]:
    """What may be shown, in plain JSON. Three queries."""
    asked = _in_order(listening)
    questions = list(
        Question.objects.filter(
            organisation=listening.organisation_id, asked__in=asked, kind=Question.Kind.STEPS
        ).order_by("position", "pk")
    )
    outcome = shown_of(
        parcels_of(asked, questions),
        cuts=[_cut(each) for each in listening.background],
        threshold=listening.threshold,
        asked_of_all={key_of(question) for question in questions if question.block == 0}
        - {key_of(question) for question in questions if question.block},
    )
    return {
        "format": FORMAT,
        "title": listening.title,
        "threshold": listening.threshold,
        "opened": listening.opened_at.isoformat() if listening.opened_at else "",
        "closed": listening.closed_at.isoformat() if listening.closed_at else "",
        "background": listening.background,
        "groups": [
            {"code": each.group, "young": each.young, "invited": each.invited, "by_code": each.by_code}
            for each in asked
        ],
        "questions": [
            _told(question, each.group)
            for each in asked
            for question in questions
            if question.asked_id == each.pk
        ],
        **told(outcome),
    }


def key_of(question: Question) -> str:
    """What makes questions of several groups one: the same indicator on the same scale. A school's own are their own."""
    if question.own or not question.indicator:
        return f"{question.asked_id}/{question.code}"
    return f"{question.competency}.{question.indicator}/{question.scale}"


def parcels_of(asked: Sequence[Asked], questions: Sequence[Question]) -> list[Parcel]:
    """The tallies of these groups, in parcels: by group (or groups counted as one) and by how they came. One query."""
    found: dict[tuple[Any, Way], _Filling] = {
        (each.pk, way): _Filling(questions, each) for each in asked for way in (Way.INVITED, Way.LINK)
    }
    rows = Tally.objects.filter(organisation=asked[0].organisation_id, asked__in=asked) if asked else []
    for row in rows:
        way = Way.INVITED if row.way == CameBy.CODE else Way.LINK
        found[row.asked_id, way].add(row)
    parcels = []
    for groups in _counted_as_one(asked):
        for way in (Way.INVITED, Way.LINK):
            own = [found[each.pk, way].parcel(way) for each in groups]
            parcels.append(together(own, Together.PLANNED if len(own) > 1 else Together.NO))
    return parcels


class _Filling:
    """A parcel while it is filled."""

    def __init__(self, questions: Sequence[Question], asked: Asked) -> None:
        own = [question for question in questions if question.asked_id == asked.pk]
        self.group = asked.group
        self.keys = {question.pk: key_of(question) for question in own}
        self.people = 0
        self.steps: dict[str, dict[int, int]] = {key_of(question): {} for question in own}
        self.cells: dict[str, dict[str, int]] = {}
        self.cell_steps: dict[tuple[str, str, str], dict[int, int]] = {}

    def add(self, row: Tally) -> None:
        if row.question_id is None:
            if row.cut:
                cells = self.cells.setdefault(row.cut, {})
                cells[row.cell] = cells.get(row.cell, 0) + row.count
            else:
                self.people += row.count
        elif key := self.keys.get(row.question_id):
            into = self.cell_steps.setdefault((row.cut, row.cell, key), {}) if row.cut else self.steps[key]
            into[row.step] = into.get(row.step, 0) + row.count

    def parcel(self, way: Way) -> Parcel:
        return Parcel((self.group,), way, self.people, self.steps, self.cells, self.cell_steps)


def _in_order(listening: Listening) -> list[Asked]:
    asked = {
        each.group: each
        for each in Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
    }
    return [asked[group.code] for group in in_order(asked)]


def _counted_as_one(asked: Sequence[Asked]) -> list[list[Asked]]:
    """The groups, those together that are counted as one."""
    sets: list[set[str]] = [{each.group} for each in asked]
    for each in asked:
        tied = [one for one in sets if one & {each.group, each.counted_with}]
        sets = [one for one in sets if one not in tied] + [set().union(*tied)]
    found = [[each for each in asked if each.group in one] for one in sets]
    return sorted(found, key=lambda groups: asked.index(groups[0]))


def _cut(each: Mapping[str, Any]) -> Cut:
    ordered = bool(each.get("ordered", each["code"] in ORDERED))
    return Cut(each["code"], tuple(choice["code"] for choice in each["choices"]), ordered)


def _told(question: Question, group: str) -> dict[str, Any]:
    return {
        "key": key_of(question),
        "group": group,
        **{
            name: getattr(question, name)
            for name in ("code", "domain", "competency", "indicator", "scale", "words", "edited", "own")
        },
    }


def told(outcome: Outcome) -> dict[str, Any]:
    """All that is shown, in plain JSON."""
    return {
        "units": [_unit(unit) for unit in outcome.units],
        "too_small": list(outcome.too_small),
        "left_out": [list(groups) for groups in outcome.left_out],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "groups": list(unit.groups),
        "way": unit.way.value,
        "together": unit.together.value,
        "people": unit.people,
        "cuts": {
            code: [{"choices": list(band.choices), "people": band.people} for band in bands]
            for code, bands in unit.cuts.items()
        },
        "shown": [_shown(shown) for shown in unit.questions],
    }


def _shown(shown: Shown) -> dict[str, Any]:
    return {
        "key": shown.question,
        "said": shown.said.value,
        "of": shown.of,
        "favorable": shown.favorable,
        "parts": [[list(part.steps), part.count] for part in shown.parts],
        "does_not_apply": shown.does_not_apply,
        "rather_not": shown.rather_not,
        "cuts": {code: [[side.of, side.favorable] for side in sides] for code, sides in shown.cuts.items()},
    }
