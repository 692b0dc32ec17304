"""What came of a listening, on paper: outside what is published, inside also the draft, each in its language."""

from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client

from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.models import Asked, Listening, Reply
from throughline.voices.replying.actions import change_reply, publish_replies

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]


def said(answer: Any) -> str:
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)


@pytest.fixture
def outside(open_one: Listening) -> str:
    return f"/v/{Asked.objects.get(listening=open_one, group='family').place}/heard/paper/"


@pytest.fixture
def inside(closed: Listening) -> str:
    return f"/s/{closed.organisation.slug}/listenings/{closed.pk}/replies/paper/"


def test_whoever_has_the_address_prints_what_is_published_and_nothing_else(
    outside: str, closed: Listening, line: Reply, lead: Membership, client: Client
) -> None:
    assert client.get(outside).status_code == 404  # written, not published
    publish_replies(listening=closed, by=lead)
    change_reply(reply=line, words={"en": {"heard": "Something else."}}, by=lead)
    paper = said(client.get(f"{outside}?in=en"))
    assert "Feedback comes too late." in paper and "Something else." not in paper
    assert "Los comentarios llegan tarde." in said(client.get(f"{outside}?in=es&large=1"))
    assert client.get(f"{outside}?paper=a0").status_code == 404


def test_the_team_prints_a_draft_that_says_so(
    inside: str, line: Reply, closed: Listening, lead: Membership, client: Client
) -> None:
    client = client_of(lead)
    assert "A draft" in said(client.get(inside))
    publish_replies(listening=closed, by=lead)
    assert "A draft" not in said(client.get(inside))
    assert client.get(f"{inside}?in=xx").status_code == 404


def test_the_same_words_are_the_same_paper(
    outside: str, closed: Listening, line: Reply, lead: Membership, client: Client
) -> None:
    publish_replies(listening=closed, by=lead)
    assert client.get(f"{outside}?in=en").content == client.get(f"{outside}?in=en").content
