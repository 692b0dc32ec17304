"""How many of each group chose each step: kept while answers are let go, and counted anew from them by a command.

The caller's transaction holds the answers and this. `Tally` is never shown: `freezing` says what may be.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from throughline.kit.ids import opaque_id
from throughline.voices.models import Answer, Asked, Question, Tally
from throughline.voices.scales import is_step

AT_ONCE = 2_000  # rows in one statement: nine values each, and an engine takes 32,766
ANSWERS_AT_ONCE = 2_000

_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_INSERT = "INSERT INTO voices_tally (id, organisation_id, asked_id, question_id, way, cut, cell, step, count) VALUES "
_ADD = " DO UPDATE SET count = voices_tally.count + excluded.count"
_ADD_PEOPLE = f" ON CONFLICT (organisation_id, asked_id, way, cut, cell) WHERE question_id IS NULL{_ADD}"
_ADD_STEPS = (
    " ON CONFLICT (organisation_id, asked_id, way, cut, cell, question_id, step)"
    f" WHERE question_id IS NOT NULL{_ADD}"
)


class Key(NamedTuple):
    """What one tally counts. `question` None: people. `cut`, `cell`: those who made this choice; empty: all."""

    way: str
    cut: str
    cell: str
    question: UUID | None
    step: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A tally that is not what the answers say; 0 where there is none."""

    asked_id: UUID
    key: Key
    kept: int
    counted: int


@dataclass(frozen=True, slots=True)
class _Form:
    """What can be answered: question code → id, background question → its choices. Anything else is not counted."""

    questions: Mapping[str, UUID]
    choices: Mapping[str, frozenset[str]]


def add(asked: Asked, way: str, contents: Iterable[Mapping[str, Any]]) -> None:
    """Count these answers of a group in. Two queries and one statement for 2,000 tallies, in the caller's transaction."""
    counted = _counted(_form_of(asked), ((way, content) for content in contents))
    # In one order everywhere, so that two who add at once wait for each other and never both for both.
    rows = iter(sorted(counted.items(), key=lambda row: (row[0][:3], str(row[0].question), row[0].step)))
    while some := list(islice(rows, AT_ONCE)):
        for people in (True, False):
            if those := [row for row in some if (row[0].question is None) is people]:
                _upsert(asked, those, people)


def counted_anew(asked: Asked) -> Counter[Key]:
    """What the answers of a group add up to, read as a stream."""
    rows = Answer.objects.filter(organisation=asked.organisation_id, asked=asked)
    stream = rows.order_by().values_list("way", "content").iterator(chunk_size=ANSWERS_AT_ONCE)
    return _counted(_form_of(asked), stream)


@transaction.atomic
def differences_of(asked: Asked) -> list[Difference]:
    """Where the kept tallies of a group differ from what its answers say. Holds the group meanwhile."""
    _held(asked)
    return _differences(asked, _kept(asked), counted_anew(asked))


@transaction.atomic
def rebuild(asked: Asked) -> list[Difference]:
    """Put the tallies of a group back to what its answers say; answers what was wrong."""
    _held(asked)
    counted = counted_anew(asked)
    wrong = _differences(asked, _kept(asked), counted)
    if wrong:
        Tally.objects.filter(organisation=asked.organisation_id, asked=asked).delete()
        rows = (
            Tally(organisation_id=asked.organisation_id, asked=asked, count=count, **_fields(key))
            for key, count in counted.items()
        )
        Tally.objects.bulk_create(rows, batch_size=AT_ONCE)
    return wrong


def lay_anew(asked: Asked) -> None:
    """Write the tallies of a group again in the order of their keys, in the caller's transaction: those that stand there
    lie in the order in which a step was first chosen."""
    rows = sorted(
        counted_anew(asked).items(), key=lambda row: (row[0][:3], str(row[0].question), row[0].step)
    )
    Tally.objects.filter(organisation=asked.organisation_id, asked=asked).delete()
    Tally.objects.bulk_create(
        (
            Tally(organisation_id=asked.organisation_id, asked=asked, count=count, **_fields(key))
            for key, count in rows
        ),
        batch_size=AT_ONCE,
    )


def _differences(asked: Asked, kept: Counter[Key], counted: Counter[Key]) -> list[Difference]:
    return [
        Difference(asked.pk, key, kept[key], counted[key])
        for key in kept.keys() | counted.keys()
        if kept[key] != counted[key]
    ]


def _held(asked: Asked) -> None:
    Asked.objects.select_for_update().get(pk=asked.pk, organisation_id=asked.organisation_id)


def _kept(asked: Asked) -> Counter[Key]:
    rows = Tally.objects.filter(organisation=asked.organisation_id, asked=asked, count__gt=0)
    return Counter(
        {
            Key(way, cut, cell, question, step): count
            for way, cut, cell, question, step, count in rows.values_list(
                "way", "cut", "cell", "question", "step", "count"
            )
        }
    )


def _form_of(asked: Asked) -> _Form:
    """Two queries, one where the listening is loaded already."""
    questions = Question.objects.filter(
        organisation=asked.organisation_id, asked=asked, kind=Question.Kind.STEPS
    )
    return _Form(
        dict(questions.values_list("code", "pk")),
        {
            each["code"]: frozenset(choice["code"] for choice in each["choices"])
            for each in asked.listening.background
        },
    )


def _counted(form: _Form, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> Counter[Key]:
    """Each answer counts once among all, and once in its cell of each cut."""
    people: Counter[tuple[str, str, str]] = Counter()
    steps: dict[tuple[str, str, str], Counter[tuple[str, int]]] = {}
    for way, content in answers:
        given = [
            (code, step)
            for code, step in content.get("steps", {}).items()
            if code in form.questions and is_step(step)
        ]
        for place in _places(form, way, content.get("background", {})):
            people[place] += 1
            steps.setdefault(place, Counter()).update(given)
    counted = Counter({Key(*place, None, 0): count for place, count in people.items()})
    for place, row in steps.items():
        for (code, step), count in row.items():
            counted[Key(*place, form.questions[code], step)] = count
    return counted


def _places(form: _Form, way: str, background: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield way, "", ""
    for cut, choices in form.choices.items():
        choice = background.get(cut, "")
        yield way, cut, choice if choice in choices else ""


def _fields(key: Key) -> dict[str, Any]:
    way, cut, cell, question, step = key
    return {"way": way, "cut": cut, "cell": cell, "question_id": question, "step": step}


def _upsert(asked: Asked, rows: list[tuple[Key, int]], people: bool) -> None:
    """Add to what stands there. By hand: Django's upsert replaces a value and cannot add to it."""
    place = [_as_written(asked.organisation_id), _as_written(asked.pk)]
    ids = {key.question: key.question and _as_written(key.question) for key, _count in rows}
    values: list[Any] = []
    for (way, cut, cell, question, step), count in rows:
        values += (_as_written(opaque_id()), *place, ids[question], way, cut, cell, step, count)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT + ", ".join([_ROW] * len(rows)) + (_ADD_PEOPLE if people else _ADD_STEPS), values
        )


def _as_written(key: UUID) -> Any:
    """As the engine writes a key down."""
    return Tally._meta.pk.get_db_prep_save(key, connection)
