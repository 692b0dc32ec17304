"""Crosswalks: links that follow what becomes of competencies, written on a page or in a table, by leads."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.blueprint import CompetencyPlan
from throughline.frameworks.crosswalks.actions import (
    Sides,
    delete_crosswalk,
    link_competencies,
    load_links,
    start_crosswalk,
    unlink_competencies,
)
from throughline.frameworks.crosswalks.csv_table import COLUMNS, Row, read
from throughline.frameworks.crosswalks.queries import told
from throughline.frameworks.models import Crosswalk, CrosswalkLink, FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tables.writing import csv_text
from throughline.frameworks.tests.plans import GARDEN, PLAN, SOIL, WATER
from throughline.frameworks.tree import tree
from throughline.frameworks.versions.lineage import backward, carried, forward
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of, ship_frameworks

# a busy machine is not a fault of the code
CODES = st.sampled_from("abcdef")
STEPS = st.lists(
    st.dictionaries(CODES, st.lists(CODES, max_size=3, unique=True).map(tuple), max_size=6), max_size=4
)


@given(CODES, STEPS)
def test_what_is_carried_forward_is_found_again_on_the_way_back(code: str, steps: list[Any]) -> None:
    there = forward([code], steps)
    back = backward(there, list(reversed(steps)))
    assert not there or code in back
    assert (
        there == frozenset().union(*(forward([each], steps[1:]) for each in steps[0].get(code, ())))
        if steps
        else True
    )


@given(st.lists(st.tuples(CODES, CODES, st.text(max_size=40)), max_size=8))
def test_a_table_of_links_comes_back_as_it_went_out(rows: list[tuple[str, str, str]]) -> None:
    known = {code: code for code in "abcdef"}
    text = csv_text(
        COLUMNS, ((left, "=cmd()", "isPartOf", right, "+name", note) for left, right, note in rows)
    )
    assert "\n=cmd" not in text and ",=cmd" not in text
    found, problems = read(text, known, known)
    assert problems == []
    assert [(row.left, row.right, row.relation) for row in found] == [(a, b, "isPartOf") for a, b, _n in rows]


def test_a_table_says_what_is_wrong_in_which_line() -> None:
    known = {"soil": "soil"}
    rows, problems = read("left;right;relation\nsoil;soil;\nmud;soil;likes\n;;\n", known, known)
    assert rows == [Row("soil", "soil", "isRelatedTo")]
    assert [each.line for each in problems] == [3]
    assert "mud" in problems[0].sentence and "exactMatchOf" in problems[0].sentence
    assert "left and right" in read("a,b\n1,2\n", known, known)[1][0].sentence
    assert read("", known, known)[1]


OTHER = replace(
    PLAN, code="standards", title="The standards", content={**PLAN.content, "title": "The standards"}
)


@pytest.fixture
def sides(school: Organisation) -> Sides:
    return Sides(publish(PLAN, owner=school, by=None).version, publish(OTHER, owner=school, by=None).version)


@pytest.fixture
def crosswalk(sides: Sides, lead: Membership) -> Crosswalk:
    return start_crosswalk(by=lead, left=sides.left.framework, right=sides.right.framework, title="Ours")


def test_the_seven_elements_ship_with_their_crosswalk(db: None) -> None:
    ship_frameworks()
    held = Crosswalk.objects.get(owner=None)
    versions = {each.framework_id: each for each in FrameworkVersion.objects.all()}
    left, right = (tree(versions[side].pk, "en") for side in (held.left_id, held.right_id))
    found = told(held, left, right)
    assert len(found.pairs) == 7 and found.lost == []
    assert {pair.left.id for pair in found.pairs} == {each.id for each in left.competencies}
    assert {pair.right.level for pair in found.pairs} == {"foundational"}
    links = set(CrosswalkLink.objects.values_list("pk", flat=True))
    ship_frameworks()
    assert set(CrosswalkLink.objects.values_list("pk", flat=True)) == links
    held.title = "Bent"
    held.save()
    ship_frameworks()
    assert Crosswalk.objects.get(owner=None).title.startswith("Seven")


def test_leads_link_each_left_with_each_right_once(
    crosswalk: Crosswalk, sides: Sides, lead: Membership
) -> None:
    known: dict[str, Any] = {"crosswalk": crosswalk, "by": lead, "sides": sides}
    wrong: dict[str, Any]
    both = ["soil", "water"]
    assert link_competencies(**known, left=both, right=["soil"], relation="isRelatedTo") == 2
    assert link_competencies(**known, left=["soil"], right=["soil"], relation="isPartOf", note="Now.") == 0
    assert crosswalk.links.get(left_code="soil").relation == "isPartOf"
    for wrong in ({"left": []}, {"left": ["mud"]}, {"relation": "likes"}, {"note": "x" * 501}):
        with pytest.raises(ValidationError):
            link_competencies(
                **{**known, "left": ["soil"], "right": ["soil"], "relation": "isPartOf", **wrong}
            )
    assert unlink_competencies(crosswalk=crosswalk, by=lead, links=[crosswalk.links.all()[0].pk]) == 1
    with pytest.raises(ValidationError):
        load_links(**known, rows=[Row("soil", "water", "isPartOf"), Row("soil", "mud", "isPartOf")])
    assert crosswalk.links.count() == 1


def test_only_leads_of_the_organisation_write_it(
    crosswalk: Crosswalk, sides: Sides, educator: Membership, outsider: Membership
) -> None:
    ship_frameworks()
    shared = Crosswalk.objects.get(owner=None)
    for by, held in ((educator, crosswalk), (outsider, crosswalk), (crosswalk_lead(crosswalk), shared)):
        with pytest.raises(Refused):
            link_competencies(
                crosswalk=held, by=by, sides=sides, left=["soil"], right=["soil"], relation="isPartOf"
            )
        with pytest.raises(Refused):
            delete_crosswalk(crosswalk=held, by=by)


def crosswalk_lead(held: Crosswalk) -> Membership:
    return Membership.objects.get(organisation=held.owner, holdings__role="lead")


def test_a_framework_of_another_organisation_cannot_be_linked(sides: Sides, outsider: Membership) -> None:
    ship_frameworks()
    shared = FrameworkVersion.objects.filter(framework__owner=None)[0].framework
    with pytest.raises((ValidationError, Refused)):
        start_crosswalk(by=outsider, left=sides.left.framework, right=shared, title="Theirs")


def test_links_follow_what_became_of_a_competency(
    crosswalk: Crosswalk, sides: Sides, lead: Membership, school: Organisation
) -> None:
    for code in ("soil", "water"):
        link_competencies(
            crosswalk=crosswalk, by=lead, sides=sides, left=[code], right=["soil"], relation="isRelatedTo"
        )
    parts = (replace(SOIL, name="Dark soil"), CompetencyPlan(code="worms", name="Worms"))
    second = publish(
        replace(PLAN, number="2", domains=(replace(GARDEN, competencies=parts),)),
        owner=school,
        by=lead,
        supersedes=sides.left,
        origins={"soil": ("soil",), "worms": ("soil",)},
    ).version
    right = tree(sides.right.pk)
    then = told(crosswalk, tree(sides.left.pk), right)
    assert [(p.left.code, p.right.code) for p in then.pairs] == [("soil", "soil"), ("water", "soil")]
    now = told(crosswalk, tree(second.pk), right)
    assert {(p.left.code, p.right.code) for p in now.pairs} == {("soil", "soil"), ("worms", "soil")}
    assert [link.left_code for link in now.lost] == ["water"]
    # what was linked in the newer words holds for the older ones that it came from
    framework = second.framework_id
    assert carried(framework, "2", "worms", sides.left.pk) == {"soil"}
    assert carried(framework, "1", "soil", second.pk) == {"soil", "worms"}
    assert carried(framework, "1", "water", second.pk) == frozenset()
    assert carried(framework, "1", "soil", sides.right.pk) == frozenset()


def test_a_lead_writes_a_crosswalk_in_the_browser(sides: Sides, lead: Membership) -> None:
    client = client_of(lead)
    there = "/s/harbour-bridge/crosswalks/"
    assert "No crosswalks yet" in client.get(there).content.decode()
    told_form = {
        "left": str(sides.left.framework_id), "right": str(sides.left.framework_id), "title": "Accreditation"
    }  # fmt: skip
    wrong = client.post(f"{there}new/", told_form)
    assert (wrong.status_code, "two different" in wrong.content.decode()) == (422, True)
    assert "Accreditation" in wrong.content.decode()
    done = client.post(f"{there}new/", {**told_form, "right": str(sides.right.framework_id)})
    held = Crosswalk.objects.get()
    assert done["Location"] == f"{there}{held.pk}/link/"
    nothing = client.post(done["Location"], {"relation": "isPartOf", "left": ["soil"], "note": "kept"})
    assert nothing.status_code == 422
    assert 'value="soil" checked' in nothing.content.decode() and "kept" in nothing.content.decode()
    ok = client.post(done["Location"], {"relation": "isPartOf", "left": ["soil", "water"], "right": ["soil"]})
    assert (ok.status_code, held.links.count()) == (302, 2)
    page = client.get(f"{there}{held.pk}/").content.decode()
    assert page.count("is part of") == 2
    link = held.links.all()[0]
    client.post(done["Location"], {"unlink": [str(link.pk), "nonsense"]})
    assert held.links.count() == 1
    assert client.post(f"{there}{held.pk}/change/", {"title": ""}).status_code == 422
    assert client.post(f"{there}{held.pk}/change/", {"title": "Renamed"}).status_code == 302
    assert "Renamed" in client.get(there).content.decode()
    client.post(f"{there}{held.pk}/change/", {"do": "delete"})
    assert not Crosswalk.objects.filter(pk=held.pk).exists()


def test_a_table_is_loaded_whole_or_not_at_all(crosswalk: Crosswalk, sides: Sides, lead: Membership) -> None:
    client = client_of(lead)
    there = f"/s/harbour-bridge/crosswalks/{crosswalk.pk}/"

    def load(text: str) -> Any:
        return client.post(f"{there}load/", {"file": SimpleUploadedFile("links.csv", text.encode())})

    bad = load("left,right\nsoil,water\nmud,water\n")
    assert bad.status_code == 422
    assert "Line 3" in bad.content.decode() and crosswalk.links.count() == 0
    assert load("left,right\n").status_code == 422
    assert load("left,right,relation\nSoil,WATER,exactmatchof\n").status_code == 302
    table = client.get(f"{there}links.csv").content.decode()
    assert "soil,Soil,exactMatchOf,water,Water," in table
    assert load(table).status_code == 302
    assert crosswalk.links.count() == 1


def test_pages_cost_the_same_whatever_is_in_them(
    crosswalk: Crosswalk, sides: Sides, lead: Membership, educator: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(educator)
    there = f"/s/harbour-bridge/crosswalks/{crosswalk.pk}/"
    client.get(there)
    with django_assert_num_queries(7):
        client.get(there)
    link_competencies(
        crosswalk=crosswalk,
        by=lead,
        sides=sides,
        left=["soil", "water"],
        right=["soil", "water"],
        relation="isRelatedTo",
    )
    client.get(there)
    with django_assert_num_queries(7):
        assert "Link competencies" not in client.get(there).content.decode()
    with django_assert_num_queries(4):
        client.get("/s/harbour-bridge/crosswalks/")
    assert WATER.name == "Water"


def test_somebody_elses_crosswalk_does_not_exist(crosswalk: Crosswalk, outsider: Membership) -> None:
    client = client_of(outsider)
    assert client.get(f"/s/stonefield/crosswalks/{crosswalk.pk}/").status_code == 404
    assert "Ours" not in client.get("/s/stonefield/crosswalks/").content.decode()
