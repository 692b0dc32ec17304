"""A listening that is open, and a browser without an account in front of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.answering.queries import forget_questionnaires
from throughline.voices.asking.actions import change_listening, compose, open_listening
from throughline.voices.models import Asked, Listening


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing is known yet of any questionnaire."""
    forget_questionnaires()
    yield
    forget_questionnaires()


@pytest.fixture
def open_one(listening: Listening, lead: Membership) -> Listening:
    """About the first competency of each domain, in English and Spanish, open for a week."""
    domains = tree(listening.journey.record.version_id).domains
    about = [each.competencies[0].code for each in domains]
    compose(listening=listening, competencies=about, languages=["en", "es"], by=lead)
    change_listening(
        listening=listening,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": "The office, room 2", "es": "La oficina, sala 2"},
        by=lead,
    )
    return open_listening(listening=listening, by=lead)


@pytest.fixture
def families(open_one: Listening) -> Asked:
    """Families, asked by an open link."""
    return Asked.objects.select_related("listening").get(listening=open_one, group="family")


@pytest.fixture
def learners(open_one: Listening) -> Asked:
    """Learners, asked by code only."""
    Asked.objects.filter(listening=open_one, group="learner").update(by_code=True, by_link=False)
    return Asked.objects.select_related("listening").get(listening=open_one, group="learner")


@pytest.fixture
def phone() -> Client:
    """A parent's phone, in English."""
    return Client(headers={"Accept-Language": "en"}, enforce_csrf_checks=True)
