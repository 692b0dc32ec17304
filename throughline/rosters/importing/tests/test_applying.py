"""A roster comes in: looked at before anything changes, applied as a whole, and a second time nothing changes."""

import io
import json
import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.people.models import Person
from throughline.rosters.classes.actions.sections import end_enrollment
from throughline.rosters.importing.actions import (
    apply_roster,
    bring_roster,
    choose_roster,
    forget_rosters,
    mark_of,
    put_roster_aside,
)
from throughline.rosters.importing.comparing.compare import Compared, compare
from throughline.rosters.importing.comparing.lines import Becomes
from throughline.rosters.importing.tests.packing import CLASSES, ENROLLMENTS, SESSIONS, USERS, roster, sample
from throughline.rosters.models import (
    Enrollment,
    Guardianship,
    OutsideName,
    RosterFile,
    SchoolYear,
    Section,
    StagedRow,
    Term,
)
from throughline.rosters.queries import learners_of, missing_learners
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import make_member, make_person, make_school

pytestmark = pytest.mark.django_db


def brought(by: Membership, file: io.BytesIO, **chosen: Any) -> RosterFile:
    held = bring_roster(name="roster.zip", file=file, by=by)
    if chosen:
        choose_roster(roster=held, by=by, **{"org": "", "day_first": None, **chosen})
        held.refresh_from_db()
    return held


def counts(held: RosterFile) -> dict[str, int]:
    found = compare(held, today=clock.today()).counted()
    return {name: count for name, count in found.items() if count}


def came(by: Membership, file: io.BytesIO, **chosen: Any) -> dict[str, int]:
    """Brought and applied: what came of it, without what is nothing."""
    held = apply_roster(roster=brought(by, file, **chosen), leave_out=True, by=by)
    return {name: count for name, count in held.came.items() if isinstance(count, int) and count}


def codes(compared: Compared) -> dict[tuple[str, int], set[str]]:
    return {
        (line.row.file, line.row.line): {each.code for each in line.remarks}
        for line in compared.lines
        if line.row and line.remarks
    }


@pytest.fixture
def registrar(school: Organisation) -> Membership:
    return make_member(school, "Rae", Role.REGISTRAR)


def test_a_clean_roster_comes_in_and_a_second_time_nothing_changes(
    school: Organisation, registrar: Membership
) -> None:
    assert counts(brought(registrar, roster())) == {"new": 13}
    assert came(registrar, roster()) == {"new": 13}
    assert [year.name for year in SchoolYear.objects.all()] == ["2026–2027"]
    assert Term.objects.get().year.name == "2026–2027"
    assert set(Section.objects.values_list("name", "kind")) == {
        ("Biology", "class"),
        ("Ada’s group", "advisory"),
    }
    tess = Membership.objects.get(name="Tess Hall")
    assert not tess.is_active and tess.roles == {Role.EDUCATOR}  # invited in person, not by a file
    lin = Membership.objects.get(name="Lin Moreau")
    assert lin.is_active and not lin.person.has_usable_password() and lin.person.shown_address == ""
    assert Guardianship.objects.get().guardian.name == "Pat Moreau"
    before = everything(school)
    assert came(registrar, roster()) == {"same": 12}
    assert everything(school) == before


def everything(school: Organisation) -> str:
    """All that a roster could have changed."""
    kept = (Membership, SchoolYear, Term, Section, Enrollment, Guardianship, OutsideName)
    return repr(
        [list(model._base_manager.filter(organisation=school).order_by("pk").values()) for model in kept]
    ) + repr(list(Person.objects.order_by("pk").values_list("email", "name")))


