"""Whatever form changes something that stands already: what was saved meanwhile is shown and not overwritten."""

from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from tests.trust.test_walk import addresses
from tests.trust.world import Realm, build_realm
from throughline.activity.filling import Control, Reader
from throughline.schools.models import Role
from throughline.testing import client_of
from throughline.ui.asseen import FIELD

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

# Pages with a form whose fields begin with what stands in the database. Others have a version of their own: agreeing,
# the plan of a meeting, the introduction of the story, drafts of frameworks; sheets of paper are compared row by row.
CAREFUL = {
    "me/",
    "s/<slug:school>/settings/",
    "s/<slug:school>/people/<uuid:member>/roles/",
    "s/<slug:school>/groups/<uuid:group>/change/",
    "s/<slug:school>/crosswalks/<uuid:crosswalk_id>/change/",
    "s/<slug:school>/journeys/<uuid:journey_id>/team/",
    "s/<slug:school>/journeys/<uuid:journey_id>/settings/",
    "s/<slug:school>/journeys/<uuid:journey_id>/decide/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/raters/",
    "s/<slug:school>/rounds/<uuid:round_id>/paper/",
    "s/<slug:school>/rounds/<uuid:round_id>/priorities/<uuid:competency_id>/",
    "s/<slug:school>/rounds/<uuid:round_id>/rate/<uuid:competency_id>/",
}
SPENT = {"_once", "csrfmiddlewaretoken"}


@pytest.fixture
def realm() -> Realm:
    return build_realm("Harbor Bridge")


def careful_forms(page: str) -> list[tuple[str, list[Control]]]:
    """Action and fields of the forms of a page that carry a mark."""
    read = Reader(page)
    found = [
        (form.attributes.get("action") or "", [each for each in read.controls if each.form == number])
        for number, form in enumerate(read.forms)
    ]
    return [(action, fields) for action, fields in found if any(each.name == FIELD for each in fields)]


def as_sent(fields: list[Control], *, mark: str) -> dict[str, Any]:
    """What a browser would send after the first thing that can be changed was changed."""
    sent: dict[str, Any] = {}
    changed, chosen_anew = False, set[str]()
    for each in fields:
        told = each.tag.attributes
        value = told.get("value") or ""
        if not each.name or each.name in SPENT or each.kind in ("file", "submit"):
            continue
        if each.kind == "hidden":
            sent[each.name] = mark if each.name == FIELD else value
        elif each.kind in ("checkbox", "radio"):
            other = not changed and "checked" not in told
            if other or ("checked" in told and each.name not in chosen_anew):
                sent.setdefault(each.name, []).append(value)
            if other:
                changed = True
                sent[each.name] = [value]
                chosen_anew |= {each.name} if each.kind == "radio" else set()
        elif each.kind == "select":
            values = [option.attributes.get("value") or "" for option, _end in each.options]
            chosen = [
                option.attributes.get("value") or ""
                for option, _end in each.options
                if "selected" in option.attributes
            ]
            sent[each.name] = (chosen or values)[:1]
        else:
            other_words = "2031-05-04" if each.kind == "date" else "Other words"
            sent[each.name] = value if changed else other_words
            changed = True
    return sent


def test_every_form_that_changes_what_stands_tells_when_it_changed_meanwhile(realm: Realm) -> None:
    clients = {role: client_of(realm.members[role]) for role in (Role.LEAD, Role.TEAM)}
    met: set[str] = set()
    wrong = []
    for route in sorted(CAREFUL):
        for client in clients.values():
            for address in addresses(route, realm, realm):
                if route in met:
                    break
                for action, fields in careful_forms(_page(client, address)):
                    met.add(route)
                    wrong += _overwritten(client, address, urljoin(address, action), fields)
    assert met == CAREFUL
    assert wrong == []


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    return answer.content.decode() if answer.status_code == 200 and kind.startswith("text/html") else ""


def _overwritten(client: Client, address: str, action: str, fields: list[Control]) -> list[tuple[str, Any]]:
    with transaction.atomic():
        answer = client.post(action, as_sent(fields, mark="another mark"))
        transaction.set_rollback(True)
    text = answer.content.decode()
    if answer.status_code not in (409, 422) or "Saved now" not in text:
        return [(address, answer.status_code)]
    return []
