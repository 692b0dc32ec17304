"""A standing that was tampered with in the database is found, and put back."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from throughline.activity.models import Event
from throughline.frameworks.tree import Tree
from throughline.records.actions import decide
from throughline.records.models import Record, Standing
from throughline.schools.models import Membership


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def changed(record: Record, tree: Tree) -> None:
    raw("UPDATE records_standing SET value = 'earned'")


def deleted(record: Record, tree: Tree) -> None:
    raw("DELETE FROM records_standing")


def added(record: Record, tree: Tree) -> None:
    decision = record.decisions.get()
    Standing.objects.create(
        organisation_id=record.organisation_id,
        record=record,
        competency_id=tree.competencies[3].id,
        value="earned",
        decision=decision,
    )


@pytest.mark.parametrize("tamper", [changed, deleted, added], ids=lambda each: each.__name__)
def test_tampering_is_found_and_mended(
    tamper: Callable[[Record, Tree], None], record: Record, grown: Tree, lead: Membership
) -> None:
    decide(record=record, competency_id=grown.competencies[0].id, after="in-progress", reason="So", by=lead)
    call_command("rebuild_records", "--check", stdout=StringIO())
    truth = list(Standing.objects.values("competency_id", "value", "decision_id"))

    tamper(record, grown)
    said = StringIO()
    with pytest.raises(CommandError, match="1 standing"):
        call_command("rebuild_records", "--check", stdout=said)
    assert str(record.id) in said.getvalue()
    assert list(Standing.objects.values("competency_id", "value", "decision_id")) != truth

    call_command("rebuild_records", stdout=StringIO())
    assert list(Standing.objects.values("competency_id", "value", "decision_id")) == truth
    assert Event.objects.filter(verb="record.rebuilt").count() == 1
    call_command("rebuild_records", "--check", stdout=StringIO())


def test_mending_what_is_whole_changes_nothing(record: Record, grown: Tree, lead: Membership) -> None:
    decide(record=record, competency_id=grown.competencies[0].id, after="in-progress", reason="So", by=lead)
    before = list(Standing.objects.values())
    call_command("rebuild_records", stdout=StringIO())
    assert list(Standing.objects.values()) == before
    assert not Event.objects.filter(verb="record.rebuilt").exists()
