"""The pages of letters with codes: paste, look, send; what the page of the ways in tells afterwards."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.activity.tests.sink import Sink
from throughline.activity.tests.test_post import mail_server_at
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.inviting.actions import opt_out
from throughline.voices.inviting.sending import deliver_letters
from throughline.voices.models import Asked, Listening, Slip, WaitingLetter, WrittenTo

pytestmark = pytest.mark.django_db
NAMES = [f"parent{number}@families.test" for number in range(12)]


@pytest.fixture
def families(open_one: Listening) -> Asked:
    """Families, who answer by code as well."""
    Asked.objects.filter(listening=open_one, group="family").update(by_code=True)
    return Asked.objects.select_related("listening").get(listening=open_one, group="family")


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server, and letters go out."""
    with Sink() as found, mail_server_at(found.port):
        yield found


def address(name: str, asked: Asked, *more: Any) -> str:
    return reverse(f"voices:{name}", args=[asked.organisation.slug, asked.listening_id, *more])


def sent(addresses: str, **more: Any) -> dict[str, Any]:
    return {"addresses": addresses, "language": "en", "_once": str(uuid.uuid4()), **more}


def test_a_list_is_looked_at_first_and_nothing_of_it_is_kept(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    browser, there = client_of(lead), address("letters", families, families.pk)
    assert browser.get(there).status_code == 200
    seen = browser.post(there, sent("\n".join([*NAMES, NAMES[0], "ben@families.test, es"])))
    page = seen.content.decode()
    assert seen.status_code == 200 and "13 letters will be sent." in page and "Send 13 letters" in page
    assert "The same address is in line 1" in page and "gets a letter" in page and "spañol: 1" in page
    assert seen["Cache-Control"] == "no-store"
    assert not WaitingLetter.objects.exists() and not WrittenTo.objects.exists()


def test_one_wrong_line_sends_nothing_and_what_was_typed_stays(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    browser, typed = client_of(lead), "ana@families.test\nben at families.test"
    for name in ("letters", "send-letters"):
        answer = browser.post(address(name, families, families.pk), sent(typed))
        page = answer.content.decode()
        assert answer.status_code == 422 and "Fix this line" in page and typed in page
        assert "1 line needs fixing" in page
    empty = browser.post(address("letters", families, families.pk), sent(""))
    assert empty.status_code == 422 and "nobody in this list" in empty.content.decode()
    assert not Slip.objects.exists()


def test_a_file_is_read_into_the_box(families: Asked, lead: Membership, sink: Sink) -> None:
    file = SimpleUploadedFile("families.csv", b"Child,Mail\nKim,kim@families.test\n")
    answer = client_of(lead).post(
        address("letters", families, families.pk), sent("ana@families.test", file=file)
    )
    page = answer.content.decode()
    assert "2 letters will be sent." in page and "kim@families.test" in page and "Kim<" not in page
    bad = SimpleUploadedFile("families.pdf", b"%PDF-1.7\x00\x01")
    answer = client_of(lead).post(
        address("letters", families, families.pk), sent("ana@families.test", file=bad)
    )
    assert answer.status_code == 422 and "ana@families.test" in answer.content.decode()


def test_sending_twice_is_once_and_the_ways_in_tell_how_many_wait_and_failed(
    families: Asked, lead: Membership
) -> None:
    browser, typed = client_of(lead), sent("\n".join(NAMES))
    with Sink(refuse={NAMES[3]: "550 Nobody"}) as strict, mail_server_at(strict.port):
        for _twice in range(2):
            answer = browser.post(address("send-letters", families, families.pk), typed)
            assert answer.status_code == 302
        ways = browser.get(address("inviting", families)).content.decode()
        assert "Sheet 1: 12 letters" in ways and "12 wait to be sent." in ways
        assert deliver_letters() == 11
        ways = browser.get(address("inviting", families)).content.decode()
        assert "1 could not be delivered." in ways and "wait to be sent" not in ways
        assert NAMES[3] not in ways
        looked = browser.post(address("letters", families, families.pk), sent("\n".join(NAMES)))
        again = looked.content.decode()
        assert "11 addresses have a letter already" in again and "Send 1 letter" in again
        assert again.count("The last letter could not be delivered.") == 1
    assert len(strict.letters) == 11


def test_a_list_that_has_letters_already_is_told_and_sends_nothing(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    browser = client_of(lead)
    browser.post(address("send-letters", families, families.pk), sent("\n".join(NAMES)))
    answer = browser.post(address("send-letters", families, families.pk), sent("\n".join(NAMES)))
    assert "Everybody on this list has a letter already." in answer.content.decode()
    assert WaitingLetter.objects.count() == 12


def test_where_a_backup_was_put_back_the_page_does_not_pretend(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    browser = client_of(lead)
    browser.post(address("send-letters", families, families.pk), sent("\n".join(NAMES)))
    WrittenTo.objects.all().delete()
    WaitingLetter.objects.all().delete()
    assert "A backup was put back since." in browser.get(address("inviting", families)).content.decode()


def test_who_was_opted_out_is_pointed_out_for_children_alone(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    learners = Asked.objects.select_related("listening").get(listening=families.listening, group="learner")
    Asked.objects.filter(pk=learners.pk).update(by_code=True)
    opt_out(learners, child="Kim", class_or_group="", told_by="Ms. Kim")
    browser = client_of(lead)
    page = browser.get(address("letters", learners, learners.pk)).content.decode()
    assert "1 child is not to be asked" in page and "/opt-out/" in page
    assert "is not to be asked" not in browser.get(address("letters", families, families.pk)).content.decode()


def test_only_who_runs_it_sees_the_page_and_without_mail_it_says_so(
    families: Asked, lead: Membership, educator: Membership
) -> None:
    there = address("letters", families, families.pk)
    assert client_of(educator).get(there).status_code == 403
    assert Client().get(there).status_code == 302
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        assert "This server sends no mail" in client_of(lead).get(there).content.decode()
        answer = client_of(lead).post(
            address("send-letters", families, families.pk), sent("ana@families.test")
        )
    assert "ana@families.test" in answer.content.decode(), "nothing that was typed is lost"
    assert answer.status_code == 422 and not WaitingLetter.objects.exists()


def test_the_queries_of_both_pages_do_not_grow_with_the_list(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    browser, counts = client_of(lead), []
    browser.get(address("letters", families, families.pk))
    for names in (NAMES[:3], NAMES):
        with CaptureQueriesContext(connection) as looked:
            browser.post(address("letters", families, families.pk), sent("\n".join(names)))
            looks = len(looked)
        browser.post(address("send-letters", families, families.pk), sent("\n".join(names)))
        with CaptureQueriesContext(connection) as ways:
            browser.get(address("inviting", families))
            counts.append((looks, len(ways)))
    assert counts[0] == counts[1]
