"""Codes by mail: a letter to each address of a list, over real SMTP; nothing of it is left afterwards."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.utils import translation

from throughline.activity import post
from throughline.activity.models import Event, OutgoingMail
from throughline.activity.tests.sink import Sink
from throughline.activity.tests.test_post import mail_server_at
from throughline.activity.worker import Worker
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.asking.actions import pause_listening, resume_listening
from throughline.voices.closing.actions import close_listening
from throughline.voices.inviting.actions import Addressee, make_slips, withdraw_sheet, write_letters
from throughline.voices.inviting.sending import deliver_letters
from throughline.voices.models import Asked, Listening, Slip, Spent, WaitingLetter, WrittenTo
from throughline.voices.spool.marks import code_hash
from throughline.voices.spool.queries import slip_of

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


def to(*addresses: str, language: str = "en") -> list[Addressee]:
    return [Addressee(each, language) for each in addresses]


def text_in(letter: Message) -> str:
    content = letter.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


def code_in(letter: Message) -> str:
    [found] = re.findall(r"/c/([a-z2-9]{12})\?in=", text_in(letter))
    return str(found)


def test_each_address_gets_one_letter_with_a_code_of_its_own_that_opens_its_group(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    assert write_letters(asked=families, to=to(*NAMES), by=lead) == 12
    assert deliver_letters() == 12 and deliver_letters() == 0
    assert sorted(each["To"] for each in sink.letters) == sorted(NAMES)
    codes = {code_in(each) for each in sink.letters}
    assert len(codes) == 12
    assert set(Slip.objects.values_list("code_hash", flat=True)) == {code_hash(each) for each in codes}
    for code in codes:
        found = slip_of(code)
        assert found is not None and found.asked_id == families.pk
    assert {each["Auto-Submitted"] for each in sink.letters} == {"auto-generated"}


def test_the_letter_says_what_somebody_must_know_in_the_language_that_was_chosen(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    people = [*to("ana@families.test", language="es"), *to("ben@families.test")]
    write_letters(asked=families, to=people, by=lead)
    deliver_letters()
    letters = {each["To"]: text_in(each) for each in sink.letters}
    for address, language in (("ana@families.test", "es"), ("ben@families.test", "en")):
        with translation.override(language):
            for said in (
                translation.gettext("You don’t have to"),
                translation.gettext("Who sees it"),
                translation.gettext("How long it takes"),
                translation.gettext("How long it is kept"),
                translation.gettext(
                    "The code counts once. It is yours alone, so please don’t pass this letter on."
                ),
            ):
                assert said in letters[address]
        assert f"?in={language}" in letters[address]
        assert f"/v/{families.place}" in letters[address]
        assert re.search(r"^[a-z2-9]{4} [a-z2-9]{4} [a-z2-9]{4}$", letters[address], re.MULTILINE)
    assert "On this device" not in letters["ben@families.test"]


def test_families_of_learners_are_told_how_to_opt_out(
    open_one: Listening, lead: Membership, sink: Sink
) -> None:
    Asked.objects.filter(listening=open_one, group="learner").update(by_code=True)
    learners = Asked.objects.select_related("listening").get(listening=open_one, group="learner")
    write_letters(asked=learners, to=to("kim@learners.test"), by=lead)
    deliver_letters()
    [link] = re.findall(r"http://[^/]+(/v/\S+/opt-out/\?in=en)", text_in(sink.letters[0]))
    assert Client().get(link).status_code == 200


def test_looking_at_the_link_spends_nothing_and_opens_the_questions_in_its_language(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    write_letters(asked=families, to=to("ana@families.test", language="es"), by=lead)
    deliver_letters()
    code, phone = code_in(sink.letters[0]), Client()
    for _scanner_and_reader in range(2):
        answer = phone.get(f"/c/{code}?in=es")
    assert answer.headers["Location"] == f"/v/{families.place}/?in=es"
    assert "voice-code" in phone.cookies and not Spent.objects.exists()


def test_nothing_is_left_of_a_letter_that_went(families: Asked, lead: Membership, sink: Sink) -> None:
    write_letters(asked=families, to=to(*NAMES), by=lead)
    deliver_letters()
    assert not WaitingLetter.objects.exists() and not OutgoingMail.objects.exists()
    assert WrittenTo.objects.count() == 12
    [told] = Event.objects.filter(verb="voices.letters-written")
    assert "families.test" not in str(told.detail)


def test_the_database_alone_reads_no_code_in_a_letter_that_waits(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    write_letters(asked=families, to=to(*NAMES), by=lead)
    rows = str(list(WaitingLetter.objects.values()))
    deliver_letters()
    for letter in sink.letters:
        assert code_in(letter) not in rows and code_hash(code_in(letter)) not in rows


def test_a_second_list_reaches_only_those_who_have_no_letter(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    write_letters(asked=families, to=to(*NAMES[:10]), by=lead)
    deliver_letters()
    again = to(*(each.upper() for each in NAMES))
    assert write_letters(asked=families, to=again, by=lead) == 2
    deliver_letters()
    assert len(sink.letters) == 12 and {each["To"] for each in sink.letters} == set(NAMES)
    with pytest.raises(ValidationError):
        write_letters(asked=families, to=again, by=lead)
    assert sorted(set(Slip.objects.values_list("sheet", flat=True))) == [1, 2]


def test_nobody_s_code_is_alone_on_its_sheet(families: Asked, lead: Membership, sink: Sink) -> None:
    assert write_letters(asked=families, to=to("late@families.test"), by=lead) == 1
    deliver_letters()
    assert len(sink.letters) == 1 and Slip.objects.filter(sheet=1, by_mail=True).count() == 10


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        to("not an address"),
        to("fine@families.test", "broken@"),
        to("fine@families.test", language="fr"),
        to(*(f"p{number}@families.test" for number in range(2_001))),
    ],
    ids=["empty", "no address", "one is wrong", "another language", "too many"],
)
def test_all_of_a_list_or_nothing(
    families: Asked, lead: Membership, sink: Sink, wrong: list[Addressee]
) -> None:
    with pytest.raises(ValidationError):
        write_letters(asked=families, to=wrong, by=lead)
    assert not WaitingLetter.objects.exists() and not Slip.objects.exists() and not WrittenTo.objects.exists()


def test_only_who_runs_it_writes_and_only_while_it_is_open_by_code_and_mail_goes_out(
    families: Asked, lead: Membership, educator: Membership, sink: Sink
) -> None:
    def refused(asked: Asked = families, by: Membership = lead) -> None:
        with pytest.raises((ValidationError, Refused)):
            write_letters(asked=asked, to=to("a@families.test"), by=by)
        assert not WaitingLetter.objects.exists()

    refused(by=educator)
    learners = Asked.objects.select_related("listening").get(listening=families.listening, group="learner")
    refused(learners)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        refused()
    Listening.objects.update(opens_on=clock.today() + timedelta(days=1))
    refused()
    Listening.objects.update(opens_on=None)
    pause_listening(listening=families.listening, by=lead)
    refused()
    resume_listening(listening=Listening.objects.get(), by=lead)
    close_listening(listening=Listening.objects.get(), by=lead)
    refused()


def test_letters_wait_while_it_pauses_and_go_to_nobody_once_it_is_closed(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    write_letters(asked=families, to=to(*NAMES), by=lead)
    pause_listening(listening=families.listening, by=lead)
    assert deliver_letters() == 0 and WaitingLetter.objects.count() == 12
    close_listening(listening=Listening.objects.get(), by=lead)
    assert deliver_letters() == 0
    assert not WaitingLetter.objects.exists() and not WrittenTo.objects.exists()


def test_a_withdrawn_sheet_is_not_sent_and_its_addresses_can_be_written_to_again(
    families: Asked, lead: Membership, sink: Sink
) -> None:
    make_slips(asked=families, count=5, by=lead)
    write_letters(asked=families, to=to(*NAMES), by=lead)
    assert withdraw_sheet(asked=families, sheet=2, by=lead) == 12
    assert deliver_letters() == 0
    assert Slip.objects.filter(withdrawn=False).count() == 5
    assert write_letters(asked=families, to=to(*NAMES), by=lead) == 12


def test_an_address_that_does_not_exist_is_counted_and_may_be_tried_again(
    families: Asked, lead: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    refuse = {NAMES[0]: f"550 No such person <{NAMES[0]}>"}
    with Sink(refuse=refuse) as strict, mail_server_at(strict.port):
        write_letters(asked=families, to=to(*NAMES), by=lead)
        assert deliver_letters() == 11
        assert WrittenTo.objects.filter(given_up=True).count() == 1
        assert not WaitingLetter.objects.exists() and "families.test" not in caplog.text
        assert not Event.objects.filter(verb="mail.given-up").exists()
        strict.refuse.clear()
        assert write_letters(asked=families, to=to(*NAMES), by=lead) == 1
        assert deliver_letters() == 1
    assert len({code_in(each) for each in strict.letters}) == 12
    assert WrittenTo.objects.get(given_up=True).sheet == 1
    assert WrittenTo.objects.get(sheet=2).given_up is False


def test_a_letter_that_is_tried_again_brings_the_same_code(
    families: Asked, lead: Membership, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_letters(asked=families, to=to("ana@families.test"), by=lead)
    really = EmailMessage.send

    def and_then_the_line_breaks(letter: Any) -> int:
        really(letter)
        raise SMTPServerDisconnected("after it was taken")

    monkeypatch.setattr(EmailMessage, "send", and_then_the_line_breaks)
    assert deliver_letters() == 0
    monkeypatch.setattr(EmailMessage, "send", really)
    with clock.standing_at(clock.now() + post.PAUSES[0]):
        assert deliver_letters() == 1
    first, second = sink.letters
    assert code_in(first) == code_in(second) and first["Message-ID"] == second["Message-ID"]


def test_a_letter_that_never_goes_is_given_up(families: Asked, lead: Membership) -> None:
    refuse = {"ana@families.test": "451 Later"}
    with Sink(refuse=refuse) as busy, mail_server_at(busy.port):
        write_letters(asked=families, to=to("ana@families.test"), by=lead)
        for number in range(len(post.PAUSES) + 2):
            with clock.standing_at(clock.now() + timedelta(days=number)):
                deliver_letters()
    assert not WaitingLetter.objects.exists() and WrittenTo.objects.get().given_up


def test_the_worker_sends_them_in_its_rounds(families: Asked, lead: Membership, sink: Sink) -> None:
    write_letters(asked=families, to=to(*NAMES), by=lead)
    Worker().one_round()
    assert len(sink.letters) == 12
