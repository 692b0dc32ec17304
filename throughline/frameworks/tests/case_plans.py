"""Random frameworks, as a person could have written them, and packages with everything in them that CASE knows."""

from typing import Any

from hypothesis import strategies as st

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.case.builder import Maker
from throughline.frameworks.tests.packages import DOCUMENT, Table, child_of, garden, ident, item
from throughline.kit.text import clean_line, clean_text

KEY = "0f9a9b1e-1111-5222-8333-444455556666"
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
_PIECES = st.one_of(
    st.text(_LETTERS, max_size=20),
    st.sampled_from(
        ["*stark*", "a_b_c", "$x^2$", "<b>", "&amp;", "שלום", "زميل", "数学", "\n- one\n- two", "`", "1. "]
    ),
)
_RAW = st.lists(_PIECES, min_size=1, max_size=3).map(" ".join)
LINES = _RAW.map(clean_line).filter(bool)
TEXTS = _RAW.map(clean_text).filter(bool)
MAYBE = st.one_of(st.just(""), TEXTS)
CODES = st.one_of(
    st.sampled_from(["a", "A.1", "b-2", "1", "é"]), LINES.map(lambda text: text[:20].strip()).filter(bool)
)


@st.composite
def plans(draw: st.DrawFn, number: str = "1", code: str = "plot") -> Blueprint:
    """Any framework with four steps that `blueprint.check` lets through."""
    steps = [{"code": f"step{place}", "label": draw(LINES), "hint": draw(MAYBE)} for place in range(1, 5)]
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    names = draw(st.lists(CODES, min_size=1, max_size=min(3, len(codes)), unique=True))
    shares: list[list[str]] = [[] for _name in names]
    for place, each in enumerate(codes):
        shares[place % len(names)].append(each)
    domains = tuple(
        DomainPlan(
            name,
            draw(LINES)[:300].strip(),
            draw(MAYBE),
            draw(st.sampled_from(["", "profile"])),
            tuple(draw(_competency(each)) for each in share),
        )
        for name, share in zip(names, shares, strict=True)
    )
    title = draw(LINES)
    content: dict[str, Any] = {
        "title": title,
        "summary": draw(MAYBE),
        "attribution": draw(TEXTS),
        "source_url": draw(st.sampled_from(["", "https://garden.example.org/a"])),
        "steps": steps,
        "design_elements": [{"code": "profile", "name": draw(LINES), "summary": draw(TEXTS)}],
        "crosswalks": [
            {
                "code": "other",
                "title": draw(LINES),
                "note": draw(TEXTS),
                "elements": [{"code": "e1", "label": draw(LINES), "competencies": codes[:1]}],
            }
        ],
    }
    if draw(st.booleans()):
        content["steps_are_default"] = True
    return Blueprint(code, number, draw(st.sampled_from(["en", "es", "ar"])), title, content, domains)


@st.composite
def _competency(draw: st.DrawFn, code: str) -> CompetencyPlan:
    ideas = draw(st.lists(TEXTS, max_size=4))
    return CompetencyPlan(
        code=code,
        name=draw(LINES),
        level=draw(st.sampled_from(["foundational", "advanced"])),
        description=draw(MAYBE),
        steps=tuple(draw(st.lists(MAYBE, min_size=4, max_size=4))) if draw(st.booleans()) else (),
        evidence=tuple(
            (draw(st.sampled_from(["document", "effect"])), draw(TEXTS))
            for _each in range(draw(st.integers(0, 2)))
        ),
        indicators=tuple(
            IndicatorPlan(
                str(place), text, tuple(draw(st.lists(st.sampled_from(["learner", "family"]), unique=True)))
            )
            for place, text in enumerate(ideas, start=1)
        ),
    )


def a_maker(title: str = "The plot", moment: str = "2026-11-01T08:00:00+00:00") -> Maker:
    return Maker(KEY, KEY, title, "https://here.example.org", moment)


def end(identifier: str, **more: Any) -> Table:
    return {"title": "…", "identifier": identifier, "uri": f"https://case.example.org/{identifier}", **more}


def whole_garden() -> Table:
    """The garden in CASE 1.1 with a rubric, associations of many kinds, definitions, extensions and two parents."""
    package = garden()
    package["CFDocument"] |= {
        "caseVersion": "1.1",
        "frameworkType": "Jardín",
        "extensions": {"acme": {"a": [1, 2.5]}},
    }
    package["CFItems"][2] |= {
        "extensions": {"acme": {"Größe": None}},
        "educationLevel": ["KG"],
        "subject": ["Gärten"],
    }
    package["CFItems"].append(item(8, "Under no one, and of no use to us.", notes="数学"))
    stamp = {"uri": "https://case.example.org/x", "lastChangeDateTime": "2024-03-01T08:00:00+00:00"}
    for number, kind in enumerate(["exactMatchOf", "precedes", "ext:helps", "isTranslationOf"], start=1):
        package["CFAssociations"].append(
            {
                "identifier": f"c0000000-0000-4000-8000-{number:012d}",
                **stamp,
                "associationType": kind,
                "originNodeURI": end(ident(3)),
                "destinationNodeURI": end("a thing elsewhere", targetType="ext:thing"),
                "notes": "why",
                "extensions": {"acme": number},
            }
        )
    package["CFAssociations"].append(child_of(3, 2, sequenceNumber=9))
    licence = {
        "identifier": "e0000000-0000-4000-8000-000000000001",
        **stamp,
        "title": "CC BY",
        "licenseText": "…",
    }
    package["CFDefinitions"] = {"CFLicenses": [licence], "extensions": {"acme": True}}
    rubric: Table = {"identifier": "f0000000-0000-4000-8000-000000000001", **stamp, "title": "How well"}
    levels = [
        {
            "identifier": f"f2000000-0000-4000-8000-{place:012d}",
            **stamp,
            "quality": quality,
            "description": f"The heap is {quality}.",
            "score": place / 2,
            "position": place,
            "extensions": [{"acme": place}],
        }
        for place, quality in enumerate(["cold", "cool", "warm", "hot"], start=1)
    ]
    rubric["CFRubricCriteria"] = [
        {
            "identifier": "f1000000-0000-4000-8000-000000000001",
            **stamp,
            "CFItemURI": end(ident(3)),
            "weight": 1.5,
            "position": 1,
            "rubricId": rubric["identifier"],
            "CFRubricCriterionLevels": levels,
        }
    ]
    package["CFRubrics"] = [rubric]
    package["extensions"] = {"acme": "whole"}
    return package


__all__ = ["DOCUMENT", "a_maker", "end", "plans", "whole_garden"]
