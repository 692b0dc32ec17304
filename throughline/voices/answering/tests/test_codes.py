"""One-time codes, typed or as a link, and a school's own tablet."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.activity.models import Event, Tries
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.answering import crowd
from throughline.voices.answering.actions import close_kiosk, open_kiosk
from throughline.voices.answering.crowd import FREE, OF_A_CODE, Crowd
from throughline.voices.answering.knocking import PATIENCE
from throughline.voices.answering.tests.people import begin, give_code, go_through, page_of, send
from throughline.voices.answering.views import arriving
from throughline.voices.models import Asked, Draft, HeldAnswer, Listening, Slip, Spent, Way
from throughline.voices.spool.actions import drop_old_drafts
from throughline.voices.spool.marks import in_groups

pytestmark = pytest.mark.django_db


def another() -> Client:
    """Somebody else's browser, behind the same address."""
    return Client(headers={"Accept-Language": "en"})


def test_a_learner_types_a_code_as_it_is_printed_and_hands_in_with_it(learners: Asked, phone: Client) -> None:
    code = give_code(learners)
    answer = begin(phone, learners, code=f" {in_groups(code).upper().replace(' ', ' - ')} ")
    assert answer.headers["Location"].startswith(f"/v/{learners.place}/answer/1/")
    assert Spent.objects.count() == 0
    go_through(phone, learners)
    assert HeldAnswer.objects.get().way == Way.CODE
    assert Spent.objects.count() == 1
    assert phone.cookies["voice-code"].value == ""


def test_without_a_code_nobody_begins_where_codes_are_needed(learners: Asked, phone: Client) -> None:
    answer = begin(phone, learners)
    assert answer.status_code == 422
    assert "Type the code" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_a_used_code_is_told_apart_from_a_wrong_one(learners: Asked, phone: Client) -> None:
    code = give_code(learners)
    begin(phone, learners, code=code)
    go_through(phone, learners)
    again = another()
    there = begin(again, learners, code=code).headers["Location"]
    assert "This code has been used." in again.get(there).content.decode()
    assert "used=1" in again.get(f"/c/{code}").headers["Location"]
    assert "We don’t know this code." in begin(again, learners, code="abcd efgh jkmn").content.decode()
    assert HeldAnswer.objects.count() == 1


def test_two_who_write_with_one_code_hand_in_one_answer_and_the_other_is_told(learners: Asked) -> None:
    code, browsers = give_code(learners), [another(), another()]
    for each in browsers:
        begin(each, learners, code=code)
    go_through(browsers[0], learners)
    answer = go_through(browsers[1], learners)
    assert answer.status_code == 422
    assert "Each code counts once." in answer.content.decode()
    assert HeldAnswer.objects.count() == 1
    fresh = begin(browsers[1], learners, code=give_code(learners), do="code")
    assert "/answer/" in fresh.headers["Location"]
    go_through(browsers[1], learners)
    assert HeldAnswer.objects.count() == 2


def test_looking_at_a_link_spends_nothing_and_leads_to_an_address_without_the_code(
    learners: Asked, phone: Client
) -> None:
    code = give_code(learners)
    for each in (another(), another(), phone):  # a mail scanner looks first
        answer = each.get(f"/c/{code}")
    assert answer.headers["Location"] == f"/v/{learners.place}/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert (Spent.objects.count(), Draft.objects.count()) == (0, 0)
    assert "Your code is in." in phone.get(f"/v/{learners.place}/").content.decode()
    begin(phone, learners)
    go_through(phone, learners)
    assert HeldAnswer.objects.get().way == Way.CODE


def test_the_cookies_know_nothing_of_each_other(learners: Asked, phone: Client) -> None:
    code = give_code(learners)
    begin(phone, learners, code=code)
    draft, held = (phone.cookies[name].value for name in ("voice-draft", "voice-code"))
    assert code not in draft
    assert draft not in held
    assert phone.cookies["voice-code"]["path"] == f"/v/{learners.place}/"


def test_a_forged_cookie_lets_nobody_in(learners: Asked, phone: Client) -> None:
    phone.cookies["voice-code"] = f"{give_code(learners)}.:forged"
    assert begin(phone, learners).status_code == 422


def test_a_code_of_another_group_leads_there(learners: Asked, families: Asked, phone: Client) -> None:
    answer = begin(phone, families, code=give_code(learners))
    assert answer.headers["Location"] == f"/v/{learners.place}/"


def test_a_code_that_was_withdrawn_opens_nothing(learners: Asked, phone: Client) -> None:
    code = give_code(learners)
    Slip.objects.update(withdrawn=True)
    assert phone.get(f"/c/{code}").status_code == 404
    assert begin(phone, learners, code=code).status_code == 422


def test_who_lost_the_cookie_types_the_code_once_more_before_handing_in(
    learners: Asked, phone: Client
) -> None:
    code = give_code(learners)
    begin(phone, learners, code=code)
    del phone.cookies["voice-code"]
    there = go_through(phone, learners).headers["Location"]
    assert "Type your code, then you can hand in." in phone.get(there).content.decode()
    back = begin(phone, learners, code=code, do="code").headers["Location"]
    assert f"/v/{learners.place}/answer/" in back
    go_through(phone, learners)
    assert HeldAnswer.objects.count() == 1


def test_400_learners_behind_one_address_who_each_mistype_once_are_never_kept_waiting(
    learners: Asked,
) -> None:
    refused = 0
    for number in range(400):
        browser, code = another(), give_code(learners)
        refused += (
            begin(browser, learners, code=f"{code[:-1]}{'a' if code[-1] != 'a' else 'b'}").status_code == 429
        )
        refused += begin(browser, learners, code=code).status_code != 302
        assert refused == 0, number
    assert Draft.objects.count() == 400


