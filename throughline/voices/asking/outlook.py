"""What can be expected of a group before anybody is asked: minutes, answers, and what will be visible. Pure rules over rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.voices.asking.estimate import (
    GOAL_MINUTES,
    Load,
    blocks_that_help,
    expected_answers,
    load,
    will_be_visible,
)
from throughline.voices.asking.promise import asks_learners_in_words, counted_together, is_anonymous
from throughline.voices.models import Asked, Listening, Question


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a group can expect. `answers` and `visible` are None where nobody knows how many are invited.

    `steps` are all questions of the group, `load` what one person sees; `together` names who is counted with it.
    """

    asked: Asked
    steps: int
    load: Load
    blocks: int
    answers: int | None
    visible: bool | None
    anonymous: bool
    together: tuple[str, ...]
    words_held_back: (
        bool  # it has open questions that are not asked, because nobody reads them every school day
    )

    @property
    def too_long(self) -> bool:
        """Whether answering takes longer than most people give."""
        return self.load.minutes > GOAL_MINUTES

    @property
    def each_question(self) -> int:
        """How many answers each question of the group will probably have."""
        return (self.answers or 0) // self.blocks


def outlooks(
    listening: Listening, groups: Sequence[Asked], questions: Sequence[Question]
) -> dict[str, Outlook]:
    """Group → what can be expected of it, as if it were opened now; once it is open, as it was split then."""
    alone = {asked.group: _alone(listening, asked, questions) for asked in groups}
    found = {}
    for parcel in counted_together(groups):
        expected = [expected_answers(one.invited, one.expected) for one in parcel]
        reached = sum((each or 0) // alone[one.group][2] for one, each in zip(parcel, expected, strict=True))
        for asked, answers in zip(parcel, expected, strict=True):
            steps, seen, blocks, held_back = alone[asked.group]
            found[asked.group] = Outlook(
                asked=asked,
                steps=steps,
                load=seen,
                blocks=blocks,
                answers=answers,
                visible=None if None in expected else will_be_visible(reached, 1, listening.threshold),
                anonymous=is_anonymous(asked, groups, listening.threshold),
                together=tuple(str(one.get_group_display()) for one in parcel if one.pk != asked.pk),
                words_held_back=held_back,
            )
    return found


def _alone(listening: Listening, asked: Asked, questions: Sequence[Question]) -> tuple[int, Load, int, bool]:
    mine = [each for each in questions if each.asked_id == asked.pk]
    steps = sum(each.kind == Question.Kind.STEPS for each in mine)
    in_words = asks_learners_in_words(listening, asked)
    open_ = len(mine) - steps if in_words else 0
    answers = expected_answers(asked.invited, asked.expected)
    blocks = asked.blocks
    if listening.state == Listening.State.DRAFT:
        blocks = blocks_that_help(steps, open_, answers, listening.threshold, young=asked.young)
    seen = load(steps, open_, blocks=blocks, young=asked.young)
    return steps, seen, blocks, len(mine) > steps and not in_words
