"""The program's own log tells when and what, and no secret."""

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from throughline.home.management.commands.serve import commands
from throughline.kit.logs import SECRET_ADDRESSES, UNTOLD_ADDRESSES, NoTraceback, TimedLine
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

TOKEN = "q7Rt-secret_token_x9"
LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Z]+ [\w.]+ .+$")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the product's own set-up writes."""
    (handler,) = [each for each in logging.getLogger().handlers if isinstance(each.formatter, TimedLine)]
    assert isinstance(handler, logging.StreamHandler)
    assert any(isinstance(each, NoTraceback) for each in handler.filters)
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_a_line_tells_when_in_utc(log: StringIO) -> None:
    logging.getLogger("throughline.people").warning("A sign-in failed.")
    assert LINE.match(log.getvalue().strip())


@pytest.mark.django_db
def test_a_refusal_is_one_line_and_a_kind_page(log: StringIO, school: Organisation, team: Membership) -> None:
    address = reverse("schools:invite", kwargs={"school": school.slug})
    answer = client_of(team).get(address)
    assert answer.status_code == 403 and "This page is not open to you" in answer.content.decode()
    assert len(log.getvalue().strip().splitlines()) == 1
    assert LINE.match(log.getvalue().strip()) and "Traceback" not in log.getvalue()
    assert address in log.getvalue()


@pytest.mark.django_db
def test_a_form_without_its_token_is_one_line_and_a_kind_page(log: StringIO) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@example.org"})
    assert answer.status_code == 403 and "This page was open too long" in answer.content.decode()
    assert len(log.getvalue().strip().splitlines()) == 1 and "Traceback" not in log.getvalue()


@pytest.mark.parametrize("before", SECRET_ADDRESSES)
def test_no_secret_of_an_address_is_written_down(log: StringIO, before: str) -> None:
    request = logging.getLogger("django.request")
    request.warning("Not Found: %s", f"{before}{TOKEN}")
    request.error("Internal Server Error: https://journey.example.org%s?x=1", f"{before}{TOKEN}/more")
    try:
        raise ValueError(f"no such page: '{before}{TOKEN}'")
    except ValueError:
        request.exception("It broke")
    written = log.getvalue()
    told = 2 if before in UNTOLD_ADDRESSES else 3
    assert TOKEN not in written and written.count(before) >= told and "Traceback" in written
    assert "/s/i/rounds" in TimedLine().format(logging.makeLogRecord({"msg": "/s/i/rounds"}))


@pytest.mark.parametrize("before", UNTOLD_ADDRESSES)
def test_nothing_tells_when_somebody_answered(log: StringIO, before: str) -> None:
    """A line with a time for each wrong code could be counted off beside what was answered. A fault of ours is told."""
    for name in ("django.request", "django.server", "elsewhere"):
        logging.getLogger(name).warning("Unprocessable Entity: %s", f"{before}{TOKEN}/answer/3/")
    logging.getLogger("django.server").info('"%s" %s', f"POST {before}{TOKEN}/ HTTP/1.1", 302)
    assert log.getvalue() == ""
    logging.getLogger("django.request").error("Internal Server Error: %s", f"{before}{TOKEN}/")
    assert TOKEN not in log.getvalue() and f"{before}…" in log.getvalue()
    logging.getLogger("django.request").warning("Not Found: %s", f"/s{before}rounds/")
    assert f"/s{before}rounds/" in log.getvalue(), "a school may be called so"


def test_nothing_tells_when_a_sheet_of_paper_was_typed_in(log: StringIO) -> None:
    there = "/s/harbor/listenings/0190/paper/0191/1/key-in/"
    logging.getLogger("django.request").warning("Unprocessable Entity: %s", there)
    logging.getLogger("django.server").info('"%s" %s', f"POST {there} HTTP/1.1", 302)
    assert log.getvalue() == ""
    logging.getLogger("django.request").warning("Not Found: %s", "/s/key-in/rounds/")
    assert "/s/key-in/rounds/" in log.getvalue(), "a school may be called so"


def test_what_the_program_itself_keeps_secret_is_never_written_down(log: StringIO) -> None:
    logging.getLogger("x").error("could not connect with %s", settings.SECRET_KEY)
    assert settings.SECRET_KEY not in log.getvalue() and "could not connect with …" in log.getvalue()


def test_a_fault_of_ours_keeps_its_traceback(log: StringIO) -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", "/x/", exc_info=error, extra={"status_code": 500}
        )
    assert "Traceback" in log.getvalue()


def test_the_web_servers_own_lines_tell_when_too() -> None:
    """The process that starts the others is granian's own and knows no settings."""
    asks = (
        "import json, sys; from granian.log import configure_logging, LogLevels, logger\n"
        "configure_logging(LogLevels.warning, json.load(open(sys.argv[1])))\n"
        "logger.error('Unexpected exit from worker-1')"
    )
    place = settings.PACKAGE / "config" / "server-log.json"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asks, str(place)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert LINE.match(done.stderr.strip()), done.stderr
    assert str(place) in commands("127.0.0.1", 8000, 1)["server"]
