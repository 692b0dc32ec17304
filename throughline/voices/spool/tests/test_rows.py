"""Rows written without the ORM stand there as if it had written them."""

from typing import Any

import pytest
from django.forms.models import model_to_dict

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.rows import change, put
from throughline.voices.models import Asked, Draft, Listening, Spent

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(listening: Listening) -> dict[str, Any]:
    asked = Asked.objects.filter(listening=listening).earliest("group")
    return {
        "organisation_id": asked.organisation_id,
        "asked_id": asked.pk,
        "token_hash": "t",
        "block": 2,
        "content": {"steps": {"seen": -1}, "words": {"open": "50 % “so” \\ ü\n'"}},
        "version": 3,
        "handed_in": False,
        "on": clock.today(),
    }


def test_what_is_put_reads_as_what_the_orm_writes(row: dict[str, Any]) -> None:
    theirs = Draft.objects.create(**row)
    assert put(Draft, *({**row, "id": opaque_id(), "token_hash": each} for each in ("a", "b"))) == 2
    for ours in Draft.objects.exclude(pk=theirs.pk):
        assert model_to_dict(ours, exclude=["id", "token_hash"]) == model_to_dict(
            theirs, exclude=["id", "token_hash"]
        )


def test_one_row_is_changed_and_no_other(row: dict[str, Any]) -> None:
    mine, other = (Draft.objects.create(**{**row, "token_hash": each}) for each in ("a", "b"))
    new = {"content": {"steps": {}}, "handed_in": True}
    assert change(Draft, mine.pk, new) == 1 and change(Draft, opaque_id(), new) == 0
    mine.refresh_from_db()
    assert (mine.content, mine.handed_in, mine.version) == ({"steps": {}}, True, 3)
    assert Draft.objects.get(pk=other.pk).content == row["content"]


def test_a_row_that_is_there_is_left_out(listening: Listening) -> None:
    kept = {"organisation_id": listening.organisation_id, "listening_id": listening.pk, "code_hash": "c"}
    put_once = [put(Spent, {**kept, "id": opaque_id()}, unless_there=True) for _each in range(2)]
    assert put_once == [1, 0] and Spent.objects.count() == 1


def test_every_column_is_named(row: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        put(Draft, row)
