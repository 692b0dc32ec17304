"""Every address × every role × own and other organisations' ids (scorecard S2), made from the URLconf itself.

What is not theirs does not exist (404), what they may see but not do is refused with a reason (403), and nothing that
belongs to another organisation ever stands in an answer. An address with a new kind of id must be added to `world`.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import chain, product
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests.routes import doors
from tests.trust.world import MARK, Realm, build_realm
from throughline.kit.access import Door
from throughline.schools.models import Role
from throughline.testing import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Domains and competencies of the shared framework and languages are nobody's own; a part is a name inside a draft. Elements
# and what stands in them are named by their kind, editions by their number. So are versions of a text.
SHARED = {
    "competency_id",
    "domain_id",
    "part",
    "language",
    "kind",
    "piece",
    "what",
    "section",
    "topic",
    "stage",
    "nth",
    "competency",
    "number",
    "version",
}
FINE = {200, 204, 302, 400, 403, 404, 405, 409, 422}
ROLES = [role.value for role in Role]
# Who may see what is decided in Python from the same rows on both engines, so everybody walks on SQLite. On PostgreSQL
# every address is opened and sent to by the lead, who sees most, and by one other in turn: so every question that a page
# asks, and every verb behind it, meets that engine too.
TOGETHER = [ROLES[at::2] for at in range(2)]


MEMBERS = sorted(route for route, door in doors().items() if door is Door.MEMBER)


def addresses(route: str, school: Realm, things: Realm, *, swapped: str | None = None) -> Iterator[str]:
    """The address with every combination of ids of `things`; only `swapped` is taken from there when told."""
    names = [name for _kind, name in PARAMETER.findall(route) if name != "school"]
    for name in names:
        assert name in things.ids, f"tests/trust/world.py has nothing for <{name}> in {route}"
    pools = [(things if swapped in (None, name) else school).ids[name] for name in names]
    for chosen in product(*pools):
        yield _filled(
            route, {**dict(zip(names, map(str, chosen), strict=True)), "school": school.organisation.slug}
        )


def _filled(route: str, values: dict[str, str]) -> str:
    return "/" + PARAMETER.sub(lambda found: values[found.group(2)], route)


@pytest.fixture
def ours() -> Realm:
    """The organisation of those who walk."""
    return build_realm("Harbour Bridge")


@pytest.fixture
def theirs() -> Realm:
    """The organisation that nobody who walks belongs to."""
    return build_realm(MARK)


def fingerprint(realm: Realm) -> str:
    """Everything that the tables hold of an organisation."""
    found = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
        if any(field.name == "organisation" for field in model._meta.concrete_fields):
            rows = model._base_manager.filter(organisation=realm.organisation).order_by("pk").values_list()
            found.update(repr((model._meta.label, list(rows))).encode())
    return found.hexdigest()


def refused_with_a_reason(answer: Any) -> bool:
    """A 403 says why in a sentence of its own."""
    context = answer.context
    return bool(context and str(context.get("reason", "")).strip())


@pytest.mark.parametrize("roles", TOGETHER)
def test_own_pages_answer_and_never_show_what_is_theirs(roles: list[str], ours: Realm, theirs: Realm) -> None:
    wrong = []
    own = [list(addresses(route, ours, ours)) for route in MEMBERS]
    first = list(product((each[0] for each in own), ("get", "post")))
    rest = list(product((address for each in own for address in each[1:]), ("get", "post")))
    # Everybody goes to every kind of page; where there are several of a kind, the lead and one other see the rest of them.
    everywhere = chain(_walked(ours, roles, first), _walked(ours, roles, rest, in_turn=True))
    for client, (address, method) in everywhere:
        with transaction.atomic():
            answer = getattr(client, method)(address)
            transaction.set_rollback(True)
        if answer.status_code not in FINE or MARK in _said(answer):
            wrong.append((method, address, answer.status_code))
        if answer.status_code == 403 and not refused_with_a_reason(answer):
            wrong.append((method, address, "no reason"))
    assert wrong == []


def _walked(
    realm: Realm, roles: list[str], steps: list[tuple[str, str]], *, in_turn: bool = False
) -> Iterator[tuple[Client, tuple[str, str]]]:
    """Each of these roles with each address and method; `in_turn`, or on PostgreSQL, the lead and one other."""
    turns = {role: place for place, role in enumerate(each for each in ROLES if each != Role.LEAD)}
    for role in roles:
        client = client_of(realm.members[role])
        for place, step in enumerate(steps):
            whose_turn = role == Role.LEAD or place // 2 % len(turns) == turns[role]
            if whose_turn or (connection.vendor == "sqlite" and not in_turn):
                yield client, step


@pytest.mark.parametrize("roles", TOGETHER)
def test_what_belongs_to_another_organisation_does_not_exist(
    roles: list[str], ours: Realm, theirs: Realm
) -> None:
    before = fingerprint(theirs)
    wrong = []
    for client, (address, method) in _walked(ours, roles, list(_foreign(ours, theirs))):
        answer = getattr(client, method)(address)
        # A listening of ours refuses by its own state or our own role, before anything in it is looked for.
        refuses = f"/s/{ours.organisation.slug}/listenings/" in address
        allowed = (403, 404, 405) if refuses else (404, 405)
        if answer.status_code not in allowed or MARK in _said(answer).replace(address, ""):
            wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert fingerprint(theirs) == before


def _foreign(ours: Realm, theirs: Realm) -> Iterator[tuple[str, str]]:
    """Addresses in their organisation, and addresses in ours with one id of theirs."""
    for route in MEMBERS:
        found = [next(addresses(route, theirs, theirs))]
        for _kind, name in PARAMETER.findall(route):
            if name not in SHARED | {"school"}:
                found.append(next(addresses(route, ours, theirs, swapped=name)))
        for address in found:
            yield address, "get"
            yield address, "post"


def test_a_stranger_is_asked_to_sign_in(ours: Realm) -> None:
    client = Client()
    wrong = []
    for route, door in doors().items():
        if door not in (Door.MEMBER, Door.SIGNED_IN):
            continue
        address = next(addresses(route, ours, ours))
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            if answer.status_code != 302 or "/account/login/" not in answer.url:
                wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_the_walk_can_fail(ours: Realm, theirs: Realm) -> None:
    """The mark is really there for those to whom it belongs, on most of the pages that are walked."""
    client = client_of(theirs.members[Role.LEAD])
    seen = [
        address
        for route in MEMBERS
        for address in [next(addresses(route, theirs, theirs))]
        if MARK in _said(client.get(address)).replace(address, "")
    ]
    assert len(seen) > len(MEMBERS) / 3
    assert connection.vendor in ("sqlite", "postgresql")


def _said(answer: Any) -> str:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")
