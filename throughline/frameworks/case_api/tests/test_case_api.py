"""The read addresses of CASE: every one of them with what is there, what is not, and what is no identifier at all."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from throughline.frameworks.case.export import case_package
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.case_api.actions import give_out, give_out_all
from throughline.frameworks.case_api.queries import KINDS, SETS
from throughline.frameworks.case_api.query_params import BadQuestion, question_in
from throughline.frameworks.models import Competency, Framework, FrameworkVersion, PublicEntry
from throughline.frameworks.public.actions import close_framework, open_framework
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.tests.case_plans import whole_garden
from throughline.frameworks.tests.packages import DOCUMENT, Table, garden, ident, import_case
from throughline.schools.models import Membership, Organisation

pytestmark = pytest.mark.django_db
HERE = "/ims/case/v1p1"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def full_garden() -> Table:
    """The garden with a definition of every kind, so that every address has something to answer."""
    package = whole_garden()
    stamp = {"uri": "https://case.example.org/x", "lastChangeDateTime": "2024-03-01T08:00:00+00:00"}
    for name, digit in (
        ("CFConcepts", "1"),
        ("CFSubjects", "2"),
        ("CFItemTypes", "3"),
        ("CFAssociationGroupings", "4"),
    ):
        rows = []
        for place, code in enumerate(("1", "1.1", "12"), start=1):
            row = {
                "identifier": f"d{digit}000000-0000-4000-8000-{place:012d}",
                **stamp,
                "title": f"{name} {code}",
            }
            more = {"hierarchyCode": code, "description": "…"}
            rows.append(row | ({} if name == "CFAssociationGroupings" else more))
        package["CFDefinitions"][name] = rows
    return package


EXAMPLES = {
    "CFPackages": DOCUMENT,
    "CFDocuments": DOCUMENT,
    "CFItems": ident(3),
    "CFItemAssociations": ident(3),
    "CFAssociations": "c0000000-0000-4000-8000-000000000001",
    "CFAssociationGroupings": "d4000000-0000-4000-8000-000000000001",
    "CFConcepts": "d1000000-0000-4000-8000-000000000001",
    "CFSubjects": "d2000000-0000-4000-8000-000000000001",
    "CFItemTypes": "d3000000-0000-4000-8000-000000000001",
    "CFLicenses": "e0000000-0000-4000-8000-000000000001",
    "CFRubrics": "f0000000-0000-4000-8000-000000000001",
}


@pytest.fixture
def imported(school: Organisation) -> FrameworkVersion:
    """The garden, imported but open to nobody outside."""
    return import_case(in_bytes(full_garden()), school).version


@pytest.fixture
def opened(imported: FrameworkVersion, lead: Membership) -> FrameworkVersion:
    open_framework(framework=imported.framework, by=lead)
    return imported


def get(path: str, **headers: str) -> Any:
    return Client().get(f"{HERE}/{path}", headers=headers)


def problem_in(answer: Any) -> str:
    """The standard's code in an error, after checking its form."""
    body = answer.json()
    assert (body["imsx_codeMajor"], body["imsx_severity"]) == ("failure", "error")
    assert body["imsx_description"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    (field,) = body["imsx_codeMinor"]["imsx_codeMinorField"]
    return str(field["imsx_codeMinorFieldValue"])


def test_there_is_an_example_for_every_address() -> None:
    assert set(EXAMPLES) == {"CFPackages", "CFItemAssociations", *KINDS, *SETS}


@pytest.mark.parametrize("collection", EXAMPLES)
@pytest.mark.parametrize("binding", ["v1p1", "v1p0"])
def test_each_address_answers_what_is_open(collection: str, binding: str, opened: FrameworkVersion) -> None:
    answer = Client().get(f"/ims/case/{binding}/{collection}/{EXAMPLES[collection]}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Last-Modified"]
    assert "max-age" in answer["Cache-Control"]
    assert "Accept" in answer["Vary"]
    again = Client().get(
        f"/ims/case/{binding}/{collection}/{EXAMPLES[collection].upper()}",
        headers={"If-None-Match": answer["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")
    assert EXAMPLES[collection] in answer.content.decode()
    body = answer.json()
    if collection == "CFPackages":
        assert body == case_package(opened, {"v1p0": "1.0", "v1p1": "1.1"}[binding])
    if collection in SETS:
        assert [row["hierarchyCode"] for row in body[collection]] == ["1", "1.1"]
    if collection == "CFItemAssociations":
        assert body["CFItem"]["CFDocumentURI"]["identifier"] == DOCUMENT
        assert len(body["CFAssociations"]) == 8


@pytest.mark.parametrize("collection", EXAMPLES)
def test_each_address_hides_what_is_not_open(
    collection: str, imported: FrameworkVersion, lead: Membership
) -> None:
    address = f"{collection}/{EXAMPLES[collection]}"
    give_out(imported.framework)
    assert PublicEntry.objects.count() > 20, "there is something to hide"
    closed = get(address)
    assert (closed.status_code, problem_in(closed)) == (404, "unknownobject")
    nothing = get(f"{collection}/{uuid4()}")
    assert (nothing.status_code, nothing.content) == (404, closed.content), "nobody can tell the two apart"
    open_framework(framework=imported.framework, by=lead)
    assert get(address).status_code == 200
    close_framework(framework=imported.framework, by=lead)
    assert get(address).status_code == 404
    assert DOCUMENT not in get("CFDocuments").content.decode()


@pytest.mark.parametrize("collection", EXAMPLES)
@pytest.mark.parametrize(
    "wrong", ["x", "123", "{" + ident(1) + "}", ident(1).replace("-", ""), "%00", "é", "null"]
)
def test_what_is_no_identifier_is_told(collection: str, wrong: str, opened: FrameworkVersion) -> None:
    answer = get(f"{collection}/{wrong}")
    assert (answer.status_code, problem_in(answer)) == (400, "invalid_uuid")


def test_other_addresses_and_methods_are_refused_in_the_same_form(opened: FrameworkVersion) -> None:
    for path in (
        "/ims/case/v2p0/CFDocuments",
        f"/ims/case/v1p1/CFThings/{ident(1)}",
        f"/ims/case/v9/CFItems/{ident(3)}",
    ):
        answer = Client().get(path)
        assert (answer.status_code, problem_in(answer)) == (404, "unknownobject")
    for method in ("post", "put", "delete"):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"{HERE}/CFItems/{ident(3)}")
        assert (answer.status_code, problem_in(answer)) == (405, "forbidden")
    assert Client().head(f"{HERE}/CFItems/{ident(3)}").status_code == 200


def many(count: int) -> None:
    for number in range(count):
        package = garden()
        package["CFDocument"] |= {
            "identifier": f"d{number:07d}-0000-4000-8000-000000000000",
            "title": f"Garden {number:02d}",
            "language": "en" if number % 2 else "es",
        }
        package["CFAssociations"] = []
        version = import_case(in_bytes(package), None).version
        Framework.objects.filter(pk=version.framework_id).update(public_at=version.published_at)
        give_out(version.framework)


PAGES = [
    ("", 5, [0, 1, 2, 3, 4], {"first", "last"}),
    ("limit=2", 5, [0, 1], {"first", "last", "next"}),
    ("limit=2&offset=2", 5, [2, 3], {"first", "last", "next", "prev"}),
    ("limit=2&offset=4", 5, [4], {"first", "last", "prev"}),
    ("limit=2&offset=5", 5, [], {"first", "last", "prev"}),
    ("limit=2&offset=999999999", 5, [], {"first", "last", "prev"}),
    ("limit=5", 5, [0, 1, 2, 3, 4], {"first", "last"}),
    ("limit=100000", 5, [0, 1, 2, 3, 4], {"first", "last"}),
    ("offset=1&limit=1", 5, [1], {"first", "last", "next", "prev"}),
    ("sort=title&orderBy=desc", 5, [4, 3, 2, 1, 0], {"first", "last"}),
    ("sort=title", 5, [0, 1, 2, 3, 4], {"first", "last"}),
    ("orderBy=desc&limit=1", 5, [4], {"first", "last", "next"}),
    ("filter=language='es'", 3, [0, 2, 4], {"first", "last"}),
    ("filter=title~'GARDEN 03'", 1, [3], {"first", "last"}),
    ("filter=title='Garden 00' OR title='Garden 04'", 2, [0, 4], {"first", "last"}),
    ("filter=language!='es' AND title>='Garden 02'", 1, [3], {"first", "last"}),
    ("filter=subject~'garden'", 5, [0, 1, 2, 3, 4], {"first", "last"}),
    ("filter=title='It''s not here'", 0, [], {"first", "last"}),
    ("filter=version!='7'", 5, [0, 1, 2, 3, 4], {"first", "last"}),
]


@pytest.mark.parametrize(("query", "total", "titles", "links"), PAGES)
def test_documents_come_in_pages(query: str, total: int, titles: list[int], links: set[str]) -> None:
    many(5)
    answer = get(f"CFDocuments?{query}")
    assert answer.status_code == 200
    assert answer["X-Total-Count"] == str(total)
    assert [row["title"] for row in answer.json()["CFDocuments"]] == [f"Garden {each:02d}" for each in titles]
    parts = [each.split("; rel=") for each in answer["Link"].split(", ")]
    assert {name.strip('"') for _link, name in parts} == links
    assert all(link.startswith(f"<{settings.SITE_ADDRESS}{HERE}/CFDocuments?") for link, _name in parts)


def test_the_links_between_pages_lead_through_all_of_them() -> None:
    many(5)
    seen: list[str] = []
    path: str | None = f"{HERE}/CFDocuments?limit=2&filter=title~'garden'"
    while path:
        answer = Client().get(path)
        seen += [row["title"] for row in answer.json()["CFDocuments"]]
        links = [each.split("; ") for each in answer["Link"].split(", ")]
        path = next(
            (link.strip("<>").removeprefix(settings.SITE_ADDRESS) for link, rel in links if "next" in rel),
            None,
        )
    assert seen == [f"Garden {number:02d}" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "invalid_selection_field"),
        ("limit=-1", "invalid_selection_field"),
        ("limit=ten", "invalid_selection_field"),
        ("limit=", "invalid_selection_field"),
        ("limit=²", "invalid_selection_field"),
        ("offset=-1", "invalid_selection_field"),
        ("offset=1e3", "invalid_selection_field"),
        ("sort=nothing", "invalid_sort_field"),
        ("sort=subject", "invalid_sort_field"),
        ("sort=title&orderBy=up", "invalid_sort_field"),
        ("fields=title,nothing", "invalid_selection_field"),
        ("filter=title", "invalid_selection_field"),
        ("filter=title='a' AND", "invalid_selection_field"),
        ("filter=title='a' XOR title='b'", "invalid_selection_field"),
        ("filter=title='a' AND title='b' OR title='c'", "invalid_selection_field"),
        ("filter=nothing='a'", "invalid_selection_field"),
        ("filter=title='a", "invalid_selection_field"),
    ],
)
def test_a_question_that_makes_no_sense_is_told(query: str, code: str) -> None:
    answer = get(f"CFDocuments?{query}")
    assert (answer.status_code, problem_in(answer)) == (400, code)


