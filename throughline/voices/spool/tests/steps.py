"""A listening that is open, with slips, and people who answer it."""

import random
from collections.abc import Iterable, Mapping

from throughline.kit import clock
from throughline.voices.models import Asked, Listening, Question, Slip
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.marks import code_hash, new_code
from throughline.voices.spool.outcomes import Outcome

STEPS = ("seen", "heard", "known")
OPEN = "open.culture"
BACKGROUND = [
    {
        "code": "grade-band",
        "words": {"en": "Which grade are you in?"},
        "choices": [
            {"code": "lower", "words": {"en": "1 to 6"}},
            {"code": "upper", "words": {"en": "7 to 12"}},
        ],
    }
]


def opened(listening: Listening, steps: Iterable[str] = STEPS) -> dict[str, Asked]:
    """Open it with a few questions; its groups by their codes."""
    found = {}
    for asked in Asked.objects.filter(listening=listening):
        for position, code in enumerate([*steps, OPEN]):
            is_open = code == OPEN
            Question.objects.create(
                organisation=listening.organisation,
                asked=asked,
                kind=Question.Kind.OPEN if is_open else Question.Kind.STEPS,
                code=code,
                domain="culture",
                scale="" if is_open else "how-often",
                words={"en": {"text": f"How often: {code}?"}},
                position=position,
            )
        asked.by_code = True
        asked.save()
        found[asked.group] = asked
    listening.state, listening.opened_at = Listening.State.OPEN, clock.now()
    listening.background = BACKGROUND
    listening.save()
    return {code: Asked.objects.select_related("listening").get(pk=each.pk) for code, each in found.items()}


def give_codes(asked: Asked, how_many: int) -> list[str]:
    """Slips for a group; the codes as they stand on them."""
    codes = [new_code() for _each in range(how_many)]
    Slip.objects.bulk_create(
        Slip(organisation_id=asked.organisation_id, asked=asked, code_hash=code_hash(each)) for each in codes
    )
    return codes


def written(
    asked: Asked, steps: Mapping[str, int] | None = None, words: str = "", chance: random.Random | None = None
) -> str:
    """The token of an answer that was written and not handed in."""
    token = begin_draft(asked)
    if steps is None:
        steps = {code: (chance or random.Random(0)).randint(0, 4) for code in STEPS}
    save_draft(token, steps=steps, background={"grade-band": "lower"}, words={OPEN: words} if words else {})
    return token


def answered(
    asked: Asked,
    how_many: int = 1,
    *,
    code: str = "",
    words: str = "",
    steps: Mapping[str, int] | None = None,
) -> None:
    """So many people of this group answer."""
    for _each in range(how_many):
        assert hand_in(written(asked, steps, words), code=code) == Outcome.OK
