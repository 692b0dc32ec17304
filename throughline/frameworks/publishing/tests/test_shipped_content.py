"""The journey framework as it ships: complete, in the source's order, short enough to answer on a phone."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"
JOURNEY: dict[str, Any] = tomllib.loads((DATA / "journey.toml").read_text(encoding="utf-8"))
SPANISH: dict[str, Any] = tomllib.loads((DATA / "journey.es.toml").read_text(encoding="utf-8"))
COMPETENCIES: list[dict[str, Any]] = [c for domain in JOURNEY["domains"] for c in domain["competencies"]]
BY_CODE = [pytest.param(c, id=c["code"]) for c in COMPETENCIES]

# Names, order and levels are the source's: F foundational, A advanced.
NAMES = {
    "Purpose & Vision": [
        ("Stakeholder Buy-In", "F"),
        ("Learning is Constant, Time is Variable", "F"),
        ("Equity-driven Decisions", "F"),
        ("Learner Leaders", "A"),
        ("Community Impact", "A"),
    ],
    "Graduate Profile": [
        ("Vision of Success", "F"),
        ("Vision-System Integration", "F"),
        ("Captures Diverse Perspectives", "A"),
    ],
    "Learning Model": [
        ("Mastery Credit-Informed Instructional Design", "F"),
        ("Student Agency and Voice", "F"),
        ("Meaningful, Student-Driven Assessment", "F"),
        ("Shared Vision for Learning/Teaching", "F"),
        ("Real-World Experience", "A"),
        ("Anywhere, Anytime Learning", "A"),
    ],
    "Alignment": [
        ("Timely Support", "F"),
        ("Success Pathways", "F"),
        ("Feedback for Growth", "F"),
        ("Mastery Transcript", "F"),
        ("Peer-Peer Feedback", "A"),
        ("Exhibition and Defense", "A"),
    ],
    "Sustainability": [
        ("Professional Excellence", "F"),
        ("Reflective and Strategic Iteration", "F"),
        ("Mentoring", "A"),
        ("Policy Development", "A"),
    ],
}
DOMAINS = ["purpose-vision", "graduate-profile", "learning-model", "alignment", "sustainability"]
ELEMENTS = [
    "call-to-action",
    "graduate-profile",
    "framework-for-mastery-learning",
    "building-blocks",
    "implementation-plan",
]
STEPS = ["not-yet", "trying", "usual", "how-we-work"]
GROUPS = {"learner", "family", "educator", "leader", "community", "board"}
MARKS = {"document", "practice", "effect"}
SPANISH_ROOM = 1.25  # the same thing takes about a quarter more words in Spanish
REACH = re.compile(
    r"\b(whole|entire|across|most|few|some|all|every) (of )?(the |our )?"
    r"(school|district|class|subject|teacher|educator|learner|staff)",
)


def words(text: str) -> int:
    return len(text.split())


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


def leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def test_names_order_and_levels_are_the_source_s() -> None:
    levels = {"foundational": "F", "advanced": "A"}
    shipped = {
        d["name"]: [(c["name"], levels[c["level"]]) for c in d["competencies"]] for d in JOURNEY["domains"]
    }
    assert list(shipped.items()) == list(NAMES.items())


def test_fifteen_foundational_and_nine_advanced() -> None:
    levels = [c["level"] for c in COMPETENCIES]
    assert (len(levels), levels.count("foundational"), levels.count("advanced")) == (24, 15, 9)


def test_codes_are_stable_slugs_and_unique() -> None:
    assert codes(JOURNEY["domains"]) == DOMAINS
    assert codes(JOURNEY["design_elements"]) == ELEMENTS
    assert codes(JOURNEY["framework"]["steps"]) == STEPS
    assert [c["code"] for c in COMPETENCIES] == [slug(c["name"]) for c in COMPETENCIES]
    assert len(set(codes(COMPETENCIES))) == len(COMPETENCIES)


def test_each_domain_has_its_question_and_design_element() -> None:
    assert [d["design_element"] for d in JOURNEY["domains"]] == ELEMENTS
    assert all(d["question"].endswith("?") for d in JOURNEY["domains"])


@pytest.mark.parametrize("competency", BY_CODE)
def test_competency_is_short_and_whole(competency: dict[str, Any]) -> None:
    assert words(competency["description"]) <= 35
    assert len(competency["steps"]) == len(STEPS)
    assert max(words(step) for step in competency["steps"]) <= 22
    assert not [step for step in competency["steps"] if REACH.search(step.casefold())], (
        "steps tell depth, not reach"
    )


@pytest.mark.parametrize("competency", BY_CODE)
def test_indicators_have_witnesses(competency: dict[str, Any]) -> None:
    indicators = competency["indicators"]
    assert codes(indicators) == [str(n + 1) for n in range(len(indicators))]
    assert 2 <= len(indicators) <= 4
    for indicator in indicators:
        assert words(indicator["text"]) <= 22
        assert set(indicator["witnesses"]) <= GROUPS
        assert len(set(indicator["witnesses"])) == len(indicator["witnesses"]) >= 1


@pytest.mark.parametrize("competency", BY_CODE)
def test_evidence_shows_every_mark(competency: dict[str, Any]) -> None:
    evidence = competency["evidence"]
    assert 3 <= len(evidence) <= 4
    assert {e["mark"] for e in evidence} == MARKS
    assert max(words(e["text"]) for e in evidence) <= 16


def test_no_sentence_is_used_twice() -> None:
    for texts in (
        [s for c in COMPETENCIES for s in c["steps"]],
        [i["text"] for c in COMPETENCIES for i in c["indicators"]],
        [e["text"] for c in COMPETENCIES for e in c["evidence"]],
        [s for c in SPANISH["competencies"].values() for s in c["steps"]],
        [i for c in SPANISH["competencies"].values() for i in c["indicators"]],
        [e for c in SPANISH["competencies"].values() for e in c["evidence"]],
    ):
        assert len(set(texts)) == len(texts)


def test_every_group_is_asked_something_and_no_group_everything() -> None:
    asked = {
        group: {c["code"] for c in COMPETENCIES for i in c["indicators"] if group in i["witnesses"]}
        for group in GROUPS
    }
    assert all(asked.values())
    assert all(len(asked[group]) < len(COMPETENCIES) for group in GROUPS - {"educator"})


def test_crosswalks_point_at_competencies() -> None:
    known = set(codes(COMPETENCIES))
    for crosswalk in JOURNEY["crosswalks"]:
        assert len(set(codes(crosswalk["elements"]))) == len(crosswalk["elements"])
        assert all(set(e["competencies"]) <= known and e["competencies"] for e in crosswalk["elements"])
    assert codes(JOURNEY["crosswalks"]) == ["aurora-2019"]
    assert len(JOURNEY["crosswalks"][0]["elements"]) == 7


def test_no_text_is_empty_or_untrimmed() -> None:
    for leaf in leaves(JOURNEY) + leaves(SPANISH):
        assert isinstance(leaf, str)
        assert leaf and leaf == leaf.strip()


def test_spanish_has_the_same_codes() -> None:
    assert SPANISH["language"] == "es"
    assert list(SPANISH["steps"]) == STEPS
    assert list(SPANISH["design_elements"]) == ELEMENTS
    assert set(SPANISH["domains"]) == set(DOMAINS)
    assert list(SPANISH["competencies"]) == codes(COMPETENCIES)
    assert list(SPANISH["crosswalks"]) == codes(JOURNEY["crosswalks"])
    for crosswalk in JOURNEY["crosswalks"]:
        assert list(SPANISH["crosswalks"][crosswalk["code"]]["elements"]) == codes(crosswalk["elements"])


def test_spanish_has_the_same_fields() -> None:
    assert {"title", "summary", "attribution"} <= set(SPANISH)
    assert all(set(row) == {"label", "hint"} for row in SPANISH["steps"].values())
    assert all(set(row) == {"name", "summary"} for row in SPANISH["design_elements"].values())
    assert all(set(row) == {"name", "question"} for row in SPANISH["domains"].values())
    assert all(set(row) == {"title", "note", "elements"} for row in SPANISH["crosswalks"].values())


@pytest.mark.parametrize("competency", BY_CODE)
def test_spanish_competency_is_whole_and_short(competency: dict[str, Any]) -> None:
    spanish = SPANISH["competencies"][competency["code"]]
    assert set(spanish) == {"name", "description", "steps", "indicators", "evidence"}
    for field, limit in (("steps", 22), ("indicators", 22), ("evidence", 16)):
        assert len(spanish[field]) == len(competency[field])
        assert max(words(text) for text in spanish[field]) <= limit * SPANISH_ROOM
    assert words(spanish["description"]) <= 35 * SPANISH_ROOM
