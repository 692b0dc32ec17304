"""A session that ends while somebody types loses no word, and gives none to anybody else."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from throughline.activity.housekeeping import forget_typed
from throughline.activity.keeping import KEPT_FOR, MOST_IN_A_BROWSER
from throughline.activity.models import KeptForm
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tests.plans import PLAN
from throughline.journeys.models import Sheet
from throughline.journeys.paper.actions import choose_paper, name_typist
from throughline.journeys.queries import items_of
from throughline.journeys.tests.steps import a_place, a_round
from throughline.kit import clock
from throughline.people.models import Person
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of, shipped_version

pytestmark = pytest.mark.django_db
WORDS = 'Amara O\'Kafor <the first> & "only"'
ME = "/me/"


@pytest.fixture
def lead_client(lead: Membership) -> Client:
    return client_of(lead)


def fields_of(client: Client, page: str) -> dict[str, str]:
    """What a browser would send back of the hidden fields of the page."""
    text = client.get(page).content.decode()
    found = re.findall(r'<input type="(?:text" hidden|hidden)" ?name="([^"]+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def lose_session() -> None:
    Session.objects.all().delete()


def send(client: Client, fields: dict[str, Any], to: str = ME, page: str = ME) -> Any:
    return client.post(to, fields, headers={"referer": f"http://testserver{page}"})


def typed_at_me(client: Client, **more: Any) -> Any:
    hidden = fields_of(client, ME)
    lose_session()
    return send(client, {**hidden, "name": WORDS, "language": "es", "time_zone": "", **more})


def test_words_come_back_into_the_form_after_signing_in_again(lead: Membership, lead_client: Client) -> None:
    answer = typed_at_me(lead_client)
    assert answer.status_code == 302 and answer["Location"] == "/account/login/?next=/me/"
    page = lead_client.get(answer["Location"]).content.decode()
    assert "What you typed is safe" in page and "same person" in page
    lead_client.force_login(lead.person)
    page = lead_client.get(ME).content.decode()
    assert f'value="{html.escape(WORDS)}"' in page
    assert '<option value="es" selected' in page
    assert "Here is what you typed" in page and "not saved" in page
    assert Person.objects.get(pk=lead.person.pk).name == "Amara Okafor"
    sent = lead_client.post(
        ME, {**fields_of(lead_client, ME), "name": WORDS, "language": "", "time_zone": ""}
    )
    assert sent.status_code == 302
    assert not KeptForm.objects.exists()
    assert "Here is what you typed" not in lead_client.get(ME).content.decode()


def test_a_form_without_its_owner_is_not_kept(lead: Membership, lead_client: Client) -> None:
    hidden = fields_of(lead_client, ME)
    lose_session()
    for mark in ("", str(lead.person.pk), hidden["_by"][:-1] + "x"):
        send(lead_client, {**hidden, "_by": mark, "name": WORDS})
    assert not KeptForm.objects.exists()


def test_nobody_else_is_shown_the_words(lead: Membership, team: Membership, lead_client: Client) -> None:
    typed_at_me(lead_client)
    lead_client.force_login(team.person)
    for address in (ME, "/"):
        page = lead_client.get(address).content.decode()
        assert "first" not in page and "What you typed" not in page and "not saved yet" not in page
    (row,) = KeptForm.objects.all()
    lead_client.post(reverse("activity:forget-typed"), {"kept": str(row.pk)})
    assert KeptForm.objects.exists()
    lead_client.force_login(lead.person)
    assert "Here is what you typed" in lead_client.get(ME).content.decode()


def test_another_browser_of_the_same_person_has_no_key(lead: Membership, lead_client: Client) -> None:
    typed_at_me(lead_client)
    assert "Here is what you typed" not in client_of(lead).get(ME).content.decode()


def test_the_database_alone_tells_neither_words_nor_person(lead: Membership, lead_client: Client) -> None:
    typed_at_me(lead_client)
    said = repr(list(KeptForm.objects.values_list()))
    assert "Kafor" not in said and str(lead.person.pk) not in said and lead.person.pk.hex not in said


def test_elsewhere_one_is_led_back_and_may_discard_it(
    school: Organisation, lead: Membership, lead_client: Client
) -> None:
    typed_at_me(lead_client)
    lead_client.force_login(lead.person)
    page = lead_client.get("/").content.decode()
    assert "Something you typed is not saved yet" in page and 'href="/me/"' in page
    (row,) = KeptForm.objects.all()
    gone = lead_client.post(
        reverse("activity:forget-typed"), {"kept": str(row.pk), "next": "https://evil.example/"}
    )
    assert gone["Location"] == "/" and not KeptForm.objects.exists()
    assert "not saved yet" not in lead_client.get("/").content.decode()


def test_passwords_tokens_and_files_are_not_kept_and_files_are_said(
    lead: Membership, lead_client: Client
) -> None:
    typed_at_me(
        lead_client, passcode="tide", new_password="tide", photo=SimpleUploadedFile("a boat.png", b"tide" * 9)
    )
    lead_client.force_login(lead.person)
    page = lead_client.get(ME).content.decode()
    assert "a boat.png" in page and "choose them again" in page and "tide" not in page


def test_it_is_gone_after_a_day(lead: Membership, lead_client: Client) -> None:
    typed_at_me(lead_client)
    lead_client.force_login(lead.person)
    with clock.standing_at(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        assert "Here is what you typed" not in lead_client.get(ME).content.decode()
        forget_typed()
    assert not KeptForm.objects.exists()


def test_a_browser_keeps_only_so_many_and_a_form_is_sent_only_so_often(lead_client: Client) -> None:
    hidden = fields_of(lead_client, ME)
    lose_session()
    for _each in range(60):
        send(lead_client, {**hidden, "name": WORDS})
    keys = [name for name, cookie in lead_client.cookies.items() if name.startswith("kept-") and cookie.value]
    assert len(keys) == KeptForm.objects.count() == MOST_IN_A_BROWSER


def test_the_way_back_never_leads_to_another_site(lead_client: Client) -> None:
    hidden = fields_of(lead_client, ME)
    lose_session()
    for told in ("https://evil.example/me/", "//evil.example", "javascript:alert(1)", ""):
        answer = lead_client.post(ME, {**hidden, "name": WORDS}, headers={"referer": told})
        assert answer["Location"] == "/account/login/?next=/me/"


def test_a_form_that_goes_to_another_address_leads_back_to_its_page(lead_client: Client) -> None:
    hidden = fields_of(lead_client, ME)
    lose_session()
    answer = send(lead_client, hidden, to=reverse("people:sign-out-everywhere"), page="/me/?x=1")
    assert answer["Location"] == "/account/login/?next=/me/%3Fx%3D1"


def test_ways_to_sign_in_and_out_are_left_as_they_are(lead: Membership, lead_client: Client) -> None:
    asked = Client().post(reverse("account_request_login_code"), {"email": lead.person.email, "next": ME})
    assert asked["Location"].startswith(reverse("account_confirm_login_code"))
    left = lead_client.post(reverse("account_logout"), {"next": "/account/login/"})
    assert left["Location"] == "/account/login/"


def test_what_saves_in_the_background_is_told_so_and_gets_no_page(
    school: Organisation, lead_client: Client
) -> None:
    lose_session()
    for answer in (
        lead_client.post(ME, {"name": WORDS}, headers={"hx-request": "true"}),
        lead_client.get(f"/s/{school.slug}/", headers={"hx-request": "true"}),
    ):
        assert answer.status_code == 401 and not answer.content


def test_words_that_cannot_be_kept_are_shown_with_a_sentence(lead_client: Client) -> None:
    hidden = fields_of(lead_client, ME)
    lose_session()
    with clock.standing_at(clock.now()):
        for _each in range(30):
            assert send(lead_client, {**hidden, "name": WORDS}).status_code == 302
        refused = send(lead_client, {**hidden, "name": WORDS})
    assert refused.status_code == 403
    assert "what you sent was not saved" in refused.content.decode()
    assert html.escape(WORDS).split(" &amp;")[0] in refused.content.decode()


class TestOnePathAndManyPages:
    """Two pages may differ by their query alone, and two forms may go to one address."""

    @pytest.fixture
    def there(self, school: Organisation) -> str:
        version = publish(PLAN, owner=school, by=None).version
        return f"/s/{school.slug}/frameworks/{version.pk}/translations/es/"

    def typed_at(self, client: Client, lead: Membership, page: str, **words: str) -> None:
        hidden = fields_of(client, page)
        lose_session()
        assert send(client, {**hidden, **words}, to=page, page=page).status_code == 302
        client.force_login(lead.person)

    def test_another_part_of_a_translation_gets_no_words_and_takes_none_away(
        self, lead: Membership, lead_client: Client, there: str
    ) -> None:
        head, garden = f"{there}?part=about", f"{there}?part=garden"
        self.typed_at(lead_client, lead, garden, **{"t:competencies/soil/name": "Mi suelo"})
        page = lead_client.get(there).content.decode()
        assert "Mi suelo" not in page and "not saved yet" in page and f'href="{garden}"' in page
        fields = fields_of(lead_client, head)
        assert send(lead_client, {**fields, "t:title": "La parcela"}, to=head, page=head).status_code == 302
        assert KeptForm.objects.count() == 1
        page = lead_client.get(garden).content.decode()
        assert "Here is what you typed" in page and "Mi suelo" in page
        fields = fields_of(lead_client, garden)
        words = {"t:competencies/soil/name": "Mi suelo"}
        assert send(lead_client, {**fields, **words}, to=garden, page=garden).status_code == 302
        assert not KeptForm.objects.exists()

    def test_another_form_that_goes_to_the_same_address_takes_none_away(
        self, lead: Membership, lead_client: Client
    ) -> None:
        hidden = fields_of(lead_client, ME)
        typed_at_me(lead_client)
        lead_client.force_login(lead.person)
        sent = send(lead_client, {"name": "Amara", "language": "", "time_zone": ""})
        assert sent.status_code == 302 and KeptForm.objects.count() == 1
        same = {name: value for name, value in hidden.items() if name not in ("_once", "as_seen")}
        sent = send(lead_client, {**same, "name": WORDS, "language": "es", "time_zone": ""})
        assert sent.status_code == 302 and not KeptForm.objects.exists(), "the same, word for word"

    def test_a_button_that_is_pressed_again_waits_no_longer(
        self, lead: Membership, lead_client: Client
    ) -> None:
        there = reverse("people:sign-out-everywhere")
        hidden = fields_of(lead_client, ME)
        lose_session()
        send(lead_client, hidden, to=there)
        lead_client.force_login(lead.person)
        assert KeptForm.objects.count() == 1
        assert send(lead_client, fields_of(lead_client, ME), to=there).status_code == 302
        assert not KeptForm.objects.exists()

    def test_a_refusal_keeps_the_words_whether_it_is_a_page_or_a_way_back(
        self, lead: Membership, lead_client: Client, school: Organisation
    ) -> None:
        typed_at_me(lead_client)
        lead_client.force_login(lead.person)
        (row,) = KeptForm.objects.all()
        mark = f'name="_kept" value="{row.pk}"'
        fields = fields_of(lead_client, ME)
        assert fields["_kept"] == str(row.pk)
        wrong = send(lead_client, {**fields, "name": "", "language": "", "time_zone": ""})
        assert wrong.status_code in (200, 422) and mark in wrong.content.decode()
        away = reverse("schools:invitation-withdraw", args=[school.slug, lead.pk])
        assert send(lead_client, fields, to=away).status_code == 302
        assert KeptForm.objects.count() == 1
        assert "has already accepted" in lead_client.get("/").content.decode(), "and is still shown"
        send(lead_client, {**fields, "name": "Amara", "language": "", "time_zone": ""})
        assert not KeptForm.objects.exists()

    def test_what_is_lost_twice_waits_once(self, lead: Membership, lead_client: Client) -> None:
        typed_at_me(lead_client)
        lead_client.force_login(lead.person)
        typed_at_me(lead_client, name="Later words")
        lead_client.force_login(lead.person)
        assert KeptForm.objects.count() == 1
        assert 'value="Later words"' in lead_client.get(ME).content.decode()


class TestWhatSavesItself:
    """It answers without a redirect, and says that it has saved."""

    def lost_and_back(self, client: Client, lead: Membership, there: str, **words: str) -> dict[str, str]:
        hidden = fields_of(client, there)
        lose_session()
        assert send(client, {**hidden, **words}, to=there, page=there).status_code == 302
        client.force_login(lead.person)
        assert "Here is what you typed" in client.get(there).content.decode()
        return {**fields_of(client, there), **words}

    def test_a_rating_saved_in_the_background_waits_no_longer(
        self, lead: Membership, team: Membership, educator: Membership
    ) -> None:
        version = shipped_version()
        held = a_round(a_place(lead, version, [lead, team, educator]), [lead, team, educator])
        one = items_of(held)[0].competency_id
        there = reverse("journeys:rate-one", args=["harbour-bridge", held.id, one])
        client = client_of(lead)
        back = self.lost_and_back(client, lead, there, step="2", confidence="", comment="So we say.")
        auto = {"hx-request": "true", "hx-trigger": "rating", "referer": f"http://testserver{there}"}
        unsaid = client.post(there, {**back, "step": ""}, headers=auto)
        assert unsaid.status_code == 200 and KeptForm.objects.count() == 1
        done = client.post(there, back, headers=auto)
        assert done.status_code == 200 and done.content.startswith(b"saved")
        assert not KeptForm.objects.exists()
        assert "not saved yet" not in client.get("/").content.decode()

    def test_a_sheet_kept_while_it_is_typed_waits_no_longer(
        self, lead: Membership, make_one: Callable[..., Membership]
    ) -> None:
        version = shipped_version()
        people = [
            lead,
            *(make_one(name, "educator") for name in ("Ida Berg", "Omar Aziz", "Lin Wei", "Jo Ek")),
        ]
        place = a_place(lead, version, people)
        held = a_round(place, people)
        choose_paper(place=place, round_id=held.id, members=[each.id for each in people[1:]])
        name_typist(place=place, round_id=held.id, membership=lead)
        sheet = Sheet.objects.filter(round=held).order_by("code")[0]
        there = reverse("journeys:key-in-sheet", args=["harbour-bridge", held.id, sheet.id])
        client = client_of(lead)
        back = self.lost_and_back(client, lead, there, **{"step-1": "3", "comment-1": "Only on paper."})
        done = client.post(there, back, headers={"hx-request": "true", "hx-trigger": "sheet-kept"})
        assert done.content == b"saved for you" and not KeptForm.objects.exists()
        assert "Only on paper." in client.get(there).content.decode()


class TestATokenThatIsNoLongerGood:
    """As after signing in again in another tab: Django then changes the token of forms."""

    @pytest.fixture
    def strict(self, lead: Membership) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(lead.person)
        return client

    def test_the_same_person_finds_the_words_in_the_form(self, strict: Client, lead: Membership) -> None:
        hidden = {**fields_of(strict, ME), "csrfmiddlewaretoken": "a" * 64}
        answer = send(strict, {**hidden, "name": WORDS})
        assert answer.status_code == 302 and answer["Location"] == ME
        assert html.escape(WORDS) in strict.get(ME).content.decode()
        assert Person.objects.get(pk=lead.person.pk).name == "Amara Okafor"

    def test_without_a_session_one_signs_in_first(self, strict: Client, lead: Membership) -> None:
        hidden = {**fields_of(strict, ME), "csrfmiddlewaretoken": "a" * 64}
        lose_session()
        assert send(strict, {**hidden, "name": WORDS})["Location"] == "/account/login/?next=/me/"
        assert KeptForm.objects.count() == 1, "kept once, and counted once"
        strict.force_login(lead.person)
        assert html.escape(WORDS) in strict.get(ME).content.decode()

    def test_what_waits_already_is_not_taken_away(self, strict: Client, lead: Membership) -> None:
        hidden = {**fields_of(strict, ME), "csrfmiddlewaretoken": "a" * 64}
        send(strict, {**hidden, "name": WORDS})
        send(strict, {**hidden, "name": WORDS})
        assert KeptForm.objects.count() == 2

    @pytest.mark.parametrize("signed_in", [True, False])
    def test_as_often_as_it_may_be_sent_each_is_kept_and_then_one_is_told(
        self, strict: Client, signed_in: bool
    ) -> None:
        hidden = {**fields_of(strict, ME), "csrfmiddlewaretoken": "a" * 64}
        if not signed_in:
            lose_session()
        with clock.standing_at(clock.now()):
            for _each in range(30):
                answer = send(strict, {**hidden, "name": WORDS})
                assert answer.status_code == 302
                assert any(name.startswith("kept-") and each.value for name, each in answer.cookies.items())
            refused = send(strict, {**hidden, "name": WORDS})
        page = refused.content.decode()
        assert refused.status_code == 403 and "open too long" in page and html.escape("the first") in page
        assert 'name="name"' not in page, "shown to copy, not to be sent by a click"

    def test_somebody_else_is_shown_a_kind_page_and_no_words(
        self, strict: Client, lead: Membership, team: Membership
    ) -> None:
        hidden = {**fields_of(strict, ME), "csrfmiddlewaretoken": "a" * 64}
        strict.force_login(team.person)
        answer = send(strict, {**hidden, "name": WORDS})
        assert answer.status_code == 403 and "open too long" in answer.content.decode()
        assert "first" not in strict.get(ME).content.decode()

    def test_another_site_fills_in_nothing(self, strict: Client, lead: Membership, team: Membership) -> None:
        theirs = fields_of(client_of(team), ME)["_by"]
        for mark in ("", "x", theirs):
            strict.post(ME, {"_by": mark, "name": WORDS}, headers={"origin": "https://evil.example"})
        assert "first" not in strict.get(ME).content.decode()
