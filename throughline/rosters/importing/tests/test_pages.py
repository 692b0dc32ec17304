"""Bringing in a roster through its pages."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from throughline.rosters.importing.actions import bring_roster
from throughline.rosters.importing.reading.told import About
from throughline.rosters.importing.reading.whole import read_roster
from throughline.rosters.importing.tests.packing import ENROLLMENTS, SESSIONS, roster, sample
from throughline.rosters.models import RosterFile, Section
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def there(school: Organisation, name: str, **ids: Any) -> str:
    return reverse(f"rosters:{name}", kwargs={"school": school.slug, **ids})


def send(client: Client, school: Organisation, content: bytes, name: str = "roster.zip") -> Any:
    return client.post(there(school, "rosters"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def registrar(school: Organisation) -> Membership:
    return make_member(school, "Rae", Role.REGISTRAR)


def test_a_roster_is_chosen_looked_at_and_applied(school: Organisation, registrar: Membership) -> None:
    client = client_of(registrar)
    dirty = ENROLLMENTS + "N5,,,C9,O1,S1,student,,,\n"
    answer = send(client, school, roster(enrollments=dirty).getvalue())
    assert answer.status_code == 302
    held = RosterFile.objects.get()
    page = client.get(answer.url).content.decode()
    assert "There is no class with the id" in page and "enrollments.csv" in page
    assert "may hold passwords" in page and "sesame" not in page
    assert not Section.objects.exists()
    apply = there(school, "roster-apply", roster_id=held.pk)
    refused = client.post(apply, {})
    assert refused.status_code == 422 and "Agree that they are left out" in refused.content.decode()
    assert client.post(apply, {"leave_out": "on"}).status_code == 302
    done = client.get(answer.url).content.decode()
    assert "The roster is applied" in done and "There is no class with the id" in done
    assert Section.objects.count() == 2
    again = client.post(apply, {"leave_out": "on"})
    assert again.status_code == 302 and Section.objects.count() == 2


def test_what_cannot_be_read_is_said_kindly(school: Organisation, registrar: Membership) -> None:
    client = client_of(registrar)
    for content, sentence in (
        (b"%PDF-1.4\x00\x01", "is not a table"),
        (b"PK\x03\x04 no zip at all", "damaged"),
        (b"hello\n", "no headings that we know"),
    ):
        answer = send(client, school, content)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert send(client, school, b"").status_code == 422


def test_what_the_file_does_not_say_is_asked(school: Organisation, registrar: Membership) -> None:
    held = bring_roster(name="district.zip", file=sample("v1p1-base"), by=registrar)
    client = client_of(registrar)
    page = client.get(there(school, "roster", roster_id=held.pk)).content.decode()
    assert "Which of these is your school?" in page and "Apply all of it" not in page
    client.post(there(school, "roster-choose", roster_id=held.pk), {"org": "54321"})
    page = client.get(there(school, "roster", roster_id=held.pk)).content.decode()
    assert "Apply all of it" in page and "ionut2" in page
    local = SESSIONS.replace("2026-12-20", "2/12/2026")
    held = bring_roster(name="r.zip", file=roster(academicSessions=local), by=registrar)
    page = client.get(there(school, "roster", roster_id=held.pk)).content.decode()
    assert "which number is the day?" in page and "Apply all of it" not in page


def test_the_templates_come_in_as_they_are(school: Organisation, registrar: Membership) -> None:
    client = client_of(registrar)
    for name in ("template-csv", "template-xlsx"):
        content = client.get(there(school, name)).content
        about = About()
        rows = list(read_roster(io.BytesIO(content), name, about))
        assert [row for row in rows if row.remarks] == [] and about.counts == {"users": 3}


def test_the_report_is_a_table_in_which_nothing_is_a_formula(
    school: Organisation, registrar: Membership
) -> None:
    dirty = ENROLLMENTS + "=1+1,,,C9,O1,S1,student,,,\n"
    held = bring_roster(name="r.zip", file=roster(enrollments=dirty), by=registrar)
    told = client_of(registrar).get(there(school, "roster-report", roster_id=held.pk)).content.decode()
    assert "enrollments.csv,6,classSourcedId" in told
    assert not any(cell.startswith("=") for line in told.splitlines() for cell in line.split(","))


def test_others_find_no_rosters_here(school: Organisation, registrar: Membership) -> None:
    held = bring_roster(name="r.zip", file=roster(), by=registrar)
    for role in (Role.EDUCATOR, Role.TEAM, Role.FAMILY, Role.LEARNER):
        client = client_of(make_member(school, f"Some {role}", role))
        assert client.get(there(school, "rosters")).status_code == 403
        assert client.get(there(school, "roster", roster_id=held.pk)).status_code == 404
        assert client.post(there(school, "roster-apply", roster_id=held.pk)).status_code == 404


def test_a_roster_that_was_put_aside_is_gone(school: Organisation, registrar: Membership) -> None:
    held = bring_roster(name="r.zip", file=roster(), by=registrar)
    client_of(registrar).post(there(school, "roster-drop", roster_id=held.pk))
    assert not RosterFile.objects.exists()
