"""The paper form: every question with its boxes, in each language, for each part, and what is told before."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.answering.queries import questionnaire_of
from throughline.voices.models import Asked, Listening
from throughline.voices.paper.document import as_data
from throughline.voices.paper.sheet import rows_of, sheet_of
from throughline.voices.scales import STEPS

pytestmark = pytest.mark.django_db


def told(asked: Asked, language: str = "en") -> dict[str, Any]:
    return as_data(questionnaire_of(asked), part=1, language=language, address="", school="Harbor")


def text_of(document: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(document)).pages).split()
    )


def test_every_question_has_a_number_and_every_choice_too(learners: Asked) -> None:
    rows = rows_of(sheet_of(questionnaire_of(learners), 1, "en"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert {row.kind for row in rows} == {"steps", "words", "background"}
    for row in rows:
        assert [box.digit for box in row.boxes] == list(range(1, len(row.boxes) + 1))
    steps = next(row for row in rows if row.kind == "steps")
    assert [box.value for box in steps.boxes] == [*map(str, STEPS), "-1", "-2"]
    assert steps.value_of("1") == "0" and steps.value_of("8") is None and steps.value_of("0") is None


def test_it_says_who_sees_the_sheet_and_does_not_promise_more_than_paper_can_keep(learners: Asked) -> None:
    said = " ".join(point["text"] for point in told(learners)["points"])
    assert "One person on the leadership team enters this sheet" in said and "might know your hand" in said
    assert "anonymous" not in said and "This sheet is destroyed" in said
    Asked.objects.update(young=True)
    learners.refresh_from_db()
    assert "grown-up" in " ".join(point["text"] for point in told(learners)["points"])


def test_whom_to_turn_to_stands_beside_what_is_answered_in_ones_own_words(learners: Asked) -> None:
    page = told(learners, "es")
    assert page["contact"]["text"] == "La oficina, sala 2"
    assert any(row["kind"] == "words" for section in page["sections"] for row in section["rows"])
    Listening.objects.update(reader=None)
    without = Asked.objects.select_related("listening").get(pk=learners.pk)
    without.listening.version += 1
    assert not any(row["kind"] == "words" for section in told(without)["sections"] for row in section["rows"])


def test_the_file_comes_in_each_language_and_size_and_nobody_else_gets_it(
    learners: Asked, lead: Membership, educator: Membership
) -> None:
    there = reverse(
        "voices:paper-form", args=[learners.organisation.slug, learners.listening_id, learners.pk, 1]
    )
    browser = client_of(lead)
    spanish = text_of(browser.get(there, {"language": "es", "paper": "letter"}).content)
    assert "¿Qué grados?" in spanish and f"testserver/v/{learners.place}" in spanish
    usual, large = (browser.get(there, {"size": size}).content for size in ("usual", "large"))
    assert len(pypdf.PdfReader(BytesIO(large)).pages) > len(pypdf.PdfReader(BytesIO(usual)).pages)
    for wrong in ({"language": "fr"}, {"size": "huge"}, {"paper": "a3"}):
        assert browser.get(there, wrong).status_code == 404
    assert client_of(educator).get(there).status_code == 403


def test_while_it_is_composed_the_form_says_that_it_is_a_draft(learners: Asked) -> None:
    assert told(learners)["draft"] == ""
    learners.listening.state = "draft"
    assert "draft" in told(learners)["draft"]
