"""What is written as a table reads back as the same framework, whatever its words look like to a spreadsheet."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    default_steps,
)
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.frameworks.tables.reading import read_table
from throughline.frameworks.tables.writing import as_csv, as_xlsx
from throughline.kit.text import clean_line, clean_text

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff")
LINE = st.text(LETTERS, min_size=1, max_size=30).map(clean_line).filter(bool)
START = st.sampled_from(["=", "+", "-", "@", "'", "''=", "'-", '"', ",", ";", "＝", ""])
NAME = st.builds(lambda start, rest: clean_line(start + rest), START, LINE).filter(bool)
TEXT = st.one_of(
    st.just(""),
    st.builds(lambda a, b, c: clean_text(f"{a}{b}\n{c}"), START, LINE, st.one_of(st.just(""), LINE)),
)
SAID = TEXT.filter(bool)
CODES = st.from_regex(r"[a-z][a-z0-9.-]{0,12}", fullmatch=True)


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    steps = draw(st.sampled_from([0, 4]))
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    domains = draw(st.lists(CODES, min_size=1, max_size=3, unique=True))
    home = [draw(st.sampled_from(domains)) for _code in codes]

    def competency(code: str) -> CompetencyPlan:
        described = st.lists(SAID, min_size=steps or 4, max_size=steps or 4).map(tuple)
        ideas = draw(
            st.lists(st.tuples(SAID, st.lists(st.sampled_from(sorted(WITNESSES)), unique=True)), max_size=3)
        )
        return CompetencyPlan(
            code=code,
            name=draw(NAME),
            level=draw(st.sampled_from(["foundational", "advanced"])),
            description=draw(TEXT),
            steps=draw(st.one_of(st.just(()), described)),
            evidence=tuple(draw(st.lists(st.tuples(st.sampled_from(sorted(MARKS)), SAID), max_size=2))),
            indicators=tuple(
                IndicatorPlan(str(place), text, tuple(who))
                for place, (text, who) in enumerate(ideas, start=1)
            ),
            source_identifier=draw(st.sampled_from(["", "x-1"])),
        )

    title = draw(NAME)
    made = {code: competency(code) for code in codes}
    content: dict[str, Any] = {
        "title": title,
        "summary": draw(TEXT),
        "attribution": draw(TEXT),
        "source_url": draw(st.sampled_from(["", "https://garden.example.org/?a=1,2"])),
        "steps": [{"code": f"s{n}", "label": draw(NAME), "hint": draw(TEXT)} for n in range(steps)],
        "design_elements": [{"code": "e", "name": draw(NAME), "summary": draw(TEXT)}],
        "crosswalks": [
            {
                "code": "w",
                "title": draw(NAME),
                "note": draw(TEXT),
                "elements": [{"code": "a", "label": draw(NAME), "competencies": codes[:2]}],
            }
        ],
    }
    if not steps:
        content |= {"steps": default_steps(), "steps_are_default": True}
    told = draw(st.dictionaries(st.sampled_from(codes), NAME, max_size=2))
    if told or not steps:
        content["source_codes"] = told
    return Blueprint(
        code=draw(CODES).replace(".", "-").strip("-"),
        number=draw(st.sampled_from(["1", "2024-01-01"])),
        language=draw(st.sampled_from(["en", "es", "ar"])),
        title=title,
        content=content,
        domains=tuple(
            DomainPlan(
                code=code,
                name=draw(NAME),
                question=draw(TEXT),
                design_element=draw(st.sampled_from(["", "e"])),
                competencies=tuple(
                    made[each] for each, where in zip(codes, home, strict=True) if where == code
                ),
                source_identifier=draw(st.sampled_from(["", "d-1"])),
            )
            for code in domains
        ),
        source_identifier=draw(st.sampled_from(["", "doc"])),
    )


@given(plan=blueprints(), write=st.sampled_from([as_csv, as_xlsx]))
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_back_equal(plan: Blueprint, write: Any) -> None:
    reading = read_table(write(plan), "From the file")
    assert (reading.problems, reading.plan) == ([], plan)
