"""What the doctor says of closed listenings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from throughline.frameworks.models import FrameworkVersion
from throughline.home.running.about_listenings import listenings
from throughline.home.running.findings import Level
from throughline.journeys.tests.steps import a_place
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import Listening
from throughline.voices.spool.tests.steps import opened, written

pytestmark = pytest.mark.django_db


def said(look: Callable[[], Any]) -> list[tuple[Level, str]]:
    return [(each.level, each.sentence) for each in look()]


def test_it_tells_of_listenings_that_are_not_finished_wiped_or_forgotten(
    lead: Membership, journey_version: FrameworkVersion
) -> None:
    begun = begin_listening(journey=a_place(lead, journey_version, [lead]).journey, title="Spring", by=lead)
    ask_group(listening=begun, group="learner", by=lead)
    written(opened(begun)["learner"])
    close_listening(listening=begun, by=lead)
    ((level, _sentence),) = said(listenings)
    assert level is Level.OK, "somebody may still hand in"
    with clock.standing_at(timezone.now() + timedelta(hours=2)):
        ((level, sentence),) = said(listenings)
    assert level is Level.WARN and "1 closed listenings are not counted yet" in sentence
    rows = Listening.objects.filter(pk=begun.pk)
    rows.update(keep_until=clock.today())
    ((level, sentence),) = said(listenings)
    assert level is Level.WARN and "still to be wiped" in sentence
    rows.update(scrubbed_at=timezone.now(), keep_until=clock.today() - timedelta(days=2))
    ((level, sentence),) = said(listenings)
    assert level is Level.WARN and "should be deleted by now" in sentence
    rows.update(forgotten_at=timezone.now())
    ((level, _sentence),) = said(listenings)
    assert level is Level.OK
