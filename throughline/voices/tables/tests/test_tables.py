"""What is taken along holds what the pages show, and nothing that they hide."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from throughline.journeys.models import Journey, Round
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.models import Listening, Question
from throughline.voices.scales import NOT_ANSWERING

pytestmark = pytest.mark.django_db
KINDS = ("answers-csv", "answers-xlsx")


def fetched(client: Client, name: str, listening: Listening) -> Any:
    where = {"school": listening.organisation.slug, "listening_id": listening.pk}
    return client.get(reverse(f"voices:{name}", kwargs=where))


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def cells(answer: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(answer.content))
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_answers_hold_the_same_and_hide_the_same(closed_one: Listening, lead: Membership) -> None:
    client = client_of(lead)
    for name, read in zip(KINDS, (lines, cells), strict=True):
        rows = read(fetched(client, name, closed_one))
        mine = [row for row in rows if row[0] == "learner" and row[1] == "invited"]
        assert mine, name
        # Four of the board answered: no number about them. Two educators differ: no distribution.
        assert not [row for row in rows if row[0] == "board" and any(str(cell) == "4" for cell in row)]
        educators = [row for row in rows if row[0] == "educator" and "learning-is-constant" in str(row[3])]
        assert educators and {row[5] or "" for row in educators} <= {"", *map(str, NOT_ANSWERING.values())}
        assert not [row for row in educators if row[6] and not row[5]]
    table = lines(fetched(client, "answers-csv", closed_one))
    key = "learning-is-constant-time-is-variable.1/how-often"
    told = [(row[5], row[6], row[7]) for row in table if row[:2] == ["learner", "invited"] and row[3] == key]
    assert told[:5] == [
        ("Never", "4", "30"),
        ("Rarely", "7", "30"),
        ("Sometimes", "8", "30"),
        ("Often", "7", "30"),
        ("Always", "4", "30"),
    ]


def test_no_answers_are_given_out_before_the_spread(
    closed_one: Listening, journey: Journey, lead: Membership
) -> None:
    closed_one.round = Round.objects.create(
        organisation=journey.organisation,
        journey=journey,
        framework_version_id=journey.record.version_id,
        number=1,
        state=Round.State.RATING,
        made_by=lead,
    )
    closed_one.save()
    client = client_of(lead)
    for name in KINDS:
        assert fetched(client, name, closed_one).status_code == 403
    assert "not before" in fetched(client, "tables", closed_one).content.decode()


@pytest.mark.usefixtures("translated")
def test_the_questions_come_with_codes_and_every_language(
    closed_one: Listening, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(lead)
    with django_assert_max_num_queries(12):
        table = lines(fetched(client, "questions-csv", closed_one))
    assert len(table) - 1 == Question.objects.filter(asked__listening=closed_one).count()
    assert table[0][-4:] == ["Text (en)", "Simpler text (en)", "Text (es)", "Simpler text (es)"]
    book = cells(fetched(client, "questions-xlsx", closed_one))
    assert ["scale how-often", 4, "es", "Siempre"] in [row[:4] for row in book]
    assert ["grade-band", "9-12", "es", "Grados 9 a 12"] in [row[:4] for row in book]


def test_outsiders_take_nothing(closed_one: Listening, family: Membership, outsider: Membership) -> None:
    for member in (family, outsider):
        for name in (*KINDS, "questions-csv", "questions-xlsx", "tables"):
            assert fetched(client_of(member), name, closed_one).status_code == 404
