"""Measures a private calendar on the engine of DATABASE_URL; prints figures as JSON.

python -m bench.calendars [--quick]
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)
from bench.cost import measure
from throughline.kit import clock
from throughline.kit.ids import time_ordered_id
from throughline.plans.calendars.actions import make_feed
from throughline.plans.calendars.ics import Dated, calendar_text
from throughline.plans.models import Action, FeedEntry
from throughline.schools.models import Membership, Role
from throughline.testing import make_member, make_school


def main() -> None:
    """Prepare an empty database and measure."""
    call_command("prepare", stdout=sys.stderr)
    print(json.dumps(figures(20 if "--quick" in sys.argv[1:] else 500)))


def figures(dates: int) -> dict[str, Any]:
    """Costs of a calendar of so many dates."""
    lead = make_member(make_school("Long plan"), "Ada Lind", Role.LEAD)
    actions = _plan(lead, dates)
    client = Client()
    there = reverse("plans:calendar", kwargs={"token": make_feed(by=lead).token})
    found = client.get(there)
    assert found.content.count(b"BEGIN:VEVENT") == dates
    at = clock.now()
    written = [
        Dated(each.pk, clock.today(), each.title, 1, at, about=f"Who: {lead.name}") for each in actions
    ]
    headers = {"If-None-Match": found["ETag"]}
    works: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "the text alone": (lambda: calendar_text("Plan", written, zone="America/Chicago"), _nothing),
        "asked again, nothing new": (lambda: client.get(there, headers=headers), _nothing),
        "everything": (lambda: client.get(there), _nothing),
        "everything, the first time": (lambda: client.get(there), FeedEntry.objects.all().delete),
    }
    told = {words: measure(work, undo=undo).told() for words, (work, undo) in works.items()}
    return {"costs": told, "dates": dates, "bytes": len(found.content)}


def _nothing() -> None:
    """Nothing to take back."""


def _plan(lead: Membership, dates: int) -> list[Action]:
    """Bulk rows: verbs would take a minute, and write the same."""
    return Action.objects.bulk_create(
        Action(
            id=time_ordered_id(),
            organisation=lead.organisation,
            title=f"Number {number}: write, with the families; the rubric of what comes next in the year",
            owner=lead,
            due_on=clock.today() + timedelta(days=number % 300),
            made_by=lead,
        )
        for number in range(dates)
    )


if __name__ == "__main__":
    main()
