"""What a part of the plan says, as it is frozen when it becomes evidence, and what has changed since."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from throughline.elements.adopting.freezing import digest_of
from throughline.plans.models import Action, Cited, Cycle, Measure, MeasureValue, PolicyRevision
from throughline.ui.times import day_in_words

Citable = Action | Cycle | Measure | PolicyRevision


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def name_of(part: Citable) -> str:
    """What a part is called in `Cited`."""
    return "revision" if isinstance(part, PolicyRevision) else str(part._meta.model_name)


def content_of(part: Citable, until: date) -> dict[str, Any]:
    """What a part says, in plain JSON. At most one query; none but for a measure, whose values end on a day."""
    match part:
        case Action():
            return {
                "what": "action",
                "title": part.title,
                "goal": part.goal.title if part.goal else "",
                "done_when": part.done_when,
                "state": part.state,
                "state_on": _day(part.state_on),
            }
        case Cycle():
            return _cycle(part)
        case Measure():
            return _measure(part, until)
        case PolicyRevision():
            return {
                "what": "policy",
                "title": part.policy.title,
                "number": part.number,
                "text": part.text,
                "link": part.link,
                "file": part.file.sha256 if part.file else "",
                "adopted_by": part.adopted_by,
                "adopted_on": _day(part.adopted_on),
            }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    return {
        "what": "small-test",
        "title": cycle.test.title,
        "question": cycle.test.question,
        "number": cycle.number,
        **{
            name: getattr(cycle, name) for name in ("change", "prediction", "happened", "compared", "learned")
        },
        "outcome": cycle.outcome,
        "begun_on": _day(cycle.starts_on),
        "ended_on": _day(cycle.ended_on),
    }


def _measure(measure: Measure, until: date) -> dict[str, Any]:
    rows = MeasureValue.objects.filter(
        organisation=measure.organisation_id, measure=measure, taken_back_at=None, on__lte=until
    )
    return {
        "what": "measure",
        **{name: getattr(measure, name) for name in ("title", "definition", "source", "unit")},
        "baseline": _number(measure.baseline),
        "baseline_on": _day(measure.baseline_on),
        "target": _number(measure.target),
        "target_on": _day(measure.target_on),
        "until": _day(until),
        "values": [[_day(each.on), _number(each.value), each.note] for each in rows.order_by("on")],
    }


def frozen(part: Citable, until: date) -> tuple[dict[str, Any], str]:
    """Its content and the digest of that."""
    content = content_of(part, until)
    return content, digest_of(content)


def part_of(cited: Cited) -> Citable:
    """What was cited, as it stands now."""
    part = cited.action or cited.cycle or cited.measure or cited.revision
    assert part is not None  # a constraint of the table
    return part


def changed_since(cited: Cited) -> list[str]:
    """What stands otherwise now, in words; nothing where it is as it was. At most two queries."""
    until = cited.content.get("until", "")
    now = content_of(part_of(cited), date.fromisoformat(until) if until else date.max)
    return [*_differences(cited.content, now), *_more_since(cited, until)]


def _differences(then: dict[str, Any], now: dict[str, Any]) -> Iterable[str]:
    for name, words in labels().items():
        if name in then and then[name] != now.get(name):
            said = in_words(name, now.get(name))
            yield (
                _("%(part)s is now: %(said)s") % {"part": words, "said": said}
                if name != "values"
                else _("Values up to that day have been corrected since.")
            )


def _more_since(cited: Cited, until: str) -> Iterable[str]:
    if cited.measure_id and until:
        rows = MeasureValue.objects.filter(
            organisation=cited.organisation_id, measure=cited.measure_id, taken_back_at=None, on__gt=until
        )
        if last := rows.order_by("-on").first():
            said = {"value": in_words("value", _number(last.value)), "day": day_in_words(last.on)}
            yield _("There are newer values; the last is %(value)s, %(day)s.") % said
    if cited.revision is not None:
        revisions = PolicyRevision.objects.filter(
            organisation=cited.organisation_id,
            policy=cited.revision.policy_id,
            number__gt=cited.revision.number,
        )
        if newer := revisions.order_by("-number").first():
            yield _("There is a newer revision: number %(number)s.") % {"number": newer.number}


def labels() -> dict[str, str]:
    """What each part of the content is called, in the order in which it is shown."""
    return {
        "title": _("Name"),
        "goal": _("Goal"),
        "question": _("Question"),
        "number": _("Number"),
        "done_when": _("Done when"),
        "definition": _("Definition"),
        "source": _("Source"),
        "unit": _("Unit"),
        "change": _("What is changed"),
        "prediction": _("What was expected"),
        "happened": _("What happened"),
        "compared": _("Beside what was expected"),
        "learned": _("What was learned"),
        "outcome": _("What followed"),
        "text": _("What it says"),
        "link": _("Link"),
        "file": _("File, by its SHA-256"),
        "state": _("State"),
        "state_on": _("Done on"),
        "begun_on": _("Began on"),
        "ended_on": _("Ended on"),
        "adopted_by": _("Adopted by"),
        "adopted_on": _("Adopted on"),
        "baseline": _("Where it stood"),
        "baseline_on": _("Where it stood, on"),
        "target": _("Where it should be"),
        "target_on": _("Where it should be, by"),
        "values": _("Values"),
    }


def in_words(name: str, said: Any) -> str:
    """One part of the content as people read it."""
    if name.endswith("_on") and said:
        return day_in_words(date.fromisoformat(said))
    if name == "state":
        return str(dict(Action.State.choices).get(said, said))
    if name == "outcome":
        return str(dict(Cycle.Outcome.choices).get(said, said))
    return str(said) if said not in ("", None) else "–"


def rows_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What was frozen, as rows of a table; what was left empty is left out, values stand by themselves."""
    return [
        (words, in_words(name, content[name]))
        for name, words in labels().items()
        if name != "values" and content.get(name) not in (None, "")
    ]


def values_of(content: dict[str, Any]) -> list[tuple[date, str, str]]:
    """The values of a measure: day, value, note."""
    return [(date.fromisoformat(on), value, note) for on, value, note in content.get("values", [])]
