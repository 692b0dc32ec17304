"""How many answers a second two cores take, and whether each acknowledged one is there once.

python -m bench.answering [--quick]

Those who answer share the cores with the server. A rate holds when the slowest kind of request is answered within 300 ms
for 95 of 100 and nothing goes wrong.
"""

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)

THINK = 2.0  # seconds over a page
RATES = (10, 16, 22, 28, 36)  # people who come each second
SECONDS = 15.0
GOAL = 300.0  # milliseconds
AT_ONCE, THINK_AT_ONCE = 1000, 15.0
ABOUT = (
    "stakeholder-buy-in",
    "student-agency-and-voice",
    "feedback-for-growth",
    "timely-support",
)


def main() -> None:
    """Prepare an empty database and a listening, measure, and print the figures as JSON."""
    call_command("prepare", stdout=sys.stderr)
    print(json.dumps(measure_answering(quick="--quick" in sys.argv[1:])))


def measure_answering(*, quick: bool) -> dict[str, Any]:
    """Rates from slow to quick until one does not hold, with one web process and with two; then a thousand at once."""
    from bench.load import served

    asked = _listening()
    found: dict[str, Any] = {"think": THINK, "steps": {}}
    for processes in (1, 2):
        steps = []
        with served("--workers", str(processes), quiet=True) as port:
            _people(port, asked.place, 20, 1, 1, 0.2)
            for rate in RATES[:1] if quick else RATES:
                told = _held(asked, port, 0, rate, 3 if quick else SECONDS, 0.5 if quick else THINK)
                steps.append({"each_second": rate, **told})
                if told["p95"] > GOAL or told["wrong"]:
                    break
        found["steps"][processes] = steps
    with served(quiet=True) as port:
        _people(port, asked.place, 20, 1, 1, 0.2)
        many = 50 if quick else AT_ONCE
        found["at_once"] = {
            "people": many,
            "think": THINK_AT_ONCE,
            **_held(asked, port, many, 1, 0, 1.0 if quick else THINK_AT_ONCE),
        }
    return found


def _listening() -> Any:
    from bench.building import build
    from bench.sizes import BASE, Size
    from throughline.kit import clock
    from throughline.voices.asking.actions import (
        ask_group,
        begin_listening,
        change_listening,
        compose,
        open_listening,
    )

    school = build(Size(2, 1, BASE.items))
    lead = school.people[0]
    begun = begin_listening(journey=school.place.journey, title="Fall", by=lead)
    asked = ask_group(listening=begun, group="family", invited=50_000, by=lead)
    compose(listening=begun, competencies=ABOUT, languages=["en", "es"], by=lead)
    change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=2),
        contact={"en": "The office", "es": "La oficina"},
        by=lead,
    )
    open_listening(listening=begun, by=lead)
    return asked


def _people(
    port: int, place: str, at_once: int, each_second: float, seconds: float, think: float
) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.answering.respondents", str(port), place]
    command += [str(each) for each in (at_once, each_second, seconds, think)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return told


def _held(
    asked: Any, port: int, at_once: int, each_second: float, seconds: float, think: float
) -> dict[str, Any]:
    """What these people noticed, and whether each acknowledged answer is there once."""
    before = _there(asked)
    told = _people(port, asked.place, at_once, each_second, seconds, think)
    after = _there(asked)
    new = after[0] - before[0]
    by_kind = {kind: quantiles(waited, n=20)[-1] for kind, waited in told["waited"].items()}
    marks = after[1] - before[1]
    return {
        "came": told["came"],
        "acknowledged": len(told["acknowledged"]),
        "there": new,
        "lost": len([mark for mark in told["acknowledged"] if not marks[mark]]),
        "doubled": sum(count > 1 for count in marks.values()),
        "wrong": Counter(told["wrong"]),
        "submissions": len(told["acknowledged"]) / told["took"],
        "requests": sum(map(len, told["waited"].values())) / told["took"],
        "median": median([each for waited in told["waited"].values() for each in waited]),
        "p95": max(by_kind.values()),
        "by_kind": by_kind,
    }


def _there(asked: Any) -> "tuple[int, Counter[str]]":
    """How many answers there are, and how often each mark was written down (once for each domain)."""
    from throughline.voices.models import Answer, HeldAnswer, HeldWords, Question

    answers = HeldAnswer.objects.filter(asked=asked).count() + Answer.objects.filter(asked=asked).count()
    first = Question.objects.filter(asked=asked, kind="open").earliest("position")
    return answers, Counter(HeldWords.objects.filter(question=first).values_list("text", flat=True))


if __name__ == "__main__":
    main()