def test_fields_leave_out_what_was_not_asked_for(opened: FrameworkVersion) -> None:
    (row,) = get("CFDocuments?fields=title,publisher").json()["CFDocuments"]
    needed = {"identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI"}
    assert set(row) == needed | {"publisher"}
    with pytest.raises(BadQuestion):
        question_in({"fields": "x"})


def test_the_list_without_any_framework_is_empty() -> None:
    answer = get("CFDocuments")
    assert (answer.status_code, answer.json(), answer["X-Total-Count"]) == (200, {"CFDocuments": []}, "0")


def test_a_browser_is_led_to_a_readable_page(opened: FrameworkVersion) -> None:
    framework = f"/frameworks/{opened.framework_id}/"
    compost = f"{framework}{opened.number}/s-1/"
    for collection, identifier, page in (
        ("CFDocuments", DOCUMENT, framework),
        ("CFItems", ident(3), compost),
        ("CFItems", ident(6), compost),
        ("CFItems", ident(1), framework),
        ("CFRubrics", EXAMPLES["CFRubrics"], framework),
    ):
        answer = get(f"{collection}/{identifier}", **HTML)
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert Client().get(page).status_code == 200
    assert get(f"CFPackages/{DOCUMENT}", **HTML).status_code == 200
    assert get(f"CFItems/{ident(3)}", Accept="*/*").status_code == 200


