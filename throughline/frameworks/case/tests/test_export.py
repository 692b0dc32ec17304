"""Packages that were imported come out as they came; what was changed here, or is gone, is all that differs."""

import json
from dataclasses import replace
from typing import Any

import pytest

from throughline.frameworks.case.export import case_package, case_packages
from throughline.frameworks.case.mapping import Choice, blueprint_of
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.draft_content import draft_of
from throughline.frameworks.drafting.actions import change_draft, publish_draft, start_draft
from throughline.frameworks.models import Framework, FrameworkVersion, ItemFate, VersionSource
from throughline.frameworks.publishing.actions import load_shipped, publish
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tests.case_plans import whole_garden
from throughline.frameworks.tests.packages import Table, child_of, garden, ident, import_case, item
from throughline.frameworks.tests.plans import PLAN
from throughline.schools.models import Membership, Organisation
from throughline.testing import make_school

pytestmark = pytest.mark.django_db


def bring(package: Table, owner: Organisation | None = None, **choice: Any) -> FrameworkVersion:
    return import_case(in_bytes(package), owner, Choice(**choice)).version


def item_in(package: Table, identifier: str) -> Table:
    return next(row for row in package["CFItems"] if row["identifier"] == identifier)


def links(package: Table, kind: str) -> list[tuple[str, str]]:
    return [
        (row["originNodeURI"]["identifier"], row["destinationNodeURI"]["identifier"])
        for row in package["CFAssociations"]
        if row["associationType"] == kind
    ]


def test_a_package_of_1_1_comes_out_as_it_came_and_stays_so(school: Organisation) -> None:
    first = case_package(bring(whole_garden(), school), "1.1")
    assert first == whole_garden()
    assert list(first) == list(whole_garden()), "in its order"
    again = case_package(bring(first, make_school("Elsewhere")), "1.1")
    assert in_bytes(again) == in_bytes(first)


def test_a_package_of_1_0_comes_out_as_it_came_and_fits_1_1(school: Organisation) -> None:
    package = garden()
    package["CFItems"][0] |= {
        "vendor": 1,
        "CFDocumentURI": {"title": "t", "identifier": ident(9), "uri": "u:x"},
    }
    made = case_packages(bring(package, school))
    assert made["1.0"] == package
    assert list(faults(made["1.1"], "1.1")) == []
    there = bring(made["1.1"], make_school("Elsewhere"))
    assert case_package(there, "1.1") == made["1.1"]
    assert made["1.1"]["CFItems"][0]["extensions"] == {"throughline": {"carried": {"vendor": 1}}}
    assert list(faults(case_package(there, "1.0"), "1.0")) == []


def test_what_we_chose_from_it_does_not_show_in_it(school: Organisation) -> None:
    from throughline.frameworks.case.mapping import Pick

    version = bring(whole_garden(), school, advanced=Pick(kinds=("Skill",)), indicators=False)
    assert case_package(version, "1.1") == whole_garden()


def test_its_rubric_becomes_the_steps(school: Organisation) -> None:
    version = bring(whole_garden(), school)
    assert [step["label"] for step in version.content["steps"]] == ["cold", "cool", "warm", "hot"]
    assert stored_blueprint(version).competencies[0].steps[3] == "The heap is hot."
    three = whole_garden()
    three["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"].pop()
    read = read_case(in_bytes(three))
    assert any("not fit our four steps" in note for note in read.notes)
    assert case_package(bring(three, make_school("Elsewhere")), "1.1") == three


def test_the_shipped_framework_goes_out_whole_and_comes_in_equal(school: Organisation) -> None:
    version = load_shipped()[0].version
    made = case_packages(version)
    assert [list(faults(made[edition], edition)) for edition in ("1.0", "1.1")] == [[], []]
    package = made["1.1"]
    assert len(package["CFRubrics"][0]["CFRubricCriteria"]) == 25
    assert len(links(package, "isRelatedTo")) == 7
    there = stored_blueprint(bring(package, school))
    mine = stored_blueprint(version)
    assert there.content == mine.content
    assert [(each.code, each.steps, each.evidence, each.level) for each in there.competencies] == [
        (each.code, each.steps, each.evidence, each.level) for each in mine.competencies
    ]
    again = case_package(there_version(school), "1.1")
    assert in_bytes(again) == in_bytes(package)


def there_version(school: Organisation) -> FrameworkVersion:
    return FrameworkVersion.objects.get(framework__owner=school)


def test_other_parts_with_the_same_words_are_kept_without_a_new_version(school: Organisation) -> None:
    first = bring(garden(), school)
    later = garden()
    later["CFItems"][0]["notes"] = "Added."
    done = import_case(in_bytes(later), school)
    assert (done.version, done.changed) == (first, 1)
    assert case_package(first, "1.0") == later
    assert import_case(in_bytes(later), school).changed == 0
    later["CFItems"][0]["lastChangeDateTime"] = "2026-01-01T00:00:00Z"
    assert import_case(in_bytes(later), school).changed == 0
    assert VersionSource.objects.count() == 2


