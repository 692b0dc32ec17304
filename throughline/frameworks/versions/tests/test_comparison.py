"""What continues what, for frameworks of any size and in any order."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, FrameworkProblem, check
from throughline.frameworks.tests.plans import GARDEN, PLAN, SOIL
from throughline.frameworks.versions.comparison import origins_by_words


def plot(*items: CompetencyPlan) -> Blueprint:
    return replace(PLAN, domains=(replace(GARDEN, competencies=items),))


@given(
    old=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=9, unique_by=lambda each: each[0]),
    new=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=9, unique_by=lambda each: each[0]),
)
def test_every_competency_is_continued_at_most_once(
    old: list[tuple[int, int]], new: list[tuple[int, int]]
) -> None:
    def items(numbers: list[tuple[int, int]]) -> list[CompetencyPlan]:
        return [CompetencyPlan(f"c{code}", f"Name {name}", source_identifier="") for code, name in numbers]

    found = origins_by_words(plot(*items(old)), plot(*items(new)))
    assert list(found) == [each.code for each in items(new)]
    taken = [code for sources in found.values() for code in sources]
    assert len(taken) == len(set(taken))
    same = {code for code, _name in old} & {code for code, _name in new}
    assert all(found[f"c{code}"] == (f"c{code}",) for code in same)


def test_twenty_thousand_in_another_order_are_found_at_once() -> None:
    items = [
        CompetencyPlan(f"c{number}", f"Name {number}", source_identifier=f"id{number}")
        for number in range(20_000)
    ]
    moved = list(items)
    random.Random(7).shuffle(moved)
    found = origins_by_words(plot(*items), plot(*moved))  # one by one out of a list this took minutes
    assert all(found[each.code] == (each.code,) for each in items)


@pytest.mark.parametrize("count", [0, 1, 3, 5, 12])
def test_a_framework_has_four_steps(count: int) -> None:
    steps = [{"code": f"s{place}", "label": f"Step {place}", "hint": ""} for place in range(count)]
    plan = replace(plot(replace(SOIL, steps=())), content={**PLAN.content, "steps": steps})
    with pytest.raises(FrameworkProblem, match=f"four steps.*This one has {count}"):
        check(plan)
