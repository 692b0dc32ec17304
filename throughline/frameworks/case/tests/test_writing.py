"""What goes out as CASE comes in again as the same, and fits the edition it goes out in."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.frameworks.blueprint import Blueprint, without_identifiers
from throughline.frameworks.case.conversion import fitted
from throughline.frameworks.case.from_blueprint import native_package
from throughline.frameworks.case.mapping import Choice, blueprint_of
from throughline.frameworks.case.overlay import Overlay
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import edition_of, in_bytes
from throughline.frameworks.importing.tests.test_case_import import mutated
from throughline.frameworks.tests.case_plans import a_maker, plans, whole_garden
from throughline.frameworks.tests.packages import garden

FAST = settings(max_examples=60)


def read(package: Any) -> Blueprint:
    plan, _notes = blueprint_of(read_case(in_bytes(package)), Choice())
    return plan


def nameless(plan: Blueprint) -> Blueprint:
    """Without the identifiers that only a package has."""
    return replace(without_identifiers(plan), code="plot")


@given(plan=plans())
@FAST
def test_what_was_written_here_comes_back_equal_from_case(plan: Blueprint) -> None:
    package = native_package(plan, a_maker(plan.title), "Someone")
    assert list(faults(package, "1.1")) == []
    assert fitted(package, "1.1", "1.1") == package
    assert nameless(read(package)) == plan


@given(plan=plans())
@FAST
def test_case_1_0_keeps_words_order_levels_and_steps(plan: Blueprint) -> None:
    package = fitted(native_package(plan, a_maker(plan.title), "Someone"), "1.0", "1.1")
    assert list(faults(package, "1.0")) == []
    back = read(package)
    levels = [each.level for each in plan.competencies]
    assert [each.level for each in back.competencies] == levels
    assert [each.steps for each in back.competencies] == [each.steps for each in plan.competencies]
    ideas = [[idea.text for idea in each.indicators] for each in plan.competencies]
    assert [[idea.text for idea in each.indicators] for each in back.competencies] == ideas


@given(pair=st.tuples(plans(), plans(number="2")))
@FAST
def test_a_later_version_laid_over_an_earlier_one_reads_as_the_later_one(
    pair: tuple[Blueprint, Blueprint],
) -> None:
    old, new = pair
    package = native_package(old, a_maker(old.title), "Someone")
    before = {row["identifier"] for row in package["CFItems"]}
    again = json.loads(in_bytes(package))
    Overlay(again, a_maker(old.title)).lay(old, replace(old, number="2"), [])
    again["CFDocument"] |= {"version": "1"}
    assert again == package, "no change changes nothing"
    Overlay(package, a_maker(new.title, "2026-11-02T08:00:00+00:00")).lay(old, new, [])
    assert list(faults(package, "1.1")) == []
    assert before <= {row["identifier"] for row in package["CFItems"]}, "nothing vanishes"
    back = nameless(read(package))
    assert back.domains == nameless(new).domains
    assert back.content == new.content


def test_a_package_with_everything_goes_through_both_editions() -> None:
    package = whole_garden()
    assert list(faults(package, "1.1")) == []
    assert fitted(package, "1.1", "1.1") == package
    older = fitted(package, "1.0", "1.1")
    assert list(faults(older, "1.0")) == []
    kinds = [row["associationType"] for row in older["CFAssociations"]]
    assert kinds[-5:-1] == ["exactMatchOf", "precedes", "isRelatedTo", "isRelatedTo"]
    assert not list(faults(fitted(older, "1.1", "1.0"), "1.1"))


def test_what_1_1_does_not_know_waits_in_its_extensions_and_comes_back() -> None:
    package = garden()
    package["CFItems"][0] |= {
        "vendorField": {"x": 1},
        "educationLevel": "KG",
        "statusStartDate": "2024-05-06T00:00:00Z",
    }
    package["CFDocument"] |= {"subject": "Gardening", "CFPackageURI": {"any": "thing"}, "notes": None}
    package["CFItems"][1]["identifier"] = "not-a-uuid"
    package["CFAssociations"][0]["originNodeURI"]["identifier"] = "not-a-uuid"
    newer = fitted(package, "1.1", edition_of(package))
    assert list(faults(newer, "1.1")) == []
    first, second = newer["CFItems"][:2]
    assert first["extensions"]["throughline"]["carried"]["vendorField"] == {"x": 1}
    assert (first["educationLevel"], first["statusStartDate"]) == (["KG"], "2024-05-06")
    assert newer["CFDocument"]["subject"] == ["Gardening"]
    assert newer["CFAssociations"][0]["originNodeURI"]["identifier"] == second["identifier"]
    assert fitted(newer, "1.1", "1.1") == newer


@given(package=mutated(), edition=st.sampled_from(["1.0", "1.1"]))
@settings(max_examples=150)
def test_whatever_can_be_read_can_be_written(package: Any, edition: str) -> None:
    try:
        read_case(in_bytes(package))
    except Exception:
        return
    made = fitted(package, edition, edition_of(package))
    assert list(faults(made, edition)) == []
    assert fitted(made, edition, edition) == made


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: p["CFItems"][0].update(CFDocumentURI={}), "CFDocumentURI is not known"),
        (lambda p: p["CFItems"][0].pop("uri"), "uri is missing"),
        (lambda p: p["CFDocument"].update(lastChangeDateTime="yesterday"), "moment"),
        (lambda p: p.update(CFItems={}), "a list is expected"),
        (lambda p: p["CFAssociations"][0].update(associationType="isLike"), "association"),
    ],
)
def test_the_list_of_fields_finds_what_is_wrong(spoil: Any, says: str) -> None:
    package = whole_garden()
    spoil(package)
    assert any(says in fault for fault in faults(package, "1.1"))
