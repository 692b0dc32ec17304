"""What is missing is seen, with its next step, and goes when that is done. No database: items are never saved."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.elements.models import Item, ItemKind, Tie
from throughline.elements.structure.fields import Kind
from throughline.elements.structure.gaps import ADD, Gap, gaps_of, ground_of
from throughline.elements.structure.kinds import KINDS, LEVELS, children_of
from throughline.elements.structure.queries import Node, walk


def node(kind: str, title: str = "Name", *below: Node, text: str = "Said.", **data: str) -> Node:
    return Node(Item(kind=kind, title=title, text=text, data=data), list(below))


def tie(one: Node, other: Node) -> Tie:
    return Tie(item_id=one.item.pk, to_id=other.item.pk)


def codes(items: dict[str, list[Node]], *ties: Tie, element: str) -> set[str]:
    return {gap.code for gap in gaps_of(element, ground_of(items, ties)) if gap.code != "none-yet"}


def whole_credit(**without: Any) -> Node:
    levels = dict.fromkeys(LEVELS, "Described.")
    data = {"evidence": "Work.", "demonstrations": "2", "decides": "A panel", **without}
    return node(ItemKind.CREDIT, "Asking", node(ItemKind.CRITERION, "Clear", **levels), **data)


def test_an_attribute_that_no_credit_serves_is_a_gap_until_one_does() -> None:
    attribute = node(ItemKind.ATTRIBUTE, "Curious", node(ItemKind.INDICATOR), node(ItemKind.PLACE))
    credit = whole_credit()
    items = {"graduate-profile": [attribute], "building-blocks": [node(ItemKind.AREA, "Inquiry", credit)]}
    assert codes(items, element="graduate-profile") == {"attribute-unserved"}
    assert codes(items, element="building-blocks") == {"credit-no-attribute"}
    held = tie(credit, attribute)
    assert codes(items, held, element="graduate-profile") == set()
    assert codes(items, held, element="building-blocks") == set()


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("evidence", "credit-no-evidence"),
        ("demonstrations", "credit-no-demonstrations"),
        ("decides", "credit-no-decider"),
    ],
)
def test_a_credit_says_what_it_takes_and_who_decides(missing: str, code: str) -> None:
    items = {"building-blocks": [node(ItemKind.AREA, "Inquiry", whole_credit(**{missing: ""}))]}
    assert codes(items, element="building-blocks") == {code}


def test_a_bare_credit_lacks_everything() -> None:
    bare = node(ItemKind.CREDIT, "Asking", text="")
    items = {"building-blocks": [node(ItemKind.AREA, "Inquiry", bare), node(ItemKind.AREA, "Empty")]}
    assert codes(items, element="building-blocks") == {
        "area-no-credit", "credit-no-criteria", "credit-no-standard", "credit-no-evidence",
        "credit-no-demonstrations", "credit-no-decider",
    }  # fmt: skip


def test_a_criterion_describes_four_levels() -> None:
    three = node(ItemKind.CRITERION, "Clear", **dict.fromkeys(LEVELS[:3], "Described."))
    items = {"building-blocks": [node(ItemKind.AREA, "A", node(ItemKind.CREDIT, "C", three, evidence="x", demonstrations="1", decides="y"))]}  # fmt: skip
    assert codes(items, element="building-blocks") == {"criterion-no-levels"}


def test_a_word_in_two_senses_is_one_gap() -> None:
    terms = [node(ItemKind.TERM, name) for name in ("Mastery", "mastery ", "Proof")]
    assert codes({"learning-framework": terms}, element="learning-framework") == {"term-two-senses"}
    assert codes({"learning-framework": terms[1:]}, element="learning-framework") == set()


def test_principles_and_facts_have_sources_and_a_vision_answers_a_reason() -> None:
    fact, vision = node(ItemKind.FACT, "A third left"), node(ItemKind.VISION, "All stay")
    call = {"call-to-action": [fact, vision, node(ItemKind.VOICE, "Noor")]}
    assert codes(call, element="call-to-action") == {"fact-no-source", "voice-no-group", "vision-no-reason"}
    fact.item.data = {"source": "The register"}
    assert codes(call, tie(vision, fact), element="call-to-action") == {"voice-no-group"}
    principle = node(ItemKind.PRINCIPLE)
    assert codes({"learning-framework": [principle]}, element="learning-framework") == {"principle-no-source"}
    principle.children.append(node(ItemKind.SOURCE))
    assert codes({"learning-framework": [principle]}, element="learning-framework") == set()


def test_an_element_with_nothing_in_it_says_where_to_begin() -> None:
    found = gaps_of("graduate-profile", ground_of({}, []))
    assert [(gap.code, gap.page, gap.what) for gap in found] == [("none-yet", ADD, "attribute")]


def nodes_of(kind: Kind) -> st.SearchStrategy[Node]:
    below = [st.lists(nodes_of(each), max_size=2) for each in children_of(kind.kind)]
    said = st.sampled_from(["", "Said."])
    data = st.fixed_dictionaries({key: said for key in kind.keys if key not in ("title", "text")})
    return st.builds(
        lambda title, text, data, lists: Node(
            Item(kind=kind.kind.value, title=title, text=text, data=data),
            [each for found in lists for each in found],
        ),
        st.sampled_from(["One", "Two"]),
        said,
        data,
        st.tuples(*below),
    )


def _elements() -> st.SearchStrategy[dict[str, list[Node]]]:
    tops: dict[str, list[st.SearchStrategy[list[Node]]]] = {}
    for kind in KINDS.values():
        if kind.parent is None:
            tops.setdefault(kind.element.value, []).append(st.lists(nodes_of(kind), max_size=2))
    joined = {
        key: st.tuples(*lists).map(lambda found: [each for some in found for each in some])
        for key, lists in tops.items()
    }
    return st.fixed_dictionaries(joined)


def _gaps(items: dict[str, list[Node]], ties: list[Tie]) -> list[Gap]:
    return [gap for element in items for gap in gaps_of(element, ground_of(items, ties))]


@given(_elements(), st.data())
def test_ties_and_words_only_ever_close_gaps(items: dict[str, list[Node]], data: st.DataObject) -> None:
    every = [each.item for nodes in items.values() for each in walk(nodes)]
    before = _gaps(items, [])
    assert all(str(gap.sentence) and str(gap.step) for gap in before)
    assert all(gap.item is None or gap.item in {each.pk for each in every} for gap in before)
    assert len(before) == len(set(before))
    ties = [
        Tie(item_id=one.pk, to_id=other.pk)
        for one in every
        for other in every
        if other.kind in KINDS[one.kind].ties and data.draw(st.booleans())
    ]
    assert set(_gaps(items, ties)) <= set(before)
    for item in every:
        item.text, item.data = "Said.", dict.fromkeys(KINDS[item.kind].keys, "Said.")
    assert {gap.code for gap in _gaps(items, ties)} <= {gap.code for gap in before}
