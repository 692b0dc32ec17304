"""A question, held while somebody composes."""

from throughline.schools.models import Membership
from throughline.voices.locks import held_to_compose
from throughline.voices.models import Question


def held_question(question: Question, by: Membership) -> Question:
    """The question as it stands now, its listening held. Raises `Refused`, `Question.DoesNotExist`."""
    held_to_compose(question.asked.listening, by)
    rows = Question.objects.select_for_update(of=("self",)).select_related("asked__listening")
    return rows.get(pk=question.pk, organisation=by.organisation_id)
