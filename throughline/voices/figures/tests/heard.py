"""Answers to count: a listening with questions whose answers lie there as closing leaves them."""

from collections.abc import Iterable, Mapping
from typing import Any

from throughline.kit import clock
from throughline.voices.figures.tallying import add
from throughline.voices.models import Answer, Asked, Listening, Question

GRADES = {
    "code": "grade-band",
    "words": {"en": "Which grade are you in?"},
    "choices": [
        {"code": "k-5", "words": {"en": "Up to grade 5", "es": "Hasta el grado 5"}},
        {"code": "6-8", "words": {"en": "Grades 6 to 8"}},
        {"code": "9-12", "words": {"en": "Grades 9 to 12"}},
    ],
}


def questioned(listening: Listening, group: str, *indicators: str, scale: str = "how-often") -> Asked:
    """The group, with a question for each of these indicators of the competency `feedback`."""
    asked = Asked.objects.select_related("listening").get(listening=listening, group=group)
    for position, indicator in enumerate(indicators):
        Question.objects.create(
            organisation_id=listening.organisation_id,
            asked=asked,
            code=f"feedback.{indicator}.{group}",
            domain="learning-model",
            competency="feedback",
            indicator=indicator,
            scale=scale,
            words={"en": {"text": f"{group}: {indicator}?", "simple": f"simply {indicator}?"}},
            position=position,
        )
    return asked


def handed_in(asked: Asked, way: str, contents: Iterable[Mapping[str, Any]]) -> None:
    """These answers, let go and counted."""
    rows = list(contents)
    Answer.objects.bulk_create(
        Answer(organisation_id=asked.organisation_id, asked=asked, way=way, content=content)
        for content in rows
    )
    add(asked, way, rows)


def answers(asked: Asked, counts: Mapping[int, int], cell: str = "") -> list[dict[str, Any]]:
    """So many that give this step to every question of the group."""
    codes = list(asked.questions.values_list("code", flat=True))
    background = {"grade-band": cell} if cell else {}
    return [
        {"steps": dict.fromkeys(codes, step), "background": background}
        for step, count in counts.items()
        for _each in range(count)
    ]


def closed(listening: Listening) -> Listening:
    """The listening, closed."""
    listening.state, listening.closed_at = Listening.State.CLOSED, clock.now()
    listening.save(update_fields=["state", "closed_at"])
    return listening
