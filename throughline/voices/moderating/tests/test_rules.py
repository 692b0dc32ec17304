"""Rules without a database: what may be a name, what comes first, of which group it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.voices.figures.reading import Unit
from throughline.voices.figures.suppression import Together, Way
from throughline.voices.moderating.labels import labeled
from throughline.voices.moderating.names import marked, named_in, words_of
from throughline.voices.moderating.pressing import is_pressing, sorted_by_need

KNOWN = words_of(["Ana Ruiz", "Bo Li", "Zoë O’Hara"])


def found(text: str) -> list[str]:
    return [piece.text for piece in marked(text, KNOWN) if piece.marked]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I told ana and nobody came.", ["ana"]),
        ("Ana’s desk is by the door.", ["Ana’s"]),
        ("Zoë O’Hara helps me.", ["Zoë", "O’Hara"]),
        ("Ask Ms. Whitfield or Sra. Peña.", ["Ms. Whitfield", "Sra. Peña"]),
        ("Write to kim@example.org or 555 010 7788", ["kim@example.org", "555 010 7788"]),
        ("Banana bread on Monday, 25 of us.", []),
        ("Bo is too short a word to look for.", []),
    ],
)
def test_what_may_name_somebody_is_marked(text: str, names: list[str]) -> None:
    assert found(text) == names


@given(st.text(max_size=80))
def test_marking_loses_no_letter(text: str) -> None:
    assert "".join(piece.text for piece in marked(text, KNOWN)) == text


def test_a_note_with_a_members_name_is_noticed_and_a_common_word_is_not() -> None:
    names = ["Ana Ruiz", "May Grace"]
    assert named_in("Then Ruiz said no.", names) == ["Ana Ruiz"]
    assert named_in("We may do it with grace.", names) == []


@pytest.mark.parametrize(
    "text",
    [
        "I don’t want to live. I want  to die",
        "he TOUCHED me",
        "Quiero morir",
        "Mi tío me pega cuando estoy en casa",
        "tengo hambre",
        "I'm scared to go home",
    ],
)
def test_words_of_trouble_come_first(text: str) -> None:
    assert is_pressing(text)
    assert sorted_by_need([(1, "Longer lunch"), (2, text), (3, "More art")]) == [2, 1, 3]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_the_list_of_words_hides_nothing(texts: list[str]) -> None:
    rows = list(enumerate(texts))
    assert sorted(sorted_by_need((number, text) for number, text in rows)) == [
        number for number, _text in rows
    ]


def unit(people: int, *groups: str) -> Unit:
    return Unit(
        groups, Way.LINK, Together.NO, young=False, people=people, answered=people, invited=None, lost=False
    )


def test_groups_are_told_where_all_are_large_enough() -> None:
    told = labeled([unit(40, "learner"), unit(12, "family", "board")], [])
    assert told == {"learner": ("learner",), "family": ("family", "board"), "board": ("family", "board")}


def test_who_goes_unnamed_is_never_alone_with_that() -> None:
    told = labeled([unit(40, "learner"), unit(25, "family"), unit(12, "educator")], ["board"])
    assert told == {"learner": ("learner",), "family": ("family",)}
    assert labeled([unit(40, "learner")], ["board"]) == {}


@given(
    st.lists(st.integers(10, 60), max_size=4),
    st.sets(st.sampled_from(["board", "alumni", "partner"]), max_size=3),
)
def test_the_unnamed_are_nobody_or_at_least_as_many_as_the_threshold(
    sizes: list[int], small: set[str]
) -> None:
    groups = ["learner", "family", "educator", "leader"][: len(sizes)]
    units = [unit(people, group) for people, group in zip(sizes, groups, strict=True)]
    told = labeled(units, small)
    unnamed = sum(each.people for each in units if each.groups[0] not in told)
    assert not (small & told.keys())
    assert not small or not units or unnamed >= 10
