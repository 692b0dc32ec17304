"""A question that nobody is going to answer is not kept."""

from datetime import timedelta

from throughline.kit import clock
from throughline.plans.models import FamilyQuestion

LEFT_OUT_FOR = timedelta(days=183)  # six months, as the page where one asks says


def forget_questions() -> int:
    """Delete what was left out without an answer, six months after the day it was asked. Safe to repeat."""
    left_out = FamilyQuestion.objects.filter(
        state=FamilyQuestion.State.LEFT_OUT, answered_on=None, on__lt=clock.today() - LEFT_OUT_FOR
    )
    return left_out.delete()[0]
