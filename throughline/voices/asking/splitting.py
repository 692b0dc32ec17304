"""Splitting a long list into parts, each answered by a share of the group (planned missing answers; Graham 2006).

A part holds every n-th question with steps, so that each person still speaks to every domain. Own-words questions are for all.
"""

from collections.abc import Sequence

from throughline.voices.asking.estimate import blocks_that_help, expected_answers
from throughline.voices.models import Asked, Question


def split(asked: Asked, questions: Sequence[Question], threshold: int) -> int:
    """Give each question its part (0: asked of everybody); into how many parts the list was split. Writes nothing."""
    steps = [each for each in questions if each.kind == Question.Kind.STEPS]
    answers = expected_answers(asked.invited, asked.expected)
    blocks = blocks_that_help(len(steps), len(questions) - len(steps), answers, threshold, young=asked.young)
    for each in questions:
        each.block = 0
    if blocks > 1:
        for number, each in enumerate(steps):
            each.block = number % blocks + 1
    return blocks
