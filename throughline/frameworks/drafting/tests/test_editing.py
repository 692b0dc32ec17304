"""Editing a draft: whatever is done to it, and in whatever order, no old competency is lost from sight."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    check,
    default_steps,
)
from throughline.frameworks.draft_content import Content, blueprint_of, competencies_of, draft_of, origins_of
from throughline.frameworks.drafting import editing
from throughline.frameworks.drafting.actions import change_draft, publish_draft, start_draft
from throughline.frameworks.drafting.editing import Idea, Texts
from throughline.frameworks.models import Competency, Domain, FrameworkVersion, Indicator, ItemFate
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.versions.comparison import fates_of, origins_by_words
from throughline.testing import make_member, make_school


def plan_of(sizes: list[int], number: str = "1") -> Blueprint:
    """A framework with a domain for each size."""
    domains = tuple(
        DomainPlan(
            code=f"d{place}",
            name=f"Domain {place}",
            competencies=tuple(
                CompetencyPlan(
                    code=f"c{place}-{each}",
                    name=f"Competency {place} {each}",
                    indicators=(IndicatorPlan("1", f"Sign of {place} {each}"), IndicatorPlan("2", "Another")),
                )
                for each in range(size)
            ),
        )
        for place, size in enumerate(sizes)
    )
    content = {"title": "Plan", "steps": default_steps(), "steps_are_default": True}
    return Blueprint(
        code="plan", number=number, language="en", title="Plan", content=content, domains=domains
    )


sizes = st.lists(st.integers(1, 4), min_size=1, max_size=4)
Edit = tuple[str, int, int]
edits = st.lists(
    st.tuples(
        st.sampled_from(["up", "down", "into", "word", "split", "merge", "remove", "back", "add", "domain"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=25,
)


def apply(content: Content, edit: Edit) -> None:
    """One edit on some part; what cannot be done leaves the draft as it is."""
    kind, one, two = edit
    items = [each["uid"] for _domain, each in competencies_of(content)]
    domains = [each["uid"] for each in content["domains"]]
    parts = items + domains
    if kind == "back" and content["removed"]:
        editing.put_back(content, content["removed"][one % len(content["removed"])]["item"]["uid"])
    elif kind == "domain":
        editing.add_domain(content, f"New domain {one}")
    elif kind == "add" and domains:
        editing.add_competency(content, domains[one % len(domains)], f"New {two}")
    elif kind in ("up", "down") and parts:
        editing.move(content, parts[one % len(parts)], kind)
    elif kind == "remove" and parts:
        editing.remove(content, parts[one % len(parts)])
    elif not items:
        return
    elif kind == "into":
        editing.move(content, items[one % len(items)], domains[two % len(domains)])
    elif kind == "word":
        editing.change_competency(content, items[one % len(items)], Texts(f"Reworded {two}", "advanced"))
    elif kind == "split":
        _home, each = editing.found(content, items[one % len(items)])
        ideas = [idea["uid"] for idea in each["indicators"]][:1]
        editing.split(content, each["uid"], f"Part {two}", ideas)
    elif kind == "merge":
        editing.merge(content, items[one % len(items)], items[two % len(items)])


def edited(content: Content, todo: list[Edit]) -> Content:
    """The draft after all of these."""
    for edit in todo:
        now = deepcopy(content)
        try:
            apply(now, edit)
        except ValidationError:
            continue
        content = now
    return content


def whole(content: Content) -> Content:
    """The draft without what could not be published: empty domains; with something in it at least."""
    content["domains"] = [each for each in content["domains"] if each["competencies"]]
    if not content["domains"]:
        editing.add_competency(content, editing.add_domain(content, "Last"), "Last one")
    return content


@given(sizes, edits)
@settings(max_examples=200)
def test_whatever_is_edited_the_mapping_is_total(counts: list[int], todo: list[Edit]) -> None:
    old = plan_of(counts)
    content = whole(edited(draft_of(old, continues=True), todo))
    new = blueprint_of(content)
    check(new)
    found = fates_of(old, new, origins_of(content))
    codes = {each.code for each in new.competencies}
    assert {each.old for each in found} == {each.code for each in old.competencies}
    assert all((each.new in codes) != (each.kind == "dropped") for each in found)
    assert len({(each.old, each.new) for each in found}) == len(found)
    into, out_of = Counter(each.new for each in found), Counter(each.old for each in found)
    for each in found:
        if each.kind == "merged":
            assert into[each.new] > 1
        elif each.kind == "split":
            assert into[each.new] == 1 and out_of[each.old] > 1
        else:
            assert out_of[each.old] == 1 and (each.kind == "dropped" or into[each.new] == 1)


@given(sizes, edits)
@settings(max_examples=100)
def test_nothing_is_lost_without_being_removed_or_merged(counts: list[int], todo: list[Edit]) -> None:
    old = plan_of(counts)
    content = edited(draft_of(old, continues=True), todo)
    for entry in list(content["removed"]):
        if "domain" not in entry:
            continue
        if content["domains"]:
            editing.put_back(content, entry["item"]["uid"])
    for entry in sorted(content["removed"], key=lambda each: "domain" in each):
        editing.put_back(content, entry["item"]["uid"])
    continued = {code for codes in origins_of(content).values() for code in codes}
    assert continued == {each.code for each in old.competencies}
    uids = [each["uid"] for _domain, each in competencies_of(content)]
    assert len(uids) == len(set(uids))
    assert len(origins_of(content)) == len(uids), "codes stay unique"


@given(sizes, edits)
@settings(max_examples=100)
def test_moving_never_changes_what_there_is(counts: list[int], todo: list[Edit]) -> None:
    content = draft_of(plan_of(counts), continues=True)
    before = {each["uid"]: deepcopy(each) for _domain, each in competencies_of(content)}
    moved = edited(content, [each for each in todo if each[0] in ("up", "down", "into")])
    assert {each["uid"]: each for _domain, each in competencies_of(moved)} == before


@given(sizes)
def test_down_and_up_again_is_where_it_was(counts: list[int]) -> None:
    content = draft_of(plan_of(counts))
    before = deepcopy(content)
    for _domain, each in list(competencies_of(before)):
        if editing.move(content, each["uid"], "down"):
            assert content != before
            assert editing.move(content, each["uid"], "up")
        assert content == before


def test_imports_find_again_what_they_knew_by_identifier_code_name_and_words() -> None:
    def item(code: str, name: str, source: str = "", description: str = "") -> CompetencyPlan:
        return CompetencyPlan(code=code, name=name, source_identifier=source, description=description)

    def version(*items: CompetencyPlan) -> Blueprint:
        base = plan_of([1])
        return Blueprint(**{**_fields(base), "domains": (DomainPlan("d", "D", competencies=items),)})

    long = "learners plan their own work and say how it went in front of others"
    old = version(
        item("a", "First", "id-1"), item("b", "Second"), item("x", "By name"), item("y", "W", "", long)
    )
    new = version(
        item("z", "Other words", "id-1"),
        item("b", "Said anew"),
        item("q", "by  NAME"),
        item("p", "W", "", long + " now"),
        item("n", "Never seen"),
    )
    assert origins_by_words(old, new) == {"z": ("a",), "b": ("b",), "q": ("x",), "p": ("y",), "n": ()}


def _fields(plan: Blueprint) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__}


def rows_of(version: FrameworkVersion) -> list[Any]:
    """Everything that stands in the tables of a version."""
    return [
        list(FrameworkVersion.objects.filter(pk=version.pk).values()),
        list(Domain.objects.filter(version=version).order_by("pk").values()),
        list(Competency.objects.filter(version=version).order_by("pk").values()),
        list(Indicator.objects.filter(competency__version=version).order_by("pk").values()),
        list(ItemFate.objects.filter(version=version).order_by("pk").values()),
    ]


class Publishing(TestCase):
    @given(sizes, edits)
    @settings(max_examples=25)
    def test_publishing_maps_every_old_item_and_never_changes_an_old_version(
        self, counts: list[int], todo: list[Edit]
    ) -> None:
        school = make_school("Mapped")
        lead = make_member(school, "Lead", "lead")
        old = publish(plan_of(counts), owner=school, by=lead).version
        before = rows_of(old)
        draft = start_draft(by=lead, base=old)
        change_draft(draft=draft, by=lead, seen_version=0, change=_all(todo))
        draft.refresh_from_db()
        version = publish_draft(draft=draft, number="2", seen_version=draft.version, by=lead)
        assert rows_of(old) == before
        assert version.supersedes == old
        fates = list(ItemFate.objects.filter(version=version).select_related("new"))
        assert {each.old_id for each in fates} == {each["id"] for each in before[2]}
        assert all(each.new is None or each.new.version_id == version.pk for each in fates)


def _all(todo: list[Edit]) -> Callable[[Content], None]:
    def change(content: Content) -> None:
        content.update(whole(edited(content, todo)))

    return change


@pytest.mark.parametrize("way", ["up", "down"])
def test_at_the_very_edge_there_is_no_further_place(way: str) -> None:
    content = draft_of(plan_of([1]))
    before = deepcopy(content)
    assert not editing.move(content, content["domains"][0]["competencies"][0]["uid"], way)
    assert content == before


def test_an_indicator_left_empty_goes_and_a_new_one_gets_a_free_code() -> None:
    content = draft_of(plan_of([1]), continues=True)
    each = content["domains"][0]["competencies"][0]
    first, second = each["indicators"]
    second["witnesses"] = ["an-unknown-group"]
    ideas = (
        Idea(first["uid"], "  "),
        Idea(second["uid"], "Kept", ("family", "nobody")),
        Idea("", "New"),
        Idea("", ""),
    )
    editing.change_competency(content, each["uid"], Texts("Name", "advanced", indicators=ideas))
    assert [(idea["code"], idea["text"], idea["witnesses"]) for idea in each["indicators"]] == [
        ("2", "Kept", ["family", "an-unknown-group"]),
        ("3", "New", []),
    ]
