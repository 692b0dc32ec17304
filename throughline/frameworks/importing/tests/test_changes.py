"""The page of an import and the command say what a file changes in a framework that is here, before it is published."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.drafting.actions import publish_draft
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.importing.actions.uploads import draft_import, publish_import
from throughline.frameworks.importing.tests.test_reimport import SIMPLE
from throughline.frameworks.importing.tests.test_uploads import HERE, bring
from throughline.frameworks.models import Framework, FrameworkVersion, ItemFate
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(lead: Membership) -> FrameworkVersion:
    return publish_import(by=lead, kept=bring(lead, SIMPLE.encode(), "simple.csv"), choice=Choice()).version


def reworded(version: FrameworkVersion) -> bytes:
    package = json.loads(FORMS["case-1.1"].made(version))
    package["CFDocument"]["title"] = "A simple garden"
    next(row for row in package["CFItems"] if row["fullStatement"] == "Mulch")["fullStatement"] = (
        "Mulches beds"
    )
    return in_bytes(package)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_of_ours_is_said_to_change_nothing(
    form: str, lead: Membership, version: FrameworkVersion
) -> None:
    kept = bring(lead, FORMS[form].made(version), f"again.{FORMS[form].ending}")
    page = client_of(lead).get(f"{HERE}{kept.pk}/").content.decode()
    assert "Publishing it again changes nothing" in page
    assert "Other parts of the file" not in page
    done = client_of(lead).post(f"{HERE}{kept.pk}/publish/", follow=True).content.decode()
    assert "Nothing has changed" in done
    assert FrameworkVersion.objects.count() == 1


def test_the_page_says_what_changes_and_what_is_mapped_as_before(
    lead: Membership, version: FrameworkVersion
) -> None:
    kept = bring(lead, reworded(version), "changed.json")
    page = client_of(lead).get(f"{HERE}{kept.pk}/").content.decode()
    assert "What changes" in page and "Reworded" in page and "2 competencies stay as they are" in page
    assert "Mulches beds" in page and "A simple garden" in page and "Other changes" in page
    assert "as in your current version" in page
    chosen = {"domains": "before", "competencies": "before", "advanced": "none", "indicators": "children"}
    client_of(lead).post(f"{HERE}{kept.pk}/publish/", chosen)
    new = FrameworkVersion.objects.get(supersedes=version)
    assert sorted(ItemFate.objects.filter(version=new).values_list("kind", flat=True)) == [
        "reworded",
        "same",
        "same",
    ]


def test_a_file_of_a_framework_that_is_here_is_finished_as_its_next_version(
    lead: Membership, version: FrameworkVersion
) -> None:
    draft = draft_import(by=lead, kept=bring(lead, reworded(version), "changed.json"), choice=Choice())
    assert (draft.base, draft.framework) == (version, version.framework)
    new = publish_draft(draft=draft, number="2", seen_version=draft.version, by=lead)
    assert (new.framework, new.supersedes) == (version.framework, version)
    assert Framework.objects.count() == 1
    assert dict(ItemFate.objects.filter(version=new).values_list("old__code", "kind")) == {
        "S.C": "same",
        "S.M": "reworded",
        "W.R": "same",
    }
    kept = bring(lead, FORMS["case-1.1"].made(new), "again.json")
    assert publish_import(by=lead, kept=kept, choice=Choice()).changed == 0


def test_the_command_says_what_changes(lead: Membership, version: FrameworkVersion, tmp_path: Path) -> None:
    file = tmp_path / "changed.json"
    file.write_bytes(reworded(version))

    def command() -> str:
        out = StringIO()
        call_command("import_framework", str(file), "--school", lead.organisation.slug, stdout=out)
        return out.getvalue()

    said = command()
    assert "Changed since version 1:" in said and "Reworded: Mulches beds" in said
    assert "Title: simple → A simple garden" in said
    assert "which is here already" in command()
