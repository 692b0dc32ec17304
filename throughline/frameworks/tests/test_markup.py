"""Statements are shown safely whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks.markup import flattened, safe_statement
from throughline.frameworks.tests.packages import garden, import_case, raw
from throughline.frameworks.tree import tree
from throughline.schools.models import Organisation


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![x](https://tracker.example.org/p.png)",
        "<svg/onload=alert(1)>",
        "<p onclick=alert(1)>hi</p>",
        "<a href='https://example.org'>x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<sup onclick=x>2</sup>",
        "$<script>alert(1)</script>$",
        "`<script>`",
        "| <script> |\n|---|\n| <img src=x> |",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_in_a_statement_acts(hostile: str) -> None:
    shown = str(safe_statement(hostile)).lower()
    for active in ("<script", "<img", "<svg", "<a ", "<style", "<p ", "<sup "):
        assert active not in shown


def test_markdown_shows_as_it_was_meant() -> None:
    shown = safe_statement("Uses *care* and **time**.\n\n| A | B |\n|---|---|\n| 1 | 2 |")
    assert "<em>care</em>" in shown
    assert "<strong>time</strong>" in shown
    assert "<td>2</td>" in shown


def test_formulas_stay_as_they_were_written() -> None:
    formula = r"$x_1 = {-b \pm \sqrt{b^2-4ac} \over 2a}$"
    assert formula in safe_statement(f"Solves _well_: {formula}.")
    assert r"\(a_1*b*c\)" in safe_statement(r"\(a_1*b*c\)")
    assert flattened(f"Solves {formula}", 300) == f"Solves {formula}"


def test_money_is_not_a_formula() -> None:
    assert "<em>" in safe_statement("It costs $5 and *not* $6")


def test_a_few_harmless_tags_of_html_statements_work() -> None:
    assert "x<sup>2</sup>" in safe_statement("x<sup>2</sup>")
    assert flattened("<p>First</p><p>second</p>", 100) == "First second"


def test_plain_text_is_a_paragraph_and_costs_nothing() -> None:
    assert safe_statement("a “plain” text") == "<p>a “plain” text</p>"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert flattened("one two three four", 12) == "one two…"
    assert len(flattened("x" * 1000, 600)) == 600


@given(st.text(max_size=200), st.integers(10, 600))
def test_any_text_becomes_one_safe_line(text: str, limit: int) -> None:
    line = flattened(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert "<script" not in safe_statement(text).lower()


@pytest.mark.django_db
def test_plain_pages_get_plain_words_and_the_framework_page_the_markup(school: Organisation) -> None:
    package = garden()
    package["CFItems"][0]["fullStatement"] = "# Soil\n\n*What* lives in it?"
    package["CFItems"][5]["fullStatement"] = "The heap reaches **50** degrees &amp; stays there."
    version = import_case(raw(package), school).version
    soil = tree(version.pk, "en").domains[0]
    [first, _second] = soil.competencies[0].indicators
    assert first.text == "The heap reaches 50 degrees & stays there."
    assert first.statement == "The heap reaches **50** degrees &amp; stays there."
    assert soil.question == "# Soil What lives in it?"
    assert soil.statement == "# Soil\n\n*What* lives in it?"
