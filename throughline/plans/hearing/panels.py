"""What the pages of an action and of a goal show of what was heard: *this answers what people said*."""

from django.utils.translation import get_language

from throughline.plans.doing.beside import Panel
from throughline.plans.hearing.queries import heard_by
from throughline.plans.models import Action, Goal
from throughline.plans.policy import may_see_plan
from throughline.schools.tenant import Seat
from throughline.voices.answering.languages import said_in


def on_part(seat: Seat, part: Action | Goal) -> Panel:
    """The lines that it answers, for those who see the whole plan. One query."""
    rows = heard_by(part) if may_see_plan(seat) else []
    language = get_language() or "en"
    lines = [
        (row, said_in({code: told.get("heard", "") for code, told in row.words.items()}, language))
        for row in rows
    ]
    return Panel("plans/_answers_heard.html", {"lines": lines})
