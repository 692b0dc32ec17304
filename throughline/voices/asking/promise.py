"""Which word is true: *anonymous* only where every group will be large enough for it, *confidential* otherwise."""

from collections.abc import Sequence

from throughline.voices.asking.estimate import expected_answers
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Listening


def counted_together(groups: Sequence[Asked]) -> list[list[Asked]]:
    """The groups as they are counted: each alone, or with the one that it is counted with."""
    found: dict[str, list[Asked]] = {}
    for asked in groups:
        found.setdefault(asked.counted_with or asked.group, []).append(asked)
    return list(found.values())


def is_anonymous(asked: Asked, groups: Sequence[Asked], threshold: int) -> bool:
    """Whether the group of this person will probably have enough answers. Where nobody knows how many are invited, it will not."""
    mine = next(each for each in counted_together(groups) if asked.pk in {one.pk for one in each})
    answers = [expected_answers(one.invited, one.expected) or 0 for one in mine]
    return sum(answers) >= threshold


def asks_learners_in_words(listening: Listening, asked: Asked) -> bool:
    """Learners are asked in their own words only where somebody reads them every school day; others always."""
    return not BY_CODE[asked.group].children or listening.reader_id is not None
