"""The ways in: posters, slips, tablets, and who is not to be asked."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.closing.actions import close_listening
from throughline.voices.inviting.actions import make_slips, opt_out, withdraw_sheet
from throughline.voices.models import Asked, Listening, OptOut, Slip
from throughline.voices.spool.marks import code_hash
from throughline.voices.spool.queries import slip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def learners(open_one: Listening) -> Asked:
    """Learners, who answer by code as well."""
    Asked.objects.filter(listening=open_one, group="learner").update(by_code=True)
    return Asked.objects.select_related("listening").get(listening=open_one, group="learner")


def address(name: str, asked: Asked, *more: Any) -> str:
    return reverse(f"voices:{name}", args=[asked.organisation.slug, asked.listening_id, *more])


def test_of_codes_only_hashes_are_kept_and_each_opens_the_group(learners: Asked, lead: Membership) -> None:
    codes = make_slips(asked=learners, count=30, by=lead)
    assert len(set(codes)) == 30
    kept = Slip.objects.filter(asked=learners)
    assert set(kept.values_list("code_hash", flat=True)) == {code_hash(code) for code in codes}
    found = slip_of(codes[0].upper())
    assert found is not None and found.asked_id == learners.pk


def test_each_time_is_another_sheet_and_a_lost_one_opens_nothing(learners: Asked, lead: Membership) -> None:
    first = make_slips(asked=learners, count=3, by=lead)
    second = make_slips(asked=learners, count=2, by=lead)
    assert withdraw_sheet(asked=learners, sheet=1, by=lead) == 3
    assert slip_of(first[0]) is None
    assert slip_of(second[0]) is not None


def test_only_who_runs_it_makes_slips_and_only_while_it_is_open(
    learners: Asked, lead: Membership, educator: Membership
) -> None:
    with pytest.raises(Refused):
        make_slips(asked=learners, count=3, by=educator)
    with pytest.raises(ValidationError):
        make_slips(asked=learners, count=0, by=lead)
    families = Asked.objects.select_related("listening").get(listening=learners.listening, group="family")
    with pytest.raises(ValidationError):
        make_slips(asked=families, count=3, by=lead)
    close_listening(listening=learners.listening, by=lead)
    with pytest.raises(ValidationError):
        make_slips(asked=learners, count=3, by=lead)


def test_slips_come_as_a_file_that_is_kept_nowhere(learners: Asked, lead: Membership) -> None:
    browser = client_of(lead)
    sent = {"learner-count": "14", "learner-paper": "a4"}
    answer = browser.post(address("slips", learners, learners.pk), sent)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert Slip.objects.filter(asked=learners).count() == 14
    page = browser.get(address("inviting", learners)).content.decode()
    assert "Sheet 1: 14 slips" in page
    wrong = browser.post(address("slips", learners, learners.pk), {**sent, "learner-count": "0"})
    assert wrong.status_code == 422 and Slip.objects.filter(asked=learners).count() == 14


def test_a_poster_shows_the_typed_address(learners: Asked, lead: Membership) -> None:
    answer = client_of(lead).get(address("poster", learners, learners.pk))
    assert answer.content.startswith(b"%PDF")


def test_the_address_for_a_tablet_is_shown_once_and_works(learners: Asked, lead: Membership) -> None:
    browser = client_of(lead)
    browser.post(address("open-kiosk", learners, learners.pk), {"do": "make"})
    page = browser.get(address("inviting", learners)).content.decode()
    [link] = re.findall(r"http://testserver(/v/[^<\"]+kiosk/[^<\"]+)", page)
    assert "kiosk/" not in browser.get(address("inviting", learners)).content.decode().partition("<main")[
        2
    ].replace('/kiosk/"', "")
    tablet = Client()
    assert tablet.get(link).status_code == 302
    assert "voice-code" in tablet.cookies


def test_a_family_opts_its_child_out_without_an_account(learners: Asked, lead: Membership) -> None:
    browser, there = Client(), f"/v/{learners.place}/opt-out/"
    assert there in browser.get(f"/v/{learners.place}/questions/").content.decode()
    sent = {"child": "Kim سليم", "class_or_group": "6b", "told_by": "Ms. Kim"}
    assert browser.post(there, {**sent, "child": ""}).status_code == 422
    for _twice in range(2):
        assert browser.post(there, sent).status_code == 302
    assert OptOut.objects.count() == 1
    page = client_of(lead).get(address("inviting", learners)).content.decode()
    assert "Kim سليم" in page
    families = Asked.objects.get(listening=learners.listening, group="family")
    assert browser.get(f"/v/{families.place}/opt-out/").status_code == 404
    close_listening(listening=learners.listening, by=lead)
    assert not OptOut.objects.exists()
    assert browser.post(there, sent).status_code == 404


def test_who_was_opted_out_is_for_those_who_run_it(learners: Asked, educator: Membership) -> None:
    opt_out(learners, child="Kim", class_or_group="", told_by="Ms. Kim")
    assert client_of(educator).get(address("inviting", learners)).status_code == 403
