"""What we write as CASE, by the official schemas, and real packages through import and export.

Schemas and packages are not ours to give away, so they lie outside the repository: in `$THROUGHLINE_TEST_STANDARDS`, or
beside it in `shared/standards`. Without them these tests are skipped; `frameworks/tests` holds our own lists to the
same writing and always runs.
"""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from hypothesis import given, settings

from throughline.frameworks.case.conversion import fitted
from throughline.frameworks.case.export import case_packages
from throughline.frameworks.case.from_blueprint import native_package
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import edition_of, in_bytes
from throughline.frameworks.case_api.queries import KINDS, SETS
from throughline.frameworks.case_api.tests.test_case_api import EXAMPLES, full_garden
from throughline.frameworks.importing.tests.test_case_import import mutated
from throughline.frameworks.models import FrameworkVersion, PublicEntry
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.tests.case_plans import a_maker, plans, whole_garden
from throughline.frameworks.tests.packages import DOCUMENT, garden, ident, import_case
from throughline.schools.models import Membership, Organisation
from throughline.testing import make_school

ROOT = Path(__file__).parent.parent.parent
PLACES = [
    Path(os.environ.get("THROUGHLINE_TEST_STANDARDS", "/nowhere")),
    ROOT.parent / "shared" / "standards",
]
FOUND = next((place for place in PLACES if (place / "case" / "schemas").is_dir()), None)
SCHEMAS = {"1.1": "case_v1p1_cfpackage-jsonschema1.json", "1.0": "opensalt_case-v1p0-cfpackage-schema.json"}
REAL = sorted((FOUND / "case" / "frameworks").glob("*.case10.json")) if FOUND else []
REAL = [path for path in REAL if "cfdocuments-list" not in path.name]

needs_standards = pytest.mark.skipif(
    FOUND is None,
    reason="the official CASE schemas are not here (set THROUGHLINE_TEST_STANDARDS to their folder)",
)
pytestmark = [needs_standards, pytest.mark.django_db]


def schema(name: str) -> Any:
    assert FOUND is not None
    held = json.loads((FOUND / "case" / "schemas" / name).read_text())
    kind = jsonschema.Draft201909Validator if "v1p1" in name else jsonschema.Draft7Validator
    return kind(held, format_checker=jsonschema.FormatChecker())


VALIDATORS = {edition: schema(name) for edition, name in SCHEMAS.items()} if FOUND else {}


def complaints(package: Any, edition: str) -> list[str]:
    """What the official schema says, and whether our own list says the same."""
    found = [
        f"{error.json_path}: {error.message[:200]}" for error in VALIDATORS[edition].iter_errors(package)
    ]
    return found or list(faults(package, edition) if edition == "1.1" else ())


def bring(package: Any, owner: Organisation) -> FrameworkVersion:
    return import_case(in_bytes(package), owner).version


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_package_comes_out_as_it_came_and_fits_both_editions(path: Path, school: Organisation) -> None:
    source = json.loads(path.read_bytes())
    made = case_packages(bring(source, school))
    assert made["1.0"] == source
    assert list(made["1.0"]["CFItems"]) == list(source["CFItems"])
    assert [complaints(made[edition], edition) for edition in ("1.0", "1.1")] == [[], []]
    for edition, first in made.items():
        owner = make_school(f"Reads {edition}")
        again = case_packages(bring(first, owner))
        assert in_bytes(again[edition]) == in_bytes(first), "nothing moves any more"
        assert complaints(again["1.0"], "1.0") == complaints(again["1.1"], "1.1") == []


@pytest.mark.parametrize("make", [garden, whole_garden])
def test_an_invented_package_fits_both_editions(make: Any, school: Organisation) -> None:
    made = case_packages(bring(make(), school))
    assert made[edition_of(make())] == make()
    assert [complaints(made[edition], edition) for edition in ("1.0", "1.1")] == [[], []]


def test_the_shipped_framework_fits_both_editions() -> None:
    made = case_packages(load_shipped()[0].version)
    assert [complaints(made[edition], edition) for edition in ("1.0", "1.1")] == [[], []]


@given(plan=plans())
@settings(max_examples=25)
def test_any_framework_written_here_fits_both_editions(plan: Any) -> None:
    package = native_package(plan, a_maker(plan.title), "Someone")
    assert complaints(package, "1.1") == []
    assert complaints(fitted(package, "1.0", "1.1"), "1.0") == []


@given(package=mutated())
@settings(max_examples=60)
def test_our_list_and_the_official_schema_agree_on_damaged_packages(package: Any) -> None:
    if not isinstance(package, dict):
        return
    schema_says = not list(VALIDATORS["1.1"].iter_errors(package))
    assert schema_says or list(faults(package, "1.1")), "what the schema refuses, our list refuses"


ANSWERS = {
    "CFPackages": "cfpackage",
    "CFDocuments": "cfdocument",
    "CFItems": "cfitem",
    "CFItemAssociations": "cfassociationset",
    "CFAssociations": "cfassociation",
    "CFAssociationGroupings": "cfassociationgrouping",
    "CFConcepts": "cfconceptset",
    "CFSubjects": "cfsubjectset",
    "CFItemTypes": "cfitemtypeset",
    "CFLicenses": "cflicense",
    "CFRubrics": "cfrubric",
}


def valid(answer: Any, name: str) -> list[str]:
    found = schema(f"case_v1p1_{name}-jsonschema1.json").iter_errors(answer.json())
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def test_every_answer_fits_its_official_schema(
    school: Organisation, lead: Membership, client: Client
) -> None:
    assert set(ANSWERS) == set(EXAMPLES)
    version = bring(full_garden(), school)
    open_framework(framework=version.framework, by=lead)
    load_shipped()
    here = "/ims/case/v1p1"
    assert valid(client.get(f"{here}/CFDocuments?fields=title"), "cfdocumentset") == []
    for collection, identifier in EXAMPLES.items():
        answer = client.get(f"{here}/{collection}/{identifier}")
        assert (collection, answer.status_code, valid(answer, ANSWERS[collection])) == (collection, 200, [])
        assert valid(client.get(f"{here}/{collection}/{DOCUMENT[::-1]}"), "imsx_statusinfo") == []
        assert valid(client.get(f"{here}/{collection}/{ident(999)}"), "imsx_statusinfo") == []
    assert valid(client.get(f"{here}/CFDocuments?limit=x"), "imsx_statusinfo") == []


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_every_object_of_a_real_package_fits_its_official_schema(
    path: Path, school: Organisation, lead: Membership, client: Client
) -> None:
    open_framework(framework=bring(json.loads(path.read_bytes()), school).framework, by=lead)
    validators = {name: schema(f"case_v1p1_{name}-jsonschema1.json") for name in ANSWERS.values()}
    collections = {kind: collection for collection, kind in {**KINDS, **SETS}.items()}
    for entry in PublicEntry.objects.order_by("kind", "position")[:120]:
        collection = collections[entry.kind]
        body = client.get(f"/ims/case/v1p1/{collection}/{entry.identifier}").json()
        assert list(validators[ANSWERS[collection]].iter_errors(body)) == []