def test_every_address_in_the_shipped_package_answers() -> None:
    version = load_shipped()[0].version
    give_out_all()
    package = case_package(version, "1.1")
    addresses = [package["CFDocument"]["uri"], package["CFRubrics"][0]["uri"]]
    addresses += [row["uri"] for row in (*package["CFItems"][:4], *package["CFAssociations"][:2])]
    addresses += [row["uri"] for rows in package["CFDefinitions"].values() for row in rows]
    for address in addresses:
        answer = Client().get(address.removeprefix(settings.SITE_ADDRESS))
        assert answer.status_code == 200, address
    competency = Competency.objects.filter(version=version)[0]
    item = next(row for row in package["CFItems"] if row.get("humanCodingScheme") == competency.code)
    page = Client().get(item["uri"].removeprefix(settings.SITE_ADDRESS), headers=HTML)["Location"]
    assert competency.name.replace("&", "&amp;") in Client().get(page).content.decode()


def test_a_vanished_item_still_answers_and_says_so(opened: FrameworkVersion, school: Organisation) -> None:
    later = full_garden()
    later["CFDocument"]["version"] = "2"
    later["CFItems"] = [row for row in later["CFItems"] if row["identifier"] != ident(4)]
    later["CFAssociations"] = [
        row for row in later["CFAssociations"] if row["originNodeURI"]["identifier"] != ident(4)
    ]
    new = import_case(in_bytes(later), school).version
    body = get(f"CFItems/{ident(4)}").json()
    assert body["statusEndDate"] == new.published_at.date().isoformat()
    assert get(f"CFDocuments/{DOCUMENT}").json()["version"] == "2"
    page = get(f"CFItems/{ident(4)}", **HTML)["Location"]
    assert page == f"/frameworks/{opened.framework_id}/{opened.number}/s-2/", "where it was last"
    assert Client().get(page).status_code == 200


