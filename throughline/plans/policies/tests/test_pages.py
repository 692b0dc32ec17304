"""The pages of the register, as people meet them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from throughline.kit import clock
from throughline.plans.models import Policy
from throughline.plans.policies.actions import About, Wording, add_policy, change_policy, revise_policy
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/plan/policies/"


def filled(client: Any, address: str, **said: str) -> dict[str, str]:
    """What a browser sends of a form: what stood in it, and what was typed."""
    page = client.get(address).content.decode()
    seen = re.search(r'name="as_seen" value="([^"]*)"', page)
    assert seen
    return {"as_seen": seen[1], **said}


def test_the_register_takes_a_fixed_number_of_queries(
    policy: Policy, lead: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    client.get(HERE)
    for number in range(6):
        added = add_policy(about=About(f"Policy {number}"), by=lead)
        revise_policy(policy=added, says=Wording("Words"), by=lead)
    with django_assert_num_queries(7):
        page = client.get(HERE).content.decode()
    assert policy.title in page and "Policy 5" in page


def test_a_policy_takes_a_fixed_number_of_queries(
    policy: Policy, lead: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    address = f"{HERE}{policy.pk}/"
    client.get(address)
    for number in range(4):
        revise_policy(policy=policy, says=Wording(f"Words {number}"), reason="New.", by=lead)
    with django_assert_num_queries(7):
        page = client.get(address).content.decode()
    assert "Words 3" in page and "Revision 1" in page


def test_a_policy_is_added_words_are_brought_in_and_compared(lead: Membership, journey: object) -> None:
    client = client_of(lead)
    made = client.post(f"{HERE}add/", {"title": "Grading", "state": "wanted", "says": ""})
    assert made.status_code == 302
    address = made["Location"]
    page = client.get(address).content.decode()
    assert "Bring in what it says: its words" in page
    client.post(f"{address}revise/", filled(client, f"{address}revise/", text="A grade for each course."))
    said = filled(
        client,
        f"{address}revise/",
        text="A word for each competency.",
        reason="Grades hid it.",
        adopted_by="School board",
        adopted_on="2026-03-02",
    )
    assert client.post(f"{address}revise/", said).status_code == 302
    page = client.get(address).content.decode()
    assert "School board" in page and "Grades hid it." in page
    compared = client.get(f"{address}compare/").content.decode()
    assert '<del class="removed">' in compared and '<ins class="added">' in compared
    assert client.get(f"{address}compare/?old=7").status_code == 404


def test_what_is_wrong_comes_back_with_what_was_typed(policy: Policy, lead: Membership) -> None:
    client = client_of(lead)
    answer = client.post(f"{HERE}{policy.pk}/revise/", {"text": "Some words", "adopted_by": "Board"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Some words" in page and "Say on which day it was adopted." in page


def test_two_who_change_it_at_once_see_both_versions(
    policy: Policy, lead: Membership, educator: Membership
) -> None:
    client = client_of(lead)
    address = f"{HERE}{policy.pk}/change/"
    said = filled(client, address, title="Credit, and how", state="in-force", owner="")
    change_policy(policy=policy, about=About("Crediting", owner=educator), by=educator)
    answer = client.post(address, said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Crediting" in page and "Credit, and how" in page
    policy.refresh_from_db()
    assert policy.title == "Crediting"


def test_two_who_write_at_once_see_both_texts(policy: Policy, lead: Membership, educator: Membership) -> None:
    client = client_of(lead)
    address = f"{HERE}{policy.pk}/revise/"
    said = filled(client, address, text="Mine, typed slowly")
    revise_policy(policy=policy, says=Wording("Theirs, saved first"), by=educator)
    answer = client.post(address, said)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Theirs, saved first" in page and "Mine, typed slowly" in page
    assert policy.revisions.count() == 1


def test_an_educator_who_looks_after_nothing_reads_and_changes_nothing(
    policy: Policy, team: Membership, educator: Membership
) -> None:
    change_policy(policy=policy, about=About(policy.title), by=team)
    client = client_of(educator)
    page = client.get(f"{HERE}{policy.pk}/").content.decode()
    assert policy.title in page and "/revise/" not in page
    for part in ("change", "revise", "again"):
        assert client.get(f"{HERE}{policy.pk}/{part}/").status_code == 403
        assert client.post(f"{HERE}{policy.pk}/{part}/").status_code == 403
    assert client.get(f"{HERE}add/").status_code == 403


def test_families_are_told_why_they_do_not_see_it(policy: Policy, family: Membership) -> None:
    client = client_of(family)
    assert client.get(HERE).status_code == 403
    assert client.get(f"{HERE}{policy.pk}/").status_code == 404


def test_looking_again_in_the_browser(policy: Policy, educator: Membership) -> None:
    client = client_of(educator)
    address = f"{HERE}{policy.pk}/again/"
    day = (clock.today() + timedelta(days=90)).isoformat()
    said = filled(client, address, text="Fine as it is.", says="yes", next_on=day)
    assert client.post(address, said).status_code == 302
    policy.refresh_from_db()
    assert policy.says == "yes" and policy.review_on is not None and policy.review_on.isoformat() == day
