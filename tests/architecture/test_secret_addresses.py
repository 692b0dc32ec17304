"""Whoever runs a proxy is told every address that holds a secret, and our own log leaves them out."""

import re

from tests.architecture.tree import ROOT
from tests.routes import routes
from throughline.kit.logs import SECRET_ADDRESSES

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>")
# What stands in an address and opens something for whoever has it.
SECRET = {"token", "key", "uidb36"}
# What stands in an address and is worth nothing without a sign-in or a cookie. Ids (uuid) are never secrets.
HARMLESS = {
    "binding",
    "code",
    "collection",
    "competency",
    "framework",
    "identifier",
    "kind",
    "language",
    "nth",
    "number",
    "page",
    "part",
    "persona",
    "piece",
    "place",
    "school",
    "version",
    "section",
    "stage",
    "topic",
    "what",
}
# Derived from a secret that stands in a cookie; without that it opens nothing (network/tests/test_links.py,
# elements/consulting/tests, plans/families/tests, plans/reminders/tests).
WORTH_NOTHING_ALONE = (
    "shared/<slug:key>/",
    "consultation/<slug:key>/",
    "for-families/<slug:key>/",
    "plan-done/<slug:key>/",
)
# Who opened these, and when, tells when somebody rated.
TELLING = ("/rate/", "/again/", "/key-in/")


def parameters(route: str) -> set[str]:
    return {b or c for a, b, c in PARAMETER.findall(route) if a != "uuid"}


def secret_routes() -> list[str]:
    return [
        route
        for route, _view in routes()
        if parameters(route) & SECRET and not route.startswith(WORTH_NOTHING_ALONE)
    ]


def test_every_word_in_an_address_is_known_to_be_secret_or_harmless() -> None:
    unknown = {(route, name) for route, _view in routes() for name in parameters(route) - SECRET - HARMLESS}
    assert unknown == set(), "say above whether it opens something; if so, add its address to kit/logs.py"


def test_every_secret_address_is_left_out_of_our_log_and_named_to_whoever_runs_a_proxy() -> None:
    before = {"/" + PARAMETER.split(route.replace("^", ""))[0] for route in secret_routes()}
    assert len(before) >= 3
    assert before == set(SECRET_ADDRESSES)
    advice = (ROOT / "docs" / "running" / "production.md").read_text(encoding="utf-8")
    section = advice.partition("## What a proxy must not write down")[2].partition("\n## ")[0]
    named = set(re.findall(r"^- `(/[^`]+)`", section, re.MULTILINE))
    assert named == before | set(TELLING)


def test_addresses_that_tell_who_rated_are_still_called_so() -> None:
    written = [f"/{route}" for route, _view in routes()]
    assert all(any(part in route for route in written) for part in TELLING)
