"""A listening that is closed, and one line of what came of it."""

import pytest

from throughline.schools.models import Membership
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.actions import add_reply

WORDS = {
    "en": {"heard": "Feedback comes too late.", "answer": "Every class gives it within a week."},
    "es": {"heard": "Los comentarios llegan tarde.", "answer": "Cada clase los dará en una semana."},
}


@pytest.fixture
def closed(open_one: Listening, lead: Membership) -> Listening:
    """Closed, in English and Spanish."""
    return close_listening(listening=open_one, by=lead)


@pytest.fixture
def line(closed: Listening, lead: Membership) -> Reply:
    """One line, said in both languages."""
    about = "stakeholder-buy-in"
    return add_reply(listening=closed, kind="will", words=WORDS, competency=about, by=lead)