def test_whoever_guesses_is_slowed_down(learners: Asked, phone: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(PATIENCE.__class__, "level", lambda _self, before, _since: before)
    begin(phone, learners, code="abcd efgh jkmn")
    Tries.objects.update(level=PATIENCE.free)
    answer = begin(phone, learners, code="abcd efgh jkmp")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert phone.get("/c/abcdefghjkmq").status_code == 429


def test_right_codes_are_never_counted(learners: Asked, phone: Client) -> None:
    begin(phone, learners, code=give_code(learners))
    assert Tries.objects.count() == 0


def test_a_machine_that_begins_all_day_is_slowed_down_and_no_address_is_kept() -> None:
    now = [0.0]
    many = Crowd(lambda: now[0])
    assert all(many.lets_in("192.0.2.1") for _each in range(FREE))
    assert not many.lets_in("192.0.2.1")
    assert many.lets_in("192.0.2.2")
    now[0] = 1.0
    assert many.lets_in("192.0.2.1")


def test_with_one_code_nobody_begins_without_end_and_what_was_begun_goes_on(
    learners: Asked, phone: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(arriving, "with_one_code", Crowd(lambda: 0.0, free=OF_A_CODE))
    code = give_code(learners)
    begin(phone, learners, code=code)
    for _each in range(OF_A_CODE - 1):  # without its cookies a machine begins anew each time
        assert begin(another(), learners, code=code).status_code == 302
    answer = begin(another(), learners, code=code)
    assert answer.status_code == 429
    assert "an answer was begun too often" in answer.content.decode()
    assert Draft.objects.count() == OF_A_CODE
    assert begin(another(), learners, code=give_code(learners)).status_code == 302, "others are not kept out"
    go_through(phone, learners)
    assert HeldAnswer.objects.count() == 1


def test_a_group_holds_no_more_drafts_than_there_is_room_for_and_a_code_is_let_in_all_the_same(
    families: Asked, phone: Client, monkeypatch: Any
) -> None:
    Asked.objects.filter(pk=families.pk).update(by_code=True, invited=1)
    monkeypatch.setattr(crowd, "LEAST_ROOM", 6)
    monkeypatch.setattr(crowd, "room", crowd.Room(iter(range(0, 10_000, 20)).__next__))
    monkeypatch.setattr(arriving, "room", crowd.room)
    assert all(begin(another(), families).status_code == 302 for _each in range(6))
    answer = begin(phone, families)
    assert answer.status_code == 429
    assert "please come back tomorrow" in answer.content.decode()
    assert begin(phone, families, code=give_code(families)).status_code == 302
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert drop_old_drafts() == 7
    assert begin(another(), families).status_code == 302


def test_room_is_looked_for_once_in_ten_seconds(families: Asked, django_assert_num_queries: Any) -> None:
    now = [0.0]
    room = crowd.Room(lambda: now[0])
    with django_assert_num_queries(1):
        assert room.is_left(families) and room.is_left(families)
    now[0] = crowd.LOOKED_FOR
    with django_assert_num_queries(1):
        assert room.is_left(families)


@pytest.fixture
def tablet(families: Asked, lead: Membership) -> Client:
    """A device that the lead has made one for families; they have no other way in."""
    Asked.objects.filter(pk=families.pk).update(by_link=False)
    browser, token = another(), open_kiosk(asked=families, by=lead)
    assert (
        browser.get(f"/v/{families.place}/kiosk/{token}")
        .headers["Location"]
        .startswith(f"/v/{families.place}/")
    )
    return browser


def test_many_answer_on_one_tablet_and_nobody_sees_anothers_answers(families: Asked, tablet: Client) -> None:
    for number in range(1, 4):
        begin(tablet, families)
        last = go_through(tablet, families)
        assert "goes back to the beginning by itself" in tablet.get(last.headers["Location"]).content.decode()
        back = tablet.get(f"/v/{families.place}/answer/1/")
        assert back.status_code == 302  # the button that goes back shows nothing
        assert HeldAnswer.objects.count() == number
        assert "You have begun" not in tablet.get(f"/v/{families.place}/").content.decode()


def test_the_next_person_begins_anew_and_what_was_left_is_deleted(families: Asked, tablet: Client) -> None:
    begin(tablet, families)
    send(tablet, families, 1, "back")
    page = page_of(tablet, families, 1)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Next person" in page.content.decode()
    assert "kiosk.js" in page.content.decode()
    tablet.post(f"/v/{families.place}/next/")
    assert Draft.objects.count() == 0
    assert tablet.get(f"/v/{families.place}/answer/1/").status_code == 302
    begin(tablet, families)
    assert " checked" not in page_of(tablet, families, 1).content.decode()


def test_a_tablet_whose_link_was_replaced_is_none_any_more(
    families: Asked, tablet: Client, lead: Membership
) -> None:
    open_kiosk(asked=families, by=lead)
    assert begin(tablet, families).status_code == 422


def test_who_may_make_a_tablet(families: Asked, lead: Membership, educator: Membership) -> None:
    with pytest.raises(Refused):
        open_kiosk(asked=families, by=educator)
    token = open_kiosk(asked=families, by=lead)
    close_kiosk(asked=families, by=lead)
    assert Asked.objects.get(pk=families.pk).kiosk_hash == ""
    assert token not in str(list(Event.objects.values_list("detail", flat=True)))
    Listening.objects.update(state="closed")
    with pytest.raises(ValidationError):
        open_kiosk(asked=families, by=lead)
