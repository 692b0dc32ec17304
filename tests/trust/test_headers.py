"""Every answer carries what keeps a page from being misused, and no address sends anybody elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.routes import doors
from tests.trust.test_walk import addresses
from tests.trust.world import Realm, build_realm
from throughline.kit.access import Door
from throughline.schools.models import Role
from throughline.testing import client_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.one_engine("headers are set in Python, whatever the rows are"),
]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Invitations, and what is shared by link, tell nobody where they lead from.
QUIETER = {"Referrer-Policy": {"no-referrer"}}
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
]


@pytest.fixture
def realm() -> Realm:
    """Harbour Bridge with something of everything."""
    return build_realm("Harbour Bridge")


def unsafe(policy: str, media_type: str) -> bool:
    """A picture that stands alone may be styled inside itself; nothing else may."""
    allowed = "style-src 'unsafe-inline'" if media_type.startswith("image/svg") else ""
    return "default-src 'none'" not in policy or "unsafe" in policy.replace(allowed, "")


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_carries_the_headers(realm: Realm, signed_in: bool) -> None:
    client = client_of(realm.members[Role.LEAD]) if signed_in else Client()
    plain = [route for route, door in doors().items() if door is Door.MEMBER or "<" not in route]
    pages = [
        *(next(addresses(route, realm, realm)) for route in plain if not route.startswith("^")),
        reverse("schools:invitation-link", kwargs={"token": "x" * 43}),
        reverse("network:open", kwargs={"token": "x" * 43}),
        reverse("network:link", kwargs={"key": "x" * 20}),
        reverse("network:link-pdf", kwargs={"key": "x" * 20}),
        "/no/such/page/",
    ]
    wrong = []
    for address in pages:
        answer = client.get(address)
        told = answer.headers
        wrong += [
            (address, name, told.get(name))
            for name, value in ALWAYS.items()
            if told.get(name) not in {value} | QUIETER.get(name, set())
        ]
        kept = told.get("Cache-Control", "")
        # what anyone may read may be kept, if it is asked for again each time
        public = address.startswith("/frameworks/") and "no-cache" in kept
        if "no-store" not in kept and not public:
            wrong.append((address, "Cache-Control", told.get("Cache-Control")))
        policy = told.get("Content-Security-Policy", "")
        if unsafe(policy, told.get("Content-Type", "")):
            wrong.append((address, "Content-Security-Policy", policy))
    assert len(pages) > 60
    assert wrong == []


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_sends_anybody_to_another_site(realm: Realm, target: str) -> None:
    member = realm.members[Role.TEAM]
    member.person.set_password("a long enough secret")
    member.person.save()
    client = Client()
    signed_in = client.post(
        reverse("account_login"),
        {"login": member.person.email, "password": "a long enough secret", "next": target},
    )
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    theme = client.post(reverse("ui:theme"), {"theme": "dark", "next": target})
    assert (theme.status_code, theme["Location"]) == (302, "/")
    out = client.post(reverse("account_logout"), {"next": target})
    assert (out.status_code, out["Location"]) == (302, "/")
