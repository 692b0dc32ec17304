"""What rooms put on the pages of a competency and of a meeting costs next to nothing where there is nothing to say."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import tree
from throughline.plans.panels.sources import offered_too
from throughline.records import panels
from throughline.records.actions import open_record
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, seat_of
from throughline.testing import ship_frameworks

pytestmark = pytest.mark.django_db
SOURCES = list(dict.fromkeys([*panels.sources, *panels.at_the_table]))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(getattr(source, "__name__", source)))
def test_a_panel_with_nothing_to_say_asks_one_query_at_most(
    source: Callable[..., Any], lead: Membership, educator: Membership
) -> None:
    ship_frameworks()
    version = FrameworkVersion.objects.get(
        framework__owner=None, framework__code="journeys-to-mastery-learning"
    )
    record = open_record(version=version, by=lead)
    request = cast(MemberRequest, RequestFactory().get("/"))
    shown = tree(record.version_id)
    for member in (lead, educator):
        request.seat = seat_of(member)
        assert request.seat.membership.roles, "known on every page"
        for domain in shown.domains:
            with CaptureQueriesContext(connection) as asked:
                found = source(request, record, domain.competencies[0])
            assert len(asked) <= 1, [each["sql"] for each in asked]
            assert (found is not None) == (member == lead and source is offered_too), (
                "who may plan is offered to"
            )


def test_panels_are_registered() -> None:
    assert len(SOURCES) >= 3
