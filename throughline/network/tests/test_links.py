"""P9: links. Nothing opens by guessing, after withdrawal, after the end, or with a wrong passcode; nothing leaks."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.activity.models import Event, OutgoingMail
from throughline.journeys.policy import Place
from throughline.kit import clock
from throughline.network.actions import withdraw_share
from throughline.network.models import Share as Row
from throughline.network.tests.conftest import SECRET, Share
from throughline.people.secret_links import PASSCODE
from throughline.schools.models import hash_of, new_token

pytestmark = pytest.mark.django_db
CODE = "tide and bridge"


def open_with(token: str, client: Client | None = None) -> Any:
    """What a phone shows after the link was touched."""
    client = client or Client()
    return client.get(reverse("network:open", kwargs={"token": token}), follow=True)


def closed(answer: Any) -> bool:
    return answer.status_code == 404 and "This link is not open" in answer.content.decode()


def plain(answer: Any) -> str:
    """A page without what differs each time."""
    return str(answer.content.decode())


def test_a_link_opens_the_page_without_an_account(share: Share) -> None:
    answer = open_with(share("link").token)
    text = answer.content.decode()
    assert answer.status_code == 200
    for expected in ("Where we stood on", "Harbour Bridge", "Because learners ask for it.", "earned"):
        assert expected in text
    for hidden in (SECRET, "Amara Okafor", "Jonas Lind", "Mei Tanaka", "We looked.", "We do not know."):
        assert hidden not in text


def test_the_secret_leaves_the_address_and_is_kept_nowhere(share: Share) -> None:
    token, client = share("link").token, Client()
    answer = open_with(token, client)
    ((there, status),) = answer.redirect_chain
    assert status == 302 and token not in there
    assert token not in answer.content.decode()
    assert all(token not in cookie.value for cookie in client.cookies.values())
    assert not client.session.keys()
    rows = repr(
        [
            list(Row.objects.values_list()),
            list(Event.objects.values_list()),
            list(OutgoingMail.objects.values_list()),
        ]
    )
    assert token not in rows and hash_of(token) in rows


def test_the_cookie_goes_to_one_address_only_and_no_script_reads_it(share: Share) -> None:
    client = Client()
    answer = client.get(reverse("network:open", kwargs={"token": share("link").token}))
    cookie = answer.cookies["shared"]
    assert cookie["path"] == answer["Location"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert 0 < cookie["max-age"] <= 12 * 3600


def test_every_closed_link_is_answered_alike(place: Place, share: Share) -> None:
    withdrawn, ended, coded = share("link"), share("link"), share("link", passcode=CODE)
    withdraw_share(place=place, share=withdrawn.share)
    withdraw_share(place=place, share=coded.share)
    Row.objects.filter(pk=ended.share.pk).update(ends_at=clock.now() - timedelta(seconds=1))
    tokens = [withdrawn.token, ended.token, coded.token, new_token(), withdrawn.token[:-1], "x", "x" * 5000]
    pages, questions, headers = set(), set(), set()
    for token in tokens:
        with CaptureQueriesContext(connection) as asked:
            answer = open_with(token)
        assert closed(answer)
        pages.add(plain(answer))
        questions.add(len(asked))
        headers.add(tuple(sorted(name for name in answer.headers)))
    assert (len(pages), len(questions), len(headers)) == (1, 1, 1)


def test_guessing_opens_nothing(share: Share) -> None:
    share("link")
    client = Client()
    assert all(closed(open_with(new_token(), client)) for _try in range(40))
    assert Row.objects.get().opens == 0


def test_a_withdrawn_link_is_shut_for_whoever_is_inside_already(place: Place, share: Share) -> None:
    made, client = share("link"), Client()
    there = open_with(made.token, client).redirect_chain[-1][0]
    assert client.get(there).status_code == 200
    withdraw_share(place=place, share=made.share)
    assert closed(client.get(there))
    assert closed(open_with(made.token, client))


def test_a_link_ends(share: Share) -> None:
    made, client = share("link"), Client()
    there = open_with(made.token, client).redirect_chain[-1][0]
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert closed(client.get(there))


def test_the_clean_address_is_worth_nothing_elsewhere(share: Share) -> None:
    there = open_with(share("link").token).redirect_chain[-1][0]
    assert closed(Client().get(there))
    forged = Client()
    forged.cookies["shared"] = signing.dumps({"link": hash_of("x")}, salt="another")
    assert closed(forged.get(there))


def test_one_links_cookie_opens_no_other_link(share: Share) -> None:
    first, second = share("link"), share("link", passcode=CODE)
    client, other = Client(), Client()
    open_with(first.token, client)
    there = other.get(reverse("network:open", kwargs={"token": second.token}))["Location"]
    assert closed(client.get(there))


def test_a_passcode_is_asked_and_tries_are_counted(share: Share) -> None:
    made, client = share("link", passcode=CODE), Client()
    asked = open_with(made.token, client)
    there = asked.redirect_chain[-1][0]
    assert "Enter the passcode" in asked.content.decode() and "Harbour Bridge" not in asked.content.decode()
    for _try in range(PASSCODE.here.free):
        wrong = client.post(there, {"passcode": "not this one"})
        assert wrong.status_code == 422 and "That is not the passcode" in wrong.content.decode()
    waits = Client()
    open_with(made.token, waits)
    slowed = waits.post(there, {"passcode": CODE})
    assert slowed.status_code == 429 and "Please wait 5 seconds" in slowed.content.decode()
    assert slowed["Retry-After"] == "5"
    with clock.standing_at(clock.now() + PASSCODE.here.first):
        right = waits.post(there, {"passcode": CODE}, follow=True)
    assert "Where we stood on" in right.content.decode()


def test_a_strangers_wrong_passcodes_do_not_keep_out_whoever_knew_it_before(share: Share) -> None:
    made, reader, stranger = share("link", passcode=CODE), Client(), Client(REMOTE_ADDR="198.51.100.7")
    there = open_with(made.token, reader).redirect_chain[-1][0]
    assert reader.post(there, {"passcode": CODE}).status_code == 302
    del reader.cookies["shared"]  # the twelve hours are over
    open_with(made.token, stranger)
    for _try in range(PASSCODE.everywhere.free + 10):
        stranger.post(there, {"passcode": "not this one"})
    assert stranger.post(there, {"passcode": CODE}).status_code == 429
    reader.defaults["REMOTE_ADDR"] = "198.51.100.7"  # even from the same address
    open_with(made.token, reader)
    assert reader.post(there, {"passcode": CODE}).status_code == 302


def test_a_new_reader_elsewhere_is_not_slowed_by_a_stranger(share: Share) -> None:
    made, reader, stranger = share("link", passcode=CODE), Client(), Client(REMOTE_ADDR="198.51.100.7")
    there = open_with(made.token, stranger).redirect_chain[-1][0]
    for _try in range(20):
        stranger.post(there, {"passcode": "not this one"})
    open_with(made.token, reader)
    assert reader.post(there, {"passcode": CODE}).status_code == 302


def test_what_says_that_the_passcode_was_known_opens_nothing_by_itself_and_ends_with_the_passcode(
    share: Share,
) -> None:
    made, reader = share("link", passcode=CODE), Client()
    there = open_with(made.token, reader).redirect_chain[-1][0]
    reader.post(there, {"passcode": CODE})
    cookie = reader.cookies["knows"]
    assert cookie["path"] == there and cookie["httponly"] and cookie["samesite"] == "Lax"
    del reader.cookies["shared"]
    assert closed(reader.get(there))
    assert "Enter the passcode" in open_with(made.token, reader).content.decode()
    Row.objects.update(passcode=make_password("another passcode"))
    for _try in range(PASSCODE.here.free):
        reader.post(there, {"passcode": CODE})
    assert reader.post(there, {"passcode": "another passcode"}).status_code == 429


def test_a_passcode_is_kept_as_a_hash(share: Share) -> None:
    kept = share("link", passcode=CODE).share.passcode
    assert kept and CODE not in kept


def test_wrong_tries_stay_counted_whoever_is_signed_in(share: Share, lead_client: Client) -> None:
    made = share("link", passcode=CODE)
    there = open_with(made.token, lead_client).redirect_chain[-1][0]
    for _try in range(PASSCODE.here.free):
        lead_client.post(there, {"passcode": "not this one", "_once": str(uuid4())})
    assert lead_client.post(there, {"passcode": CODE, "_once": str(uuid4())}).status_code == 429


def test_search_engines_keep_out_and_nobody_learns_where_one_came_from(place: Place, share: Share) -> None:
    coded, made, gone = share("link", passcode=CODE), share("link"), share("link")
    withdraw_share(place=place, share=gone.share)
    for token in (coded.token, made.token, gone.token, new_token()):
        client = Client()
        first = client.get(reverse("network:open", kwargs={"token": token}))
        second = client.get(first["Location"])
        for answer in (first, second):
            assert answer["X-Robots-Tag"] == "noindex,nofollow,noarchive"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]


def test_openings_are_counted_once_for_each_visit_and_know_nobody(share: Share, lead_client: Client) -> None:
    made = share("link")
    there = open_with(made.token, lead_client).redirect_chain[-1][0]
    lead_client.get(there)
    open_with(made.token)
    row = Row.objects.get()
    assert row.opens == 2 and row.opened_at is not None
    told = list(Event.objects.filter(verb="share.link-opened"))
    assert [(each.actor_id, each.actor_name) for each in told] == [(None, "")] * 2


def test_a_machine_that_looks_ahead_without_cookies_is_shown_nothing(share: Share) -> None:
    token = share("link").token
    first = Client().get(reverse("network:open", kwargs={"token": token}))
    assert closed(Client().get(first["Location"]))
    assert Row.objects.get().opens == 0


def test_the_page_comes_as_a_pdf_and_closes_with_the_link(place: Place, share: Share) -> None:
    made, client = share("link"), Client()
    there = open_with(made.token, client).redirect_chain[-1][0]
    for paper in ("a4", "letter"):
        answer = client.get(f"{there}pdf/?paper={paper}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer["X-Robots-Tag"] == "noindex,nofollow,noarchive"
        text = " ".join(
            " ".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(answer.content)).pages).split()
        )
        assert "Because learners ask for it." in text and "Where every competency stood" in text
        assert not any(hidden in text for hidden in (SECRET, "Jonas Lind", "We looked."))
    assert client.get(f"{there}pdf/?paper=wall").status_code == 404
    withdraw_share(place=place, share=made.share)
    assert closed(client.get(f"{there}pdf/"))
    coded, other = share("link", passcode=CODE), Client()
    assert closed(other.get(f"{open_with(coded.token, other).redirect_chain[-1][0]}pdf/"))


def test_a_browser_that_names_no_origin_can_give_the_passcode(share: Share) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    there = open_with(share("link", passcode=CODE).token, client).redirect_chain[-1][0]
    answer = client.post(there, {"passcode": CODE}, follow=True)
    assert "Where we stood on" in answer.content.decode()
