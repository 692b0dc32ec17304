"""No page of a journey reads a whole table: every question is answered by an index that starts with the organisation.

SQLite tells how it will answer before it does. A table scanned costs nothing in a test and everything in a district.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Journey, Rater, Round
from throughline.journeys.tests import running
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's own query plans")


@contextmanager
def plans() -> Iterator[list[str]]:
    """What SQLite would read from beginning to end, with the question that asks for it."""
    scans: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            values = [each.hex if isinstance(each, UUID) else each for each in params or ()]
            steps = connection.connection.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), values)
            scans.extend(
                f"{step[3]}: {sql[:400]}"
                for step in steps
                if step[3].startswith("SCAN") and "CONSTANT" not in step[3]
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield scans


def address(name: str, journey: Journey, **where: object) -> str:
    return reverse(name, kwargs={"school": journey.organisation.slug, **where})


def pages(ground: running.Ground, held: Round) -> list[str]:
    """Every page that a round in this state has for somebody on the team."""
    journey, one = ground.journey, ground.framework.domains[1].competencies[0].id
    where = {"round_id": held.id}
    found = [
        "/",
        address("journeys:list", journey),
        address("journeys:overview", journey, journey_id=journey.id),
        address("journeys:team", journey, journey_id=journey.id),
        address("journeys:round", journey, **where),
        address("records:profile", journey, record_id=journey.record_id),
        address("records:competency", journey, record_id=journey.record_id, competency_id=one),
        address("records:evidence-list", journey, record_id=journey.record_id),
        address("schools:people", journey),
    ]
    if held.state == Round.State.RATING:
        found.append(address("journeys:rate", journey, **where))
        found.append(address("journeys:rate-one", journey, **where, competency_id=one))
    elif held.state == Round.State.AGREEING:
        found += [address(f"journeys:{name}", journey, **where) for name in ("spread", "follow-state")]
        found.append(address("journeys:agree", journey, **where, competency_id=one))
        found.append(address("journeys:agree-together", journey, **where))
    else:
        found.append(address("journeys:report", journey, **where))
    return found


@pytest.mark.parametrize("state", ["rated", "spread", "closed"])
def test_no_page_reads_a_whole_table(
    state: str, journey_version: FrameworkVersion, six: list[Membership]
) -> None:
    ground = running.begin(journey_version, six)
    held: Round = getattr(running, state)(ground)
    client = client_of(six[0])
    for page in pages(ground, held):
        with plans() as scans:
            assert client.get(page).status_code == 200, page
        assert scans == [], page


def test_the_test_would_see_a_scan(journey_version: FrameworkVersion, six: list[Membership]) -> None:
    held = running.opened(running.begin(journey_version, six))
    with plans() as scans:
        list(Rater.objects.filter(round=held))
    assert scans


def test_what_points_at_a_row_is_looked_for_within_its_organisation(
    journey_version: FrameworkVersion, six: list[Membership]
) -> None:
    held = running.opened(running.begin(journey_version, six))
    with plans() as scans:
        assert held.raters.count() == 6
        assert len(Round.objects.filter(pk=held.pk).prefetch_related("raters")[0].raters.all()) == 6
    assert scans == []