def test_an_item_that_vanished_from_a_package_is_kept_as_ended(school: Organisation) -> None:
    old = bring(garden(), school)
    later = garden()
    later["CFDocument"]["version"] = "2"
    later["CFItems"] = [row for row in later["CFItems"] if row["identifier"] not in (ident(4), ident(7))]
    later["CFAssociations"] = [
        row
        for row in later["CFAssociations"]
        if row["originNodeURI"]["identifier"] not in (ident(4), ident(7))
    ]
    later["CFItems"].append(item(9, "Tests the soil each spring, before planting.", CFItemType="Skill"))
    later["CFAssociations"].append(child_of(9, 1))
    new = bring(later, school)
    assert new.supersedes == old
    fates = {row.old.source_identifier: (row.kind, row.new) for row in ItemFate.objects.filter(version=new)}
    assert fates[ident(4)] == ("dropped", None)
    assert fates[ident(3)][0] == "reworded", "one of its indicators is gone"
    made = case_packages(new)
    for edition, package in made.items():
        assert list(faults(package, edition)) == []
        assert item_in(package, ident(4))["statusEndDate"] == new.published_at.date().isoformat()
        assert package["CFItems"][: len(later["CFItems"])] == later["CFItems"]
        assert (ident(4), ident(1)) in links(package, "isChildOf")
    assert item_in(made["1.1"], ident(7))["extensions"]["throughline"]["status"] == "deprecated"
    third = garden()
    third["CFDocument"]["version"] = "3"
    third["CFItems"][2]["fullStatement"] = "Builds a heap."
    third["CFItems"] = third["CFItems"][:3]
    third["CFAssociations"] = [
        row
        for row in third["CFAssociations"]
        if row["originNodeURI"]["identifier"] in [ident(n) for n in (1, 2, 3)]
    ]
    newest = case_package(bring(third, school), "1.1")
    assert {row["identifier"] for row in newest["CFItems"]} == {ident(n) for n in (1, 2, 3, 4, 5, 6, 7, 9)}
    there = bring(newest, make_school("Elsewhere"))
    assert [each.source_identifier for each in stored_blueprint(there).competencies] == [ident(3)], (
        "ended ones are left"
    )


def test_a_changed_copy_patches_only_what_changed(school: Organisation, lead: Membership) -> None:
    old = bring(whole_garden(), school)
    plan = stored_blueprint(old)
    soil, water = plan.domains
    compost = replace(soil.competencies[0], name="Heap", description="Builds a heap.", level="advanced")
    moved = replace(water, competencies=(*water.competencies, soil.competencies[1]))
    new = publish(
        replace(plan, number="2", domains=(replace(soil, competencies=(compost,)), moved)),
        owner=school,
        by=lead,
        supersedes=old,
    ).version
    made = case_packages(new)
    package, source = made["1.1"], whole_garden()
    assert [list(faults(made[edition], edition)) for edition in ("1.0", "1.1")] == [[], []]
    row = item_in(package, ident(3))
    assert (row["fullStatement"], row["abbreviatedStatement"]) == ("Builds a heap.", "Heap")
    assert row["extensions"]["acme"] == {"Größe": None}
    assert row["extensions"]["throughline"]["level"] == "advanced"
    assert row["lastChangeDateTime"] != source["CFItems"][2]["lastChangeDateTime"]
    changed = [a["identifier"] for a, b in zip(package["CFItems"], source["CFItems"], strict=True) if a != b]
    assert changed == [ident(3)]
    assert (ident(4), ident(2)) in links(package, "isChildOf")
    assert (ident(4), ident(1)) not in links(package, "isChildOf")
    assert package["CFRubrics"] == source["CFRubrics"]
    back = stored_blueprint(bring(package, make_school("Elsewhere")))
    assert [each.name for each in back.domains[1].competencies] == [each.name for each in moved.competencies]
    assert back.competencies[0].level == "advanced"


def test_a_copy_of_an_older_package_stays_1_0_without_our_extensions(school: Organisation) -> None:
    old = bring(garden(), school)
    plan = stored_blueprint(old)
    first = replace(plan.competencies[0], level="advanced", evidence=(("effect", "A warm heap."),))
    soil = replace(
        plan.domains[0],
        competencies=(first, replace(first, code="more", name="More", source_identifier="", indicators=())),
    )
    new = publish(replace(plan, number="2", domains=(soil,)), owner=school, by=None, supersedes=old).version
    made = case_packages(new)
    assert [list(faults(made[edition], edition)) for edition in ("1.0", "1.1")] == [[], []]
    assert "extensions" not in json.dumps(made["1.0"])
    assert item_in(made["1.0"], ident(5))["statusEndDate"]
    assert item_in(made["1.1"], ident(5))["extensions"]["throughline"]["status"] == "deprecated"


