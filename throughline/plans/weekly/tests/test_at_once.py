"""Two people who write into one meeting at the same moment: nothing of either is lost; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from throughline.plans.models import Action, Goal, LogEntry, MeetingLine
from throughline.plans.weekly.actions import begin_meeting
from throughline.schools.models import Membership
from throughline.testing import client_of

EACH = 8


@pytest.mark.django_db(transaction=True)
def test_what_two_people_write_at_once_is_all_kept(goal: Goal, lead: Membership, team: Membership) -> None:
    meeting, barrier = begin_meeting(by=lead), Barrier(2)

    def address(name: str) -> str:
        told = {"school": lead.organisation.slug, "meeting_id": meeting.pk}
        return str(reverse(f"plans:{name}", kwargs=told))

    def write(who: Membership) -> list[int]:
        client, said = client_of(who), []
        try:
            for number in range(EACH):
                barrier.wait(timeout=60)
                decision = {"text": f"{who.name} decides {number}", "_once": uuid4()}
                said.append(client.post(address("weekly-decide"), decision).status_code)
                step = {"title": f"{who.name} does {number}", "goal": goal.pk, "_once": uuid4()}
                said.append(client.post(address("weekly-step"), step).status_code)
        finally:
            connection.close()
        return said

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(write, (lead, team))) == [[302] * 2 * EACH] * 2
    decided = {f"{who.name} decides {number}" for who in (lead, team) for number in range(EACH)}
    to_do = {f"{who.name} does {number}" for who in (lead, team) for number in range(EACH)}
    lines = MeetingLine.objects.filter(meeting=meeting)
    assert sorted(lines.values_list("text", flat=True)) == sorted(decided | to_do)
    assert set(LogEntry.objects.filter(kind="decided").values_list("text", flat=True)) == decided
    rows = Action.objects.filter(goal=goal)
    assert set(rows.values_list("title", flat=True)) == to_do
    meeting.refresh_from_db()
    assert meeting.version == 1 + 4 * EACH
    summary = client_of(lead).get(address("weekly-meeting")).content.decode()
    assert all(words in summary for words in decided | to_do)
