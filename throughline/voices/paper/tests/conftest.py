"""Nothing is known yet of any questionnaire."""

from collections.abc import Iterator

import pytest

from throughline.schools.models import Membership
from throughline.voices.answering.queries import forget_questionnaires
from throughline.voices.models import Asked, Listening


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Each test reads its questionnaires anew."""
    forget_questionnaires()
    yield
    forget_questionnaires()


@pytest.fixture
def learners(open_one: Listening, lead: Membership) -> Asked:
    """Learners, with a question in their own words, which the lead reads, and one about them."""
    grades = {
        "code": "grade-band",
        "words": {"en": "Which grades?", "es": "¿Qué grados?"},
        "choices": [
            {"code": "low", "words": {"en": "1 to 5", "es": "1 a 5"}},
            {"code": "high", "words": {"en": "6 to 12", "es": "6 a 12"}},
        ],
    }
    Listening.objects.update(reader=lead, background=[grades])
    return Asked.objects.select_related("listening", "organisation").get(listening=open_one, group="learner")