def test_no_password_stands_in_any_table_or_log(
    school: Organisation, registrar: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as asked:
        brought(registrar, roster())
        held = StagedRow.objects.all()
        assert held.count() == 13
        tables = json.dumps(
            [
                [str(value) for value in row.values()]
                for model in apps.get_models()
                for row in model._base_manager.values()
            ]
        )
        came(registrar, roster())
    logged = " ".join(record.getMessage() for record in caplog.records)
    sent = " ".join(query["sql"] for query in asked.captured_queries)
    assert "Moreau" in tables
    assert not any("sesame" in text for text in (tables, logged, sent))


def test_a_learner_missing_from_a_whole_roster_is_flagged_and_stays(
    school: Organisation, registrar: Membership
) -> None:
    came(registrar, roster())
    without = USERS.replace(USERS.splitlines()[2] + "\n", "")
    less = ENROLLMENTS.replace("N2,,,C1,O1,S2,student,,,\n", "")
    assert came(registrar, roster(users=without, enrollments=less)) == {"same": 10, "flagged": 1}
    [flagged] = missing_learners(school)
    assert flagged.member.name == "Omar Diaz" and flagged.member.is_active
    assert Enrollment.objects.get(member=flagged.member).until_on is None
    assert "Omar Diaz" in {each.name for each in learners_of(seat_of(registrar))}
    assert came(registrar, roster(users=without, enrollments=less)) == {"same": 10}
    assert came(registrar, roster()) == {"changed": 1, "same": 11}
    assert missing_learners(school) == []


def test_an_enrollment_that_a_whole_roster_no_longer_has_ends_and_a_return_is_a_new_one(
    registrar: Membership,
) -> None:
    came(registrar, roster())
    less = ENROLLMENTS.replace("N4,,,C2,O1,S1,student,,,\n", "")
    assert came(registrar, roster(enrollments=less)) == {"ended": 1, "same": 11}
    ended = Enrollment.objects.get(section__name="Ada’s group")
    assert ended.until_on == clock.today()
    assert came(registrar, roster()) == {"new": 1, "same": 11}
    assert Enrollment.objects.filter(section__name="Ada’s group").count() == 2
    assert came(registrar, roster()) == {"same": 12}


def test_a_delta_that_deletes_ends_the_enrollment_and_takes_nobody_out(registrar: Membership) -> None:
    came(registrar, roster())
    gone = "N1,tobedeleted,2026-10-02T00:00:00.000Z,C1,O1,S1,student,,,\n"
    head = ENROLLMENTS.partition("\n")[0] + "\n"
    alone = {"orgs": "", "academicSessions": "", "classes": "", "users": ""}
    assert came(registrar, roster("delta", enrollments=head + gone, **alone)) == {"ended": 1}
    row = Enrollment.objects.get(outside_key="N1")
    assert row.until_on == clock.today() and row.member.is_active
    assert came(registrar, roster("delta", enrollments=head + gone, **alone)) == {"same": 1}


def test_a_delta_that_deletes_a_learner_ends_what_they_are_in_and_flags_them(
    school: Organisation, registrar: Membership
) -> None:
    came(registrar, roster())
    head, first, *_others = USERS.splitlines(keepends=True)
    alone = {"orgs": "", "academicSessions": "", "classes": "", "enrollments": ""}
    gone = roster("delta", users=head + first.replace("S1,,", "S1,tobedeleted,"), **alone)
    assert came(registrar, gone) == {"ended": 1}
    lin = Membership.objects.get(name="Lin Moreau")
    assert lin.is_active and not Enrollment.objects.filter(member=lin, until_on=None).exists()
    assert not Guardianship.objects.filter(until_on=None).exists()
    assert [each.member.name for each in missing_learners(school)] == ["Lin Moreau"]


def test_a_guardian_who_is_no_longer_told_of_loses_sight_at_once(registrar: Membership) -> None:
    came(registrar, roster())
    pat = Membership.objects.get(name="Pat Moreau")
    pat.joined_at = clock.now()
    pat.save()
    assert [each.name for each in learners_of(seat_of(pat))] == ["Lin Moreau"]
    assert came(registrar, roster(users=USERS.replace(",G1,,sesame", ",,,sesame"))) == {
        "ended": 1,
        "same": 12,
    }
    assert not learners_of(seat_of(pat)).exists()


def test_a_guardianship_that_somebody_wrote_down_is_not_ended_by_a_file(registrar: Membership) -> None:
    came(registrar, roster())
    Guardianship.objects.update(by_file=False)
    assert came(registrar, roster(users=USERS.replace(",G1,,sesame", ",,,sesame"))) == {"same": 12}


def test_ids_without_a_target_and_other_faults_keep_their_row_out_alone(registrar: Membership) -> None:
    dirty = ENROLLMENTS + (
        "N5,,,C9,O1,S1,student,,,\nN6,,,C1,O1,S9,student,,,\nN7,,,C1,O1,E1,student,,,\nN1,,,C2,O1,S2,student,,,\n"
        "N8,,,C1,O1,S2,janitor,,,\nN9,,,C2,O1,S2,student,,2026-09-02,2026-09-01\n"
    )
    users = USERS.replace("guardian,pat", "superintendent,pat").replace("O1,teacher", "O1,principal")
    held = brought(registrar, roster(enrollments=dirty, users=users))
    compared = compare(held, today=clock.today())
    assert codes(compared) == {
        ("users.csv", 2): {"agent-unknown"},
        ("users.csv", 4): {"role-not-given"},
        ("users.csv", 5): {"role-unknown"},
        ("enrollments.csv", 4): {"person-wrong"},
        ("enrollments.csv", 6): {"class-unknown"},
        ("enrollments.csv", 7): {"person-unknown"},
        ("enrollments.csv", 8): {"person-wrong"},
        ("enrollments.csv", 9): {"id-twice"},
        ("enrollments.csv", 10): {"part-unknown"},
        ("enrollments.csv", 11): {"ends-before"},
    }
    with pytest.raises(ValidationError, match="cannot be taken"):
        apply_roster(roster=held, leave_out=False, by=registrar)
    done = apply_roster(roster=held, leave_out=True, by=registrar)
    assert (done.came["new"], done.came["wrong"]) == (9, 9)
    assert len(done.came["left"]) == 9
    assert not StagedRow.objects.exists()


def test_days_in_local_order_are_asked_about_unless_one_of_them_tells(registrar: Membership) -> None:
    local = SESSIONS.replace("2026-08-01", "1/08/2026").replace("2027-07-31", "5/7/2027")
    local = local.replace("2026-12-20", "2/12/2026")
    held = brought(registrar, roster(academicSessions=local))
    compared = compare(held, today=clock.today())
    assert compared.asks_days
    with pytest.raises(ValidationError, match="Choose first"):
        apply_roster(roster=held, leave_out=True, by=registrar)
    held = choose_roster(roster=held, org="", day_first=True, by=registrar)
    apply_roster(roster=held, leave_out=True, by=registrar)
    assert SchoolYear.objects.get().starts_on == date(2026, 8, 1)
    tells = SESSIONS.replace("2027-07-31", "31/07/2027").replace("2026-08-01", "1/08/2026")
    assert came(registrar, roster(academicSessions=tells)) == {"changed": 2, "same": 10}


def test_a_file_of_a_whole_district_asks_which_school_this_one_is(registrar: Membership) -> None:
    held = brought(registrar, sample("v1p1-base"))
    compared = compare(held, today=clock.today())
    assert compared.asks_org and compared.orgs == [("12345", "School 1"), ("54321", "School 2")]
    with pytest.raises(ValidationError):
        apply_roster(roster=held, leave_out=True, by=registrar)
    assert came(registrar, sample("v1p1-base"), org="12345") == {"new": 5, "elsewhere": 3}
    assert Membership.objects.filter(name="ionut padurariu").exists()
    assert came(registrar, sample("v1p1-base")) == {"same": 5, "elsewhere": 3}  # remembered


def test_the_clean_sample_of_1_1_brings_what_stands_in_it(registrar: Membership) -> None:
    held = brought(registrar, sample("v1p1-moodle-minimal"))
    compared = compare(held, today=clock.today())
    # Jim Smith is a teacher among the users and a student in both classes.
    assert {line.says for line in compared.lines if line.becomes == Becomes.WRONG} == {
        "Jim Smith · Introduction to Physics",
        "Jim Smith · History - 2",
    }
    assert came(registrar, sample("v1p1-moodle-minimal")) == {"new": 17, "wrong": 2}
    assert set(Section.objects.values_list("name", "kind")) == {
        ("Introduction to Physics", "class"),
        ("History - 2", "advisory"),
    }
    assert came(registrar, sample("v1p1-moodle-minimal")) == {"same": 17, "wrong": 2}


def test_the_sample_of_1_2_takes_its_roles_from_their_own_table(registrar: Membership) -> None:
    assert came(registrar, sample("v1p2-moodle-roles")) == {"new": 5}
    bruce = Membership.objects.get(name="Bruce Wayne")
    assert bruce.roles == {Role.LEARNER}
    assert SchoolYear.objects.get().name == "2022–2023"
    assert came(registrar, sample("v1p2-moodle-roles")) == {"same": 4}


def test_a_table_of_ones_own_comes_in_and_twice_changes_nothing(registrar: Membership) -> None:
    text = (
        "id,given name,family name,role,email,classes,advisory,guardian of\n1,Lin,Moreau,learner,,Biology; Art,Ada,\n"
        "2,Tess,Hall,educator,tess@school.test,Biology,,\n3,Pat,Moreau,guardian,pat@home.test,,,1\n"
    )
    assert came(registrar, io.BytesIO(text.encode())) == {"new": 11}
    assert Guardianship.objects.get().learner.name == "Lin Moreau"
    assert came(registrar, io.BytesIO(text.encode())) == {"same": 10}


def test_addresses_recognize_members_and_never_take_somebody_in_from_elsewhere(
    school: Organisation, registrar: Membership
) -> None:
    tess = make_member(school, "Tess H.", Role.LEAD, person=make_person("Tess", email="tess@school.test"))
    make_member(make_school("Far Away"), "Pat", person=make_person("Pat", email="pat@home.test"))
    came(registrar, roster())
    tess = Membership.objects.get(pk=tess.pk)
    assert tess.name == "Tess H." and tess.roles == {Role.LEAD, Role.EDUCATOR}
    pat = Membership.objects.get(organisation=school, person__email="pat@home.test")
    assert not pat.is_active and pat.person.name == "Pat"


def test_who_was_removed_comes_back_by_file_only_as_a_learner(registrar: Membership) -> None:
    came(registrar, roster())
    Membership.objects.filter(name__in=["Tess Hall", "Lin Moreau"]).update(left_at=clock.now())
    held = brought(registrar, roster())
    assert codes(compare(held, today=clock.today()))["users.csv", 4] == {"was-removed"}
    apply_roster(roster=held, leave_out=True, by=registrar)
    assert Membership.objects.get(name="Lin Moreau").is_active
    assert Membership.objects.get(name="Tess Hall").left_at


def test_a_yes_to_something_else_is_no_yes(registrar: Membership, lead: Membership) -> None:
    came(registrar, roster())
    held = brought(registrar, roster())
    seen = mark_of(compare(held, today=clock.today()))
    end_enrollment(enrollment=Enrollment.objects.get(outside_key="N1"), until_on=clock.today(), by=lead)
    with pytest.raises(ValidationError, match="has changed since"):
        apply_roster(roster=held, leave_out=False, seen=seen, by=registrar)


def test_only_leads_and_registrars_bring_rosters(school: Organisation) -> None:
    for role in (Role.TEAM, Role.EDUCATOR, Role.LEARNER, Role.FAMILY, Role.BOARD):
        with pytest.raises(Refused):
            brought(make_member(school, f"Some {role}", role), roster())


def test_a_damaged_roster_leaves_nothing_behind(registrar: Membership) -> None:
    with pytest.raises(ValidationError, match="damaged"):
        brought(registrar, io.BytesIO(roster().getvalue()[:-300]))
    assert not RosterFile.objects.exists() and not StagedRow.objects.exists()


def test_what_nobody_applies_is_forgotten(registrar: Membership) -> None:
    held = brought(registrar, roster())
    put_roster_aside(roster=held, by=registrar)
    assert not StagedRow.objects.exists()
    held = brought(registrar, roster())
    RosterFile.objects.update(made_at=clock.now() - timedelta(days=15))
    forget_rosters()
    assert not RosterFile.objects.exists() and not StagedRow.objects.exists()


def test_looking_at_a_roster_asks_the_same_however_long_it_is(registrar: Membership) -> None:
    asked = []
    for many in (2, 60):
        users = USERS + "".join(f"L{n},,,true,O1,student,,,Given{n},Family{n},,,,,,,,\n" for n in range(many))
        held = brought(registrar, roster(users=users, classes=CLASSES))
        with CaptureQueriesContext(connection) as found:
            compare(held, today=clock.today())
        asked.append(len(found))
    assert asked[0] == asked[1] <= 12
