"""The pages of school years, classes and a learner's people."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.kit import clock
from throughline.rosters.classes.actions.sections import add_section, enroll
from throughline.rosters.models import Enrollment, Guardianship, SchoolYear, Section, Term
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def there(school: Organisation, name: str, **ids: Any) -> str:
    return reverse(f"rosters:{name}", kwargs={"school": school.slug, **ids})


@pytest.fixture
def registrar(school: Organisation) -> Membership:
    return make_member(school, "Rae", Role.REGISTRAR)


def test_a_year_with_a_term_and_a_class_are_made_on_their_pages(
    school: Organisation, registrar: Membership
) -> None:
    client = client_of(registrar)
    days = {"starts_on": "2026-08-01", "ends_on": "2027-07-31"}
    client.post(there(school, "years"), {"name": "2026–2027", **days})
    year = SchoolYear.objects.get()
    wrong = client.post(
        there(school, "term-new", year_id=year.pk),
        {"name": "Fall", "starts_on": "2026-01-01", "ends_on": "2026-12-20"},
    )
    assert wrong.status_code == 422 and "within its school year" in wrong.content.decode()
    client.post(there(school, "term-new", year_id=year.pk), {"name": "Fall", **days})
    assert Term.objects.get().name in client.get(there(school, "years")).content.decode()
    client.post(there(school, "class-new"), {"kind": "class", "name": "Biology", "year": str(year.pk)})
    assert Section.objects.get().year == year
    assert "Biology" in client.get(there(school, "classes")).content.decode()
    client.post(there(school, "term-remove", term_id=Term.objects.get().pk))
    assert not Term.objects.exists()


def test_people_come_into_a_class_and_leave_it_on_a_day(school: Organisation, registrar: Membership) -> None:
    client, section = client_of(registrar), add_section(kind="class", name="Biology", by=registrar)
    lin, tess = make_member(school, "Lin", Role.LEARNER), make_member(school, "Tess", Role.EDUCATOR)
    here = there(school, "class", section_id=section.pk)
    client.post(here, {"part": "learner", "members": [str(lin.pk)], "from_on": "2026-01-05"})
    client.post(here, {"part": "educator", "members": [str(tess.pk)], "from_on": "2026-01-05"})
    assert {row.part for row in Enrollment.objects.all()} == {"learner", "educator"}
    row = Enrollment.objects.get(member=lin)
    client.post(there(school, "enrollment-end", enrollment_id=row.pk), {"until_on": "2026-03-01"})
    assert Enrollment.objects.get(pk=row.pk).until_on == date(2026, 3, 1)
    assert "Earlier" in client.get(here).content.decode()
    refused = client.post(here, {"part": "learner", "members": [str(tess.pk)], "from_on": "2026-01-05"})
    assert refused.status_code == 422


def test_a_guardian_is_added_and_ended_on_the_page_of_a_learner(
    school: Organisation, registrar: Membership
) -> None:
    client, lin = client_of(registrar), make_member(school, "Lin", Role.LEARNER)
    pat = make_member(school, "Pat", Role.FAMILY)
    here = there(school, "learner", learner_id=lin.pk)
    client.post(here, {"guardian": str(pat.pk)})
    tie = Guardianship.objects.get()
    assert client_of(pat).get(here).status_code == 200
    client.post(there(school, "guardian-end", guardianship_id=tie.pk))
    assert client_of(pat).get(here).status_code == 404


def test_who_sees_which_class(school: Organisation, registrar: Membership) -> None:
    section = add_section(kind="class", name="Biology", by=registrar)
    lin, tess = make_member(school, "Lin", Role.LEARNER), make_member(school, "Tess", Role.EDUCATOR)
    today = clock.today()
    enroll(section=section, members=[lin], from_on=today, by=registrar)
    enroll(section=section, members=[tess], part="educator", from_on=today, by=registrar)
    peer, other = make_member(school, "Peer", Role.LEARNER), make_member(school, "Oz", Role.EDUCATOR)
    enroll(section=section, members=[peer], from_on=today, by=registrar)
    here = there(school, "class", section_id=section.pk)
    assert "Peer" in client_of(tess).get(here).content.decode()
    own = client_of(lin).get(here).content.decode()
    assert "Tess" in own and "Peer" not in own
    assert client_of(other).get(here).status_code == 404
    assert client_of(make_member(school, "Fay", Role.FAMILY)).get(here).status_code == 404
    assert client_of(peer).get(there(school, "learner", learner_id=lin.pk)).status_code == 404
    assert client_of(tess).post(here, {}).status_code == 403


def test_a_class_asks_the_same_however_many_are_in_it(school: Organisation, registrar: Membership) -> None:
    section, asked = add_section(kind="class", name="Biology", by=registrar), []
    for many in (2, 30):
        new = [make_member(school, f"Learner {many} {number}", Role.LEARNER) for number in range(many)]
        enroll(section=section, members=new, from_on=clock.today(), by=registrar)
        client = client_of(registrar)
        for name, ids in (("class", {"section_id": section.pk}), ("classes", {})):
            with CaptureQueriesContext(connection) as found:
                assert client.get(there(school, name, **ids)).status_code == 200
            asked.append(len(found))
    assert asked[:2] == asked[2:] and max(asked) <= 12


def test_what_is_nobodys_here_does_not_exist_whoever_asks(school: Organisation) -> None:
    elsewhere = "01a22d96-476a-7376-92b0-00e9e37703c5"
    names = {
        "year": "year_id",
        "term-new": "year_id",
        "term-remove": "term_id",
        "class": "section_id",
        "class-change": "section_id",
        "enrollment-end": "enrollment_id",
        "guardian-end": "guardianship_id",
        "learner": "learner_id",
    }
    for role in (Role.LEAD, Role.BOARD, Role.LEARNER, Role.COMMUNITY):
        client = client_of(make_member(school, f"Some {role}", role))
        for name, word in names.items():
            assert client.post(there(school, name, **{word: elsewhere})).status_code == 404, (role, name)
