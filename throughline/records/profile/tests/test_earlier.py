"""Long histories are folded: the latest stands on the page, all of it is one link away."""

from datetime import timedelta

import pytest

from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.kit.registry import Registry
from throughline.records import named_dates
from throughline.records.actions import decide
from throughline.records.models import Record
from throughline.records.named_dates import NamedDate
from throughline.records.profile.views.profile import LATEST_DATES
from throughline.records.queries import LATEST
from throughline.schools.models import Membership
from throughline.testing import client_of


def test_earlier_decisions_are_shown_to_whoever_asks(record: Record, grown: Tree, lead: Membership) -> None:
    one, client = grown.competencies[0], client_of(lead)
    here = f"/s/{record.organisation.slug}/records/{record.pk}/competencies/{one.id}/"
    for number in range(LATEST):
        decide(record=record, competency_id=one.id, after="in-progress", reason=f"Why {number}", by=lead)
    html = client.get(here).content.decode()
    assert "Why 0" in html and "Show earlier decisions" not in html
    decide(record=record, competency_id=one.id, after="in-progress", reason="Why once more", by=lead)
    html = client.get(here).content.decode()
    assert "Why once more" in html and "Why 0" not in html
    assert 'href="?history=all#history">Show earlier decisions' in html
    html = client.get(f"{here}?history=all").content.decode()
    assert "Why 0" in html and "Show earlier decisions" not in html


def test_earlier_dates_are_shown_to_whoever_asks(
    record: Record, grown: Tree, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    dates = [NamedDate(today - timedelta(days=day), f"Day {day}") for day in range(LATEST_DATES + 1)]
    monkeypatch.setattr(named_dates, "sources", Registry())
    named_dates.sources.add(lambda _record, _latest: dates)
    client, here = client_of(lead), f"/s/{record.organisation.slug}/records/{record.pk}/profile/"
    html = client.get(here).content.decode()
    assert "Day 0" in html and f"Day {LATEST_DATES}" not in html and "?dates=all#dates" in html
    html = client.get(f"{here}?dates=all").content.decode()
    assert f"Day {LATEST_DATES}" in html and "?dates=all#dates" not in html
