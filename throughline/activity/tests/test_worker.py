"""The worker as a process of its own: it works, says that it lives, and stops without dropping a letter."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from throughline.activity import pulse
from throughline.activity.actions import queue_mail
from throughline.activity.models import ChoreRun, Heartbeat, OutgoingMail
from throughline.activity.tests.sink import Sink
from throughline.testing import database_address, wait_until


def start_worker(port: int) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": database_address(connection),
        "THROUGHLINE_VAR": str(settings.VAR),
        "THROUGHLINE_MAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        env=environment,
        cwd=Path(settings.ROOT),
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_the_letter_at_hand_and_leaves_the_next() -> None:
    for key in ("one", "two", "three"):
        queue_mail(key=key, to="ravi@example.org", subject=key, body="-")
    with Sink(seconds_per_letter=1.5) as sink:
        worker = start_worker(sink.port)
        try:
            wait_until(lambda: OutgoingMail.objects.filter(attempts=1).exists())
            worker.send_signal(signal.SIGTERM)
            _, said = worker.communicate(timeout=120)
        finally:
            worker.kill()
    assert (worker.returncode, said) == (0, "")
    assert [arrived["Subject"] for arrived in sink.letters] == ["one"]
    assert OutgoingMail.objects.filter(sent_at__isnull=False).count() == 1
    assert OutgoingMail.objects.filter(attempts=0).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_seen_to_live_and_does_its_chores() -> None:
    ready = Client()
    assert ready.get("/readyz").json()["parts"] == {"database": "ok", "worker": "silent"}
    with Sink() as sink:
        worker = start_worker(sink.port)
        try:
            wait_until(lambda: ready.get("/readyz").status_code == 200)
            wait_until(lambda: ChoreRun.objects.filter(ended_at__isnull=False).count() >= 3)
        finally:
            worker.send_signal(signal.SIGINT)
            worker.communicate(timeout=120)
    assert worker.returncode == 0


@pytest.mark.django_db
def test_a_worker_not_heard_of_for_a_while_makes_the_server_not_ready() -> None:
    client = Client()
    pulse.beat()
    pulse.beat()
    assert client.get("/readyz").status_code == 200
    Heartbeat.objects.update(at=timezone.now() - pulse.SILENT_AFTER - timedelta(seconds=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["worker"]) == (503, "silent")
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_database_that_does_not_answer_makes_the_server_not_ready_but_alive() -> None:
    def away(*_: object) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        answer = Client().get("/readyz")
        assert Client().get("/healthz").status_code == 200
    assert (answer.status_code, answer.json()["parts"]["database"]) == (503, "does not answer")
