"""A listening that was opened, answered and closed by the product's verbs."""

from collections.abc import Iterable
from datetime import timedelta

from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing.remembering import remembered
from throughline.voices.asking.actions import (
    ask_group,
    change_group,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import Asked, Listening, Question, Slip
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.marks import code_hash, new_code
from throughline.voices.spool.outcomes import Outcome

ABOUT = ("stakeholder-buy-in", "learning-is-constant-time-is-variable")
GRADES = {
    "code": "grade-band",
    "words": {"en": "Which grade are you in?", "es": "¿En qué grado está?"},
    "choices": [
        {"code": "k-8", "words": {"en": "Up to grade 8", "es": "Hasta el grado 8"}},
        {"code": "9-12", "words": {"en": "Grades 9 to 12", "es": "Grados 9 a 12"}},
    ],
}
LEARNERS = {
    "k-8": (0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4),
    "9-12": (0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4),
}


@remembered
def a_closed_listening(listening: Listening, lead: Membership) -> Listening:
    """Of the one that is being composed, with learners and families in it."""
    for group, invited in (("educator", 16), ("board", 14)):
        ask_group(listening=listening, group=group, invited=invited, by=lead)
    for asked in Asked.objects.filter(listening=listening, group__in=("learner", "educator", "board")):
        change_group(
            asked=asked, by_code=True, invited=60 if asked.group == "learner" else asked.invited, by=lead
        )
    compose(listening=listening, competencies=list(ABOUT), languages=["en", "es"], by=lead)
    change_listening(
        listening=listening,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": "The office, room 2", "es": "La oficina, sala 2"},
        background=[GRADES],
        by=lead,
    )
    open_listening(listening=listening, by=lead)
    groups = {
        each.group: each for each in Asked.objects.select_related("listening").filter(listening=listening)
    }
    for grade, steps in LEARNERS.items():
        _answer(groups["learner"], steps, grade, by_code=True)
    _answer(groups["learner"], (1, 2, 3) * 4, "", by_code=False)
    _answer(groups["family"], (0, 1, 2, 3, 4) * 4, "", by_code=False)
    _answer(groups["educator"], (2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4), "", by_code=True)
    _answer(groups["board"], (3, 3, 4, 4), "", by_code=True)
    return close_listening(listening=listening, by=lead)


def _answer(asked: Asked, steps: Iterable[int], grade: str, *, by_code: bool) -> None:
    """So many people give this step to every question."""
    codes = list(
        Question.objects.filter(asked=asked, kind=Question.Kind.STEPS).values_list("code", flat=True)
    )
    for step in steps:
        token, code = begin_draft(asked), ""
        save_draft(
            token,
            steps=dict.fromkeys(codes, step),
            background={"grade-band": grade} if grade else {},
            words={},
        )
        if by_code:
            code = new_code()
            Slip.objects.create(organisation_id=asked.organisation_id, asked=asked, code_hash=code_hash(code))
        assert hand_in(token, code=code) == Outcome.OK
