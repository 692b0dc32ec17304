"""Periodic work is done when it is due, by one worker, and tried again soon when it failed."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from throughline.activity import chores, housekeeping
from throughline.activity.actions import queue_mail
from throughline.activity.models import ChoreRun, OutgoingMail, Receipt
from throughline.kit import clock

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The registry holds one hourly chore, and this list tells when it was done."""
    times: list[datetime] = []
    monkeypatch.setattr(chores, "CHORES", {})
    chores.chore("test.hourly", every=HOUR)(lambda: times.append(clock.now()))
    return times


def round_at(moment: datetime) -> list[str]:
    with clock.standing_at(moment):
        return chores.run_due_chores()


@pytest.mark.django_db
def test_a_chore_is_done_at_once_and_then_each_hour(done: list[datetime]) -> None:
    assert round_at(MORNING) == ["test.hourly"]
    assert round_at(MORNING + HOUR - timedelta(seconds=1)) == []
    assert round_at(MORNING + HOUR) == ["test.hourly"]
    assert done == [MORNING, MORNING + HOUR]


@pytest.mark.django_db
def test_a_chore_that_fails_is_tried_again_soon_and_others_are_still_done(
    done: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(
        chores, "CHORES", {"test.bad": chores.Chore("test.bad", HOUR, fails), **chores.CHORES}
    )
    assert round_at(MORNING) == ["test.hourly"]
    run = ChoreRun.objects.get(name="test.bad")
    assert (run.due_at, run.last_error) == (MORNING + chores.SOON, "ZeroDivisionError: by nothing")


def test_two_chores_cannot_share_a_name(done: list[datetime]) -> None:
    with pytest.raises(ValueError, match=r"test\.hourly"):
        chores.chore("test.hourly", every=HOUR)(lambda: None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_a_chore_once(done: list[datetime]) -> None:
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait(timeout=60)
            chores.run_due_chores()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(done) == 1


@pytest.mark.django_db
def test_old_receipts_letters_and_sign_ins_are_forgotten_and_new_ones_kept() -> None:
    for age in (6, 8, 89, 91):
        then = MORNING - timedelta(days=age)
        Receipt.objects.create(actor_id=uuid.uuid4(), key=uuid.uuid4(), location="/", at=then)
        queue_mail(key=f"sent {age}", to="ravi@example.org", subject="-", body="-")
        OutgoingMail.objects.filter(key=f"sent {age}").update(sent_at=then)
    queue_mail(key="waiting", to="ravi@example.org", subject="-", body="-")
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=MORNING + timedelta(days=days))
    with clock.standing_at(MORNING):
        housekeeping.forget_receipts()
        housekeeping.forget_letters()
        housekeeping.forget_sign_ins()
    assert Receipt.objects.count() == 1
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == {
        "sent 6",
        "sent 8",
        "sent 89",
        "waiting",
    }
    assert Session.objects.get().session_key == "open"
