"""How many answers a second two cores take, and whether each acknowledged one is there once.

python -m bench.answering [--quick]

50,000 learners were given slips; those who come type their code. They share the cores with the server. A rate holds when
the slowest kind of request is answered within 300 ms for 95 of 100 and nothing goes wrong. About six minutes for an engine.
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
LEARNERS = 50_000
WORKERS = (1, 2, 4)  # web processes
RATES = (20, 32, 48)  # people who come each second
SECONDS = 10.0
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
    """Rates from slow to quick until one does not hold, with each number of web processes; then a thousand at once."""
    from bench.load import served

    asked, codes = _listening(2_000 if quick else LEARNERS)
    found: dict[str, Any] = {"think": THINK, "learners": len(codes), "steps": {}}
    for processes in WORKERS:
        steps = []
        with served("--workers", str(processes), quiet=True) as port:
            _people(port, asked.place, codes, 20, 1, 1, 0.2)
            for rate in RATES[:1] if quick else RATES:
                told = _held(asked, port, codes, 0, rate, 3 if quick else SECONDS, 0.5 if quick else THINK)
                _tell(f"{processes} web processes, {rate} a second", told)
                steps.append({"each_second": rate, **told})
                if told["p95"] > GOAL or told["wrong"]:
                    break
        found["steps"][processes] = steps
    with served(quiet=True) as port:
        _people(port, asked.place, codes, 20, 1, 1, 0.2)
        many, think = (50, 1.0) if quick else (AT_ONCE, THINK_AT_ONCE)
        told = _held(asked, port, codes, many, 1, 0, think)
        _tell(f"{many} at once", told)
        found["at_once"] = {"people": many, "think": think, **told}
    return found


def _tell(what: str, told: dict[str, Any]) -> None:
    print(
        f"{what}: p95 {told['p95']:.0f} ms, {told['acknowledged']} acknowledged, {told['lost']} lost, "
        f"{told['doubled']} doubled, went wrong: {dict(told['wrong'])}",
        file=sys.stderr,
    )


def _listening(learners: int) -> tuple[Any, list[str]]:
    """A listening that is open, and the codes of its learners."""
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
    from throughline.voices.models import Slip
    from throughline.voices.spool.marks import code_hash, new_code

    school = build(Size(2, 1, BASE.items))
    lead = school.people[0]
    begun = begin_listening(journey=school.place.journey, title="Fall", by=lead)
    asked = ask_group(listening=begun, group="learner", invited=learners, by=lead)
    asked.by_code = True
    asked.save(update_fields=["by_code"])
    compose(listening=begun, competencies=ABOUT, languages=["en", "es"], by=lead)
    change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=2),
        contact={"en": "The office", "es": "La oficina"},
        reader=lead,
        by=lead,
    )
    open_listening(listening=begun, by=lead)
    codes = [new_code() for _each in range(learners)]
    Slip.objects.bulk_create(
        (
            Slip(organisation_id=asked.organisation_id, asked=asked, code_hash=code_hash(each))
            for each in codes
        ),
        batch_size=1_000,
    )
    return asked, codes


def _people(
    port: int, place: str, codes: list[str], at_once: int, each_second: float, seconds: float, think: float
) -> dict[str, Any]:
    """Some more of them; their codes are used up."""
    command = [sys.executable, "-m", "bench.answering.respondents", str(port), place]
    command += [str(each) for each in (at_once, each_second, seconds, think)]
    theirs = [codes.pop() for _each in range(at_once + int(each_second * seconds))]
    done = subprocess.run(command, input=json.dumps(theirs), stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _held(
    asked: Any,
    port: int,
    codes: list[str],
    at_once: int,
    each_second: float,
    seconds: float,
    think: float,
) -> dict[str, Any]:
    """What these people noticed, and whether each acknowledged answer is there once."""
    before = _there(asked)
    told = _people(port, asked.place, codes, at_once, each_second, seconds, think)
    after = _there(asked)
    new = after[0] - before[0]
    by_kind = {kind: quantiles(waited, n=20)[-1] for kind, waited in told["waited"].items()}
    marks = after[1] - before[1]
    return {
        "came": told["came"],
        "acknowledged": len(told["acknowledged"]),
        "there": new,
        "spent": after[2] - before[2],
        "lost": len([mark for mark in told["acknowledged"] if not marks[mark]]),
        "doubled": sum(count > 1 for count in marks.values()) + max(0, new - len(told["acknowledged"])),
        "wrong": Counter(told["wrong"]),
        "submissions": len(told["acknowledged"]) / told["took"],
        "requests": sum(map(len, told["waited"].values())) / told["took"],
        "median": median([each for waited in told["waited"].values() for each in waited]),
        "p95": max(by_kind.values()),
        "by_kind": by_kind,
    }


def _there(asked: Any) -> "tuple[int, Counter[str], int]":
    """How many answers there are, how often each mark was written down (once for each domain), and how many codes were used."""
    from throughline.voices.models import Answer, HeldAnswer, HeldWords, Question, Spent

    answers = HeldAnswer.objects.filter(asked=asked).count() + Answer.objects.filter(asked=asked).count()
    first = Question.objects.filter(asked=asked, kind="open").earliest("position")
    marks = Counter(HeldWords.objects.filter(question=first).values_list("text", flat=True))
    return answers, marks, Spent.objects.count()


if __name__ == "__main__":
    main()
