"""Side by side without order, count or score: the pure rules."""

from dataclasses import fields
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree
from throughline.network import district
from throughline.network.district import Cell, Fate, Picture, State, alphabetical, by_name, road

NOW = datetime(2026, 5, 1, tzinfo=UTC)
STANDINGS = ("not-started", "in-progress", "earned")


def an_item(number: int) -> CompetencyItem:
    return CompetencyItem(
        id=UUID(int=number), number=number, code=f"c{number}", name=f"Competency {number}", level="foundational",
        description="", steps=(), indicators=(), evidence_examples=(), domain_name="D", hue=1,
    )  # fmt: skip


def a_framework(many: int = 3) -> Tree:
    items = tuple(an_item(number) for number in range(1, many + 1))
    domain = DomainItem(
        id=uuid4(),
        hue=1,
        code="d",
        name="D",
        question="",
        statement="",
        design_element="",
        competencies=items,
    )
    return Tree(uuid4(), "F", "1", "", "", (), (domain,), items, {each.id: each for each in items}, {})


def a_picture(school: str, *standings: str, **more: object) -> Picture:
    now = {UUID(int=number): State(each) for number, each in enumerate(standings, 1)}
    return Picture(school, uuid4(), uuid4(), uuid4(), NOW, now, **more)  # type: ignore[arg-type]


def test_schools_stand_in_the_order_of_the_alphabet_whatever_they_have_earned() -> None:
    schools = ["Émile", "anders", "Zola", "Bly", "eden"]
    pictures = [a_picture(name, *(["earned"] * place)) for place, name in enumerate(schools)]
    for seed in range(5):
        Random(seed).shuffle(pictures)
        assert [each.school for each in alphabetical(pictures)] == ["anders", "Bly", "eden", "Émile", "Zola"]


@given(
    st.lists(
        st.tuples(
            st.text("aAbéÉß zZ漢", min_size=1, max_size=6),
            st.lists(st.sampled_from(STANDINGS), min_size=3, max_size=3),
        ),
        min_size=2,
        max_size=6,
        unique_by=lambda each: each[0],
    )
)
def test_the_order_of_columns_knows_nothing_of_standings(schools: list[tuple[str, list[str]]]) -> None:
    one = district.matrix_of(a_framework(), [a_picture(name, *said) for name, said in schools])
    other = district.matrix_of(a_framework(), [a_picture(name, *reversed(said)) for name, said in schools])
    names = [each.school for each in one.pictures]
    assert names == [each.school for each in other.pictures] == sorted(names, key=by_name)
    for _domain, rows in one.parts:
        for row in rows:
            assert [cell.school for cell in row.cells] == names


def test_nothing_that_is_handed_to_the_page_holds_a_number() -> None:
    for kind in (Picture, district.Row, district.Matrix, district.Shared, district.Help):
        assert not [each.name for each in fields(kind) if each.type in (int, float, "int", "float")]


def test_common_priorities_name_schools_by_the_alphabet_and_one_school_alone_is_not_common() -> None:
    first, second = UUID(int=1), UUID(int=2)
    matrix = district.matrix_of(
        a_framework(),
        [
            a_picture("B", priorities=frozenset({first, second})),
            a_picture("A", priorities=frozenset({first})),
        ],
    )
    (found,) = district.common_priorities(matrix)
    assert (found.competency.id, found.schools) == (first, ("A", "B"))


def test_who_could_help_takes_only_schools_that_said_they_may_be_asked() -> None:
    helped = a_picture("Learning", "in-progress")
    silent, willing = a_picture("Silent", "earned"), a_picture("Willing", "earned", may_be_asked=True)
    assert district.who_could_help(district.matrix_of(a_framework(), [helped, silent])) == []
    (found,) = district.who_could_help(district.matrix_of(a_framework(), [helped, silent, willing]))
    assert [each.school for each in found.earned] == ["Willing"]
    assert found.working == ("Learning",)


def test_whoever_earned_it_or_set_it_aside_is_not_helped_and_does_not_help() -> None:
    aside = Picture(
        "Aside",
        uuid4(),
        uuid4(),
        uuid4(),
        NOW,
        {UUID(int=1): State("earned", set_aside=True)},
        may_be_asked=True,
    )
    begun = a_picture("Begun", "in-progress")
    assert district.who_could_help(district.matrix_of(a_framework(), [aside, begun])) == []
    chosen = a_picture("Chosen", "earned", priorities=frozenset({UUID(int=1)}), may_be_asked=True)
    assert district.who_could_help(district.matrix_of(a_framework(), [chosen])) == []


def test_a_cell_changed_only_when_the_standing_did() -> None:
    earned, aged, begun = State("earned"), State("earned", recheck=True), State("in-progress")
    assert Cell("A", earned, begun).changed
    assert not Cell("A", aged, earned).changed
    assert not Cell("A", earned, None).changed
    assert not Cell("A", None, earned).changed


def test_what_is_the_same_idea_is_carried_along_versions_and_nothing_else_is() -> None:
    one, two, three, other = (uuid4() for _ in range(4))
    same, reworded, split, dropped, part = (uuid4() for _ in range(5))
    newer, newest = uuid4(), uuid4()
    fates = {
        two: [Fate(same, newer, "same"), Fate(split, part, "split"), Fate(dropped, None, "dropped")],
        three: [Fate(newer, newest, "reworded"), Fate(reworded, uuid4(), "merged")],
    }
    before = {two: one, three: two}
    assert road(one, two, before, fates) == {same: newer}
    assert road(one, three, before, fates) == {same: newest}
    assert road(two, one, before, fates) is None
    assert road(other, three, before, fates) is None
    assert road(one, one, before, fates) == {}
    assert district.carried({same: State("earned"), split: State("earned")}, {same: newest}) == {
        newest: State("earned")
    }


def test_versions_that_claim_each_other_as_the_one_before_end_nowhere() -> None:
    one, two = uuid4(), uuid4()
    assert road(uuid4(), two, {two: one, one: two}, {}) is None
