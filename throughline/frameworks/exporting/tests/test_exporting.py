"""A framework as a file: on the page, on the public page, by command; always what its reader may see."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes, kept
from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.case_api.actions import give_out
from throughline.frameworks.exporting.formats import FORMS, member_files, public_files
from throughline.frameworks.models import FrameworkVersion, PublicPackage, VersionSource
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.publishing.actions import load_shipped, publish
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.reading import read_table
from throughline.frameworks.tables.validation import checked_table
from throughline.frameworks.tables.writing import as_csv
from throughline.frameworks.tests.packages import child_of, garden, import_case
from throughline.frameworks.tests.plans import PLAN
from throughline.schools.log import describe
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(school: Organisation, lead: Membership) -> FrameworkVersion:
    return publish(PLAN, owner=school, by=lead).version


def read(answer: Any, form: str) -> Any:
    assert answer.status_code == 200
    assert f'filename="the-plot-1.{FORMS[form].ending}"' in answer["Content-Disposition"]
    assert answer["Content-Type"] == FORMS[form].media_type
    if form.startswith("case"):
        package = json.loads(answer.content)
        assert list(faults(package, form[-3:])) == []
        return len(package["CFItems"])
    plan = read_table(answer.content, "The plot").plan
    assert plan is not None
    return 1 + len(plan.competencies) + sum(len(each.indicators) for each in plan.competencies)


@pytest.mark.parametrize("form", FORMS)
def test_members_fetch_each_kind_and_strangers_none(
    form: str, school: Organisation, version: FrameworkVersion, team: Membership, outsider: Membership
) -> None:
    address = reverse(f"frameworks:file-{form}", args=[school.slug, version.pk])
    assert read(client_of(team).get(address), form) == 5
    assert client_of(outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("form", FORMS)
def test_everyone_fetches_each_kind_of_a_public_one(
    form: str, version: FrameworkVersion, lead: Membership
) -> None:
    address = reverse(f"frameworks:public-file-{form}", args=[version.framework_id, version.number])
    assert Client().get(address).status_code == 404
    open_framework(framework=version.framework, by=lead)
    assert read(Client().get(address), form) == 5
    assert Client().get(address.replace("/1/", "/9/")).status_code == 404


def test_both_pages_offer_every_file_in_one_place(
    school: Organisation, version: FrameworkVersion, lead: Membership
) -> None:
    open_framework(framework=version.framework, by=lead)
    slug = school.slug
    inside = client_of(lead).get(f"/s/{slug}/frameworks/{version.pk}/").content.decode()
    outside = Client().get(f"/frameworks/{version.framework_id}/").content.decode()
    assert [each.address in inside for each in member_files(version, slug)] == [True] * 4
    assert [each.address in outside for each in public_files(version)] == [True] * 4


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_framework", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_writes_what_was_imported(school: Organisation, tmp_path: Path) -> None:
    version = import_case(in_bytes(garden()), school).version
    code = version.framework.code
    assert json.loads(command(code, "--school", school.slug, "--format", "case-1.0")) == garden()
    assert json.loads(command(garden()["CFDocument"]["identifier"], "--school", school.slug))["CFItems"]
    place = tmp_path / "garden.xlsx"
    assert "bytes written" in command(code, "--school", school.slug, "--format", "xlsx", "--to", str(place))
    again = read_table(place.read_bytes(), "garden").plan
    assert again is not None
    assert [each.name for each in again.competencies] == [
        each.name for each in stored_blueprint(version).competencies
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "There are: .*journeys-to-mastery-learning"),
        (["journeys-to-mastery-learning", "--number", "99"], "There are: 1"),
        (["journeys-to-mastery-learning", "--school", "nowhere"], "no organization"),
        (["journeys-to-mastery-learning", "--format", "xlsx"], "--to FILE"),
        (["journeys-to-mastery-learning", "--to", "/no/such/folder/x"], "No such file"),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[str], says: str) -> None:
    load_shipped()
    with pytest.raises(CommandError, match=says):
        command(*arguments)


def broken(version: FrameworkVersion) -> FrameworkVersion:
    """A package with a circle in it, as no import lets in any more, kept beside the version."""
    package = garden()
    package["CFAssociations"] += [child_of(1, 3), child_of(1, 1)]
    VersionSource.objects.create(version=version, package=kept(in_bytes(package)), digest="old")
    return version


@pytest.mark.parametrize("form", ["case-1.1", "case-1.0"])
def test_a_file_that_nobody_could_read_again_is_not_given_out_and_the_log_says_why(
    form: str, school: Organisation, lead: Membership
) -> None:
    version = broken(import_case(in_bytes(garden()), school).version)
    answer = client_of(lead).get(reverse(f"frameworks:file-{form}", args=[school.slug, version.pk]))
    said = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/html; charset=utf-8")
    assert "This file could not be made" in said and "their own ancestors" in said
    event = Event.objects.get(verb="framework.export-failed")
    assert (event.organisation_id, event.actor_id, event.detail["form"]) == (school.pk, lead.pk, form)
    assert describe(event).startswith("asked for the framework")
    with pytest.raises(CommandError, match="their own ancestors"):
        call_command("export_framework", version.framework.code, "--school", school.slug, "--format", form)
    table = reverse("frameworks:file-csv", args=[school.slug, version.pk])
    assert client_of(lead).get(table).status_code == 200, "another kind of file works"


def test_what_is_answered_stays_when_a_newer_state_cannot_be_given_out(
    school: Organisation, lead: Membership
) -> None:
    version = import_case(in_bytes(garden()), school).version
    open_framework(framework=version.framework, by=lead)
    before = PublicPackage.objects.values_list("edition", "digest")
    held = list(before)
    assert held and not give_out(broken(version).framework)
    assert list(before) == held
    assert Event.objects.filter(verb="framework.export-failed").count() == 1


def test_a_table_that_would_not_read_back_is_none(version: FrameworkVersion) -> None:
    plan = stored_blueprint(version)
    assert checked_table(as_csv(plan), plan)
    with pytest.raises(ExportFault, match="could not read it"):
        checked_table(as_csv(plan).replace(b"competency", b"planet"), plan)
    with pytest.raises(ExportFault):
        checked_table(as_csv(replace(plan, domains=plan.domains[:0])), plan)