def test_versions_written_here_keep_identifiers_and_name_successors(
    school: Organisation, lead: Membership
) -> None:
    old = publish(PLAN, owner=school, by=lead).version
    garden_domain = PLAN.domains[0]
    soil, water = garden_domain.competencies
    rain = replace(water, code="rain", name="Rain")
    changed = replace(garden_domain, competencies=(replace(soil, description="Soil lives."), rain))
    plan = replace(PLAN, number="2", domains=(changed,))
    new = publish(
        plan, owner=school, by=lead, supersedes=old, origins={"soil": ["soil"], "rain": ["water"]}
    ).version
    before, after = case_package(old, "1.1"), case_package(new, "1.1")
    names = {row.get("humanCodingScheme"): row for row in before["CFItems"]}
    now = {row.get("humanCodingScheme"): row for row in after["CFItems"]}
    assert now["soil"]["identifier"] == names["soil"]["identifier"]
    assert now["soil"]["fullStatement"] == "Soil lives."
    ended = now["water"]
    assert ended["statusEndDate"]
    assert links(after, "replacedBy") == [(ended["identifier"], now["rain"]["identifier"])]
    assert after["CFDocument"]["identifier"] == str(new.framework_id)
    assert after["CFDocument"]["creator"] == school.name
    assert case_package(old, "1.1") == before, "an older version says what it said"


def test_a_copy_in_another_framework_has_identifiers_of_its_own(
    school: Organisation, lead: Membership
) -> None:
    shared = bring(garden(), None)
    plan = replace(stored_blueprint(shared), code="ours", number="1")
    soil = plan.domains[0]
    sharper = replace(soil.competencies[1], name="Tests soil every spring.")
    soil = replace(soil, competencies=(soil.competencies[0], sharper))
    plan = replace(plan, domains=(soil, *plan.domains[1:]))
    mine = publish(plan, owner=school, by=lead, supersedes=shared).version
    package = case_package(mine, "1.1")
    theirs = {row["identifier"] for row in garden()["CFItems"]} | {garden()["CFDocument"]["identifier"]}
    mine_now = {row.get("humanCodingScheme", ""): row["identifier"] for row in package["CFItems"]}
    assert not theirs & {
        *mine_now.values(),
        *(row["identifier"] for row in [*package["CFItems"], package["CFDocument"]]),
    }
    assert list(faults(package, "1.1")) == []
    assert links(package, "exactMatchOf") == [(mine_now["S.1"], ident(3)), (mine_now["W.1"], ident(5))]
    assert links(package, "isRelatedTo") == [(mine_now["S.2"], ident(4))]
    assert Framework.objects.count() == 2


def test_what_it_costs_does_not_grow_with_the_package(
    school: Organisation, django_assert_num_queries: Any
) -> None:
    version = load_shipped()[0].version
    with django_assert_num_queries(6):
        case_packages(FrameworkVersion.objects.select_related("framework__owner").get(pk=version.pk))


def test_a_copy_whose_original_is_imported_later_goes_on_as_the_original(
    school: Organisation, lead: Membership
) -> None:
    shared = bring(garden(), None)
    plan = replace(stored_blueprint(shared), number="1")
    publish(plan, owner=school, by=lead, supersedes=shared)
    later = garden()
    later["CFItems"][2]["abbreviatedStatement"] = "Heap"
    second = bring(later, school)
    package = case_package(second, "1.1")
    assert package["CFDocument"]["identifier"] == garden()["CFDocument"]["identifier"]
    assert list(faults(package, "1.1")) == []
    living = [row["identifier"] for row in package["CFItems"] if "statusEndDate" not in row]
    assert living == [row["identifier"] for row in garden()["CFItems"]]
    third = replace(stored_blueprint(second), number="3")
    latest = publish(third, owner=school, by=lead, supersedes=second).version
    assert len(case_package(latest, "1.1")["CFItems"]) == len(package["CFItems"])


def test_a_package_that_is_finished_as_a_draft_is_kept_and_patched(
    school: Organisation, lead: Membership
) -> None:
    read = read_case(in_bytes(whole_garden()))
    plan, _notes = blueprint_of(read, Choice())
    draft = start_draft(by=lead, title=plan.title, content=draft_of(plan), package=read.kept)

    def reword(content: Table) -> None:
        content["domains"][0]["competencies"][1]["name"] = "Tests soil every spring."

    change_draft(draft=draft, by=lead, seen_version=0, change=reword)
    version = publish_draft(draft=draft, number="1", seen_version=1, by=lead)
    package, source = case_package(version, "1.1"), whole_garden()
    assert list(faults(package, "1.1")) == []
    changed = [a["identifier"] for a, b in zip(package["CFItems"], source["CFItems"], strict=True) if a != b]
    assert changed == [ident(4)]
    assert item_in(package, ident(4))["fullStatement"] == "Tests soil every spring."
    assert package["CFAssociations"] == source["CFAssociations"]
    assert package["CFRubrics"] == source["CFRubrics"]