def test_what_is_answered_can_be_written_again_and_is_then_the_same(opened: FrameworkVersion) -> None:
    assert give_out_all() == 0
    PublicEntry.objects.all().delete()
    opened.framework.packages.all().delete()
    assert give_out_all() == 1
    assert get(f"CFItems/{ident(3)}").status_code == 200


def test_a_shared_framework_goes_before_one_of_an_organisation(opened: FrameworkVersion) -> None:
    package = full_garden()
    package["CFDocument"]["title"] = "The shared one"
    shared = import_case(in_bytes(package), None).version
    Framework.objects.filter(pk=shared.framework_id).update(public_at=shared.published_at)
    give_out(shared.framework)
    assert get(f"CFDocuments/{DOCUMENT}").json()["title"] == "The shared one"
    assert get(f"CFPackages/{DOCUMENT}").json()["CFDocument"]["title"] == "The shared one"


def test_frameworks_of_a_demo_school_are_there_with_the_demo_only(
    opened: FrameworkVersion, school: Organisation, settings: Any
) -> None:
    Organisation.objects.filter(pk=school.pk).update(is_demo=True)
    settings.DEMO = False
    assert get(f"CFItems/{ident(3)}").status_code == 404
    assert get("CFDocuments").json() == {"CFDocuments": []}
    settings.DEMO = True
    assert get(f"CFItems/{ident(3)}").status_code == 200


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("CFDocuments", 1),
        (f"CFPackages/{DOCUMENT}", 2),
        (f"CFDocuments/{DOCUMENT}", 2),
        (f"CFItems/{ident(3)}", 3),
        (f"CFItemAssociations/{ident(3)}", 4),
        (f"CFItemTypes/{EXAMPLES['CFItemTypes']}", 3),
    ],
)
def test_an_answer_costs_the_same_however_large_frameworks_are(
    address: str, queries: int, opened: FrameworkVersion, django_assert_num_queries: Any
) -> None:
    many(3)
    client = Client()
    with django_assert_num_queries(queries):
        assert client.get(f"{HERE}/{address}").status_code == 200


def test_objects_of_1_0_have_no_field_of_1_1(opened: FrameworkVersion) -> None:
    body = Client().get(f"/ims/case/v1p0/CFItems/{ident(3)}").json()
    assert "extensions" not in body
    assert "subject" not in body
    assert list(faults(Client().get(f"/ims/case/v1p0/CFPackages/{DOCUMENT}").json(), "1.0")) == []
    listed = json.loads(Client().get("/ims/case/v1p0/CFDocuments").content)["CFDocuments"]
    assert "caseVersion" not in listed[0]
    assert "/v1p0/CFPackages/" in listed[0]["CFPackageURI"]["uri"]
