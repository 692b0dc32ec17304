"""Measures counting, freezing and reading what 100,000 people answered to 60 questions; prints figures as JSON.

python -m bench.voices [--quick]
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.cost import measure
from bench.processes import memory_of
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.schools.models import Role
from throughline.schools.tenant import seat_of
from throughline.testing import make_member, make_school
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.figures.comparing import agreements
from throughline.voices.figures.freezing import content_of, freeze
from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import Result, result_of
from throughline.voices.figures.tallying import add, differences_of, rebuild
from throughline.voices.figures.words import sentence
from throughline.voices.models import Answer, Asked, Listening, Question, Tally

FRAMEWORK = "journeys-to-mastery-learning"
ITEMS, ANSWERS, TOGETHER = 60, 100_000, 10
GRADES = {
    "code": "grade-band",
    "words": {"en": "Which grade are you in?"},
    "choices": [{"code": code, "words": {"en": code}} for code in ("k-2", "3-5", "6-8", "9-12")],
}


def main() -> None:
    """Prepare an empty database and measure."""
    call_command("prepare", stdout=sys.stderr)
    print(json.dumps(figures(ANSWERS if "--quick" not in sys.argv[1:] else 2_000)))


def figures(answers: int) -> dict[str, Any]:
    """Costs of what is done for each release of answers, once at closing, and for each page."""
    listening, groups = _listening()
    chance = random.Random(11)
    some = {group.pk: [_content(chance, group) for _each in range(500)] for group in groups}
    learners = groups[0]
    ten = some[learners.pk][:TOGETHER]
    costs = {"count ten answers in": measure(lambda: add(learners, "code", ten)).told()}
    Tally.objects.all().delete()
    for group, share in zip(groups, (0.7, 0.3), strict=True):
        _fill(chance, group, some[group.pk], int(answers * share))
    before = memory_of(os.getpid())["rss"]
    once = {
        "count all of them anew (`voices_tallies --rebuild`)": _timed(
            lambda: [rebuild(each) for each in groups]
        ),
        "compare them (`voices_tallies --check`)": _timed(lambda: [differences_of(each) for each in groups]),
    }
    grew = memory_of(os.getpid())["rss"] - before
    listening.state, listening.closed_at = Listening.State.CLOSED, clock.now()
    listening.save()
    once["freeze what may be shown"] = _timed(lambda: freeze(listening))
    costs["what may be shown, worked out"] = measure(lambda: content_of(listening)).told()
    costs["read it, with every sentence and where groups agree"] = measure(lambda: _read(listening)).told()
    kept = figures_of(listening)
    assert kept is not None
    return {
        "costs": costs,
        "once": once,
        "answers": Answer.objects.count(),
        "items": ITEMS,
        "tallies": Tally.objects.count(),
        "grew": grew,
        "bytes": len(json.dumps(kept.content)),
        "figures": len(result_of(kept).figures),
    }


def _read(listening: Listening) -> Result:
    kept = figures_of(listening)
    assert kept is not None
    result = result_of(kept)
    for figure in result.figures:
        sentence(figure)
    for competency in result.competencies:
        agreements(result, competency)
    return result


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _listening() -> tuple[Listening, list[Asked]]:
    school = make_school("Many voices")
    lead = make_member(school, "Lead", Role.LEAD)
    version = FrameworkVersion.objects.filter(framework__owner=None, framework__code=FRAMEWORK).latest(
        "published_at"
    )
    journey = start_journey(name="Ours", version=version, team=[Part(lead)], by=seat_of(lead))
    listening = begin_listening(journey=journey, title="Everybody", by=lead)
    for group in ("learner", "family"):
        ask_group(listening=listening, group=group, invited=ANSWERS, by=lead)
    listening.background = [GRADES]
    listening.save()
    groups = list(Asked.objects.filter(listening=listening).select_related("listening").order_by("-group"))
    Question.objects.filter(asked__listening=listening).delete()
    Question.objects.bulk_create(
        Question(
            organisation_id=school.pk,
            asked=group,
            code=f"competency-{at // 3}.indicator-{at}.{group.group}",
            domain="learning-model",
            competency=f"competency-{at // 3}",
            indicator=f"indicator-{at}",
            scale="how-often",
            words={language: {"text": f"How often is it so, number {at}?"} for language in ("en", "es")},
            position=at,
        )
        for group in groups
        for at in range(ITEMS)
    )
    return listening, groups


def _content(chance: random.Random, group: Asked) -> dict[str, Any]:
    codes = group.questions.values_list("code", flat=True)
    steps = chance.choices((4, 3, 2, 1, 0, -1, -2), (20, 30, 20, 15, 10, 3, 2), k=ITEMS)
    choice = chance.choice([*(each["code"] for each in GRADES["choices"]), None])  # type: ignore[index]
    return {
        "steps": dict(zip(codes, steps, strict=True)),
        "background": {"grade-band": choice} if choice else {},
    }


def _fill(chance: random.Random, group: Asked, some: list[dict[str, Any]], many: int) -> None:
    """So many answers, written down past the spool."""
    for start in range(0, many, 5_000):
        Answer.objects.bulk_create(
            Answer(
                organisation_id=group.organisation_id,
                asked=group,
                way=chance.choice(("code", "link")),
                content=chance.choice(some),
            )
            for _each in range(min(5_000, many - start))
        )


if __name__ == "__main__":
    main()
