"""Named reads of what was heard and a part of the plan answers."""

from throughline.plans.models import Action, AnswersHeard, Goal
from throughline.voices.models import Reply


def heard_by(part: Action | Goal) -> list[Reply]:
    """The lines of *you said → we did* that a part of the plan answers, with their listenings. One query."""
    rows = AnswersHeard.objects.filter(organisation=part.organisation_id)
    rows = rows.filter(action=part) if isinstance(part, Action) else rows.filter(goal=part)
    found = rows.select_related("reply__listening").order_by(
        "-reply__listening__closed_at", "reply__position"
    )
    return [each.reply for each in found]
