"""Translations know which words they say: what is current, what is behind, what is missing, and what is carried over."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, IndicatorPlan
from throughline.frameworks.models import FrameworkVersion, TranslationEdition, VersionTranslation
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tests.plans import GARDEN, PLAN, SOIL
from throughline.frameworks.translating.editions import newest_edition
from throughline.frameworks.translating.texts import (
    Entry,
    carried_over,
    current_of,
    entries_of,
    flat_of,
    mark_of,
    nested_of,
    path_origins,
    sources_of,
    state_of,
)
from throughline.frameworks.tree import tree
from throughline.schools.models import Membership, Organisation
from throughline.testing import ship_frameworks

# a busy machine is not a fault of the code
WORDS = st.sampled_from(["Rain", "Sun", "Worms", "Shade", "Roots"])
ITEMS = st.lists(
    st.tuples(st.sampled_from("abcd"), WORDS, st.lists(WORDS, max_size=3)), min_size=1, max_size=4,
    unique_by=lambda each: each[0],
)  # fmt: skip


def plan_of(items: list[tuple[str, str, list[str]]]) -> Blueprint:
    plans = tuple(
        CompetencyPlan(code, name, indicators=tuple(IndicatorPlan(str(n), t) for n, t in enumerate(texts)))
        for code, name, texts in items
    )
    return replace(PLAN, domains=(replace(GARDEN, competencies=plans),))


def spanish(text: str) -> str:
    return f"es:{text}"


@given(
    ITEMS,
    ITEMS,
    st.sets(st.integers(0, 30)),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd")),
)
def test_no_translation_of_other_words_is_ever_carried_over_as_current(
    old: list[tuple[str, str, list[str]]],
    new: list[tuple[str, str, list[str]]],
    untranslated: set[int],
    origins: dict[str, str],
) -> None:
    before, after = sources_of(plan_of(old)), sources_of(plan_of(new))
    entries = {
        path: Entry(spanish(text), mark_of(text))
        for number, (path, text) in enumerate(before.items())
        if number not in untranslated
    }
    became = path_origins({code: [origin] for code, origin in origins.items()})
    found = carried_over(before, entries, after, became, "1")
    shown = current_of(after, found)
    assert all(said == spanish(after[path]) for path, said in shown.items())
    said_before = {text for path, text in before.items() if path in entries}
    assert {path for path, text in after.items() if text in said_before} <= shown.keys()
    state = state_of(after, found)
    assert state.total == len(after) == state.done + len(state.behind) + len(state.missing)
    assert set(state.behind).isdisjoint(shown)
    # a second step keeps the oldest words that a text still says
    again = carried_over(after, found, before, became, "2")
    assert all(said == spanish(before[path]) for path, said in current_of(before, again).items())


@given(ITEMS, st.sets(st.integers(0, 30)))
def test_texts_come_back_from_the_shape_that_trees_read(
    items: list[tuple[str, str, list[str]]], untranslated: set[int]
) -> None:
    plan = plan_of(items)
    told = {
        path: spanish(text)
        for number, (path, text) in enumerate(sources_of(plan).items())
        if number not in untranslated
    }
    back = flat_of(plan, nested_of(plan, told))
    assert {path: text for path, text in back.items() if text.startswith("es:")} == told
    assert all(path in told or text == sources_of(plan)[path] for path, text in back.items())


@pytest.mark.django_db
def test_the_shipped_translations_are_whole_and_loading_again_writes_nothing() -> None:
    ship_frameworks()
    rows = VersionTranslation.objects.filter(version__framework__owner=None)
    assert {(row.language, len(row.behind), len(row.missing)) for row in rows} == {("es", 0, 0)}
    count = TranslationEdition.objects.count()
    ship_frameworks()
    assert TranslationEdition.objects.count() == count


SPANISH = {
    "title": "La parcela",
    "competencies": {
        "soil": {
            "name": "Suelo",
            "description": "Cuidamos el suelo.",
            "indicators": ["Hay lombrices.", "El suelo es oscuro."],
        }
    },
}


def with_spanish(school: Organisation) -> FrameworkVersion:
    return publish(replace(PLAN, translations={"es": SPANISH}), owner=school, by=None).version


@pytest.mark.django_db
def test_a_new_version_takes_over_what_still_says_the_same(school: Organisation, lead: Membership) -> None:
    first = with_spanish(school)
    dark = (IndicatorPlan("1", "The soil is dark."), IndicatorPlan("2", "There are many worms."))
    soil = replace(SOIL, code="ground", indicators=dark)
    plan = replace(PLAN, number="2", domains=(replace(GARDEN, competencies=(soil,)),))
    second = publish(plan, owner=school, by=lead, supersedes=first, origins={"ground": ("soil",)}).version
    shown = tree(second.pk, "es")
    [item] = shown.competencies
    assert (item.name, item.description) == ("Suelo", "Cuidamos el suelo.")
    assert [each.text for each in item.indicators] == ["El suelo es oscuro.", "There are many worms."]
    assert "competencies/ground/indicators/2" in shown.foreign
    assert "competencies/ground/indicators/1" not in shown.foreign
    assert (shown.language, shown.source_language, shown.follows) == ("es", "en", "1")
    edition = newest_edition(second, "es")
    assert edition is not None
    state = state_of(sources_of(stored_blueprint(second)), entries_of(edition.entries))
    assert state.behind == ("competencies/ground/indicators/2",)
    kept = entries_of(edition.entries)[state.behind[0]]
    assert (kept.said, kept.was, kept.since) == ("El suelo es oscuro.", "The soil is dark.", "1")


@pytest.mark.django_db
def test_what_is_not_translated_stands_in_the_language_of_the_source(school: Organisation) -> None:
    version = with_spanish(school)
    shown = tree(version.pk, "es")
    water = shown.competencies[1]
    assert water.name == "Water"
    assert "competencies/water/name" in shown.foreign
    assert shown.title == "La parcela"
    assert tree(version.pk, "fr").language == "en"
    assert tree(version.pk, "en").foreign == frozenset()
