"""A package is told apart piece by piece, exactly as it would be told apart as a whole."""

import json
import zlib
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.frameworks.blueprint import fingerprint_of
from throughline.frameworks.case import digest
from throughline.frameworks.case.digest import digest_of
from throughline.frameworks.case.serialization import kept, package_in, timeless
from throughline.frameworks.tests.packages import garden, raw
from throughline.frameworks.tests.plans import PLAN

WORDS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["CFPackage", "CFDocument", "CFItems", "lastChangeDateTime", "é", "土", "\ud83d", '"\\']),
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=25,
)


def as_a_whole(held: bytes) -> str:
    return fingerprint_of(timeless(package_in(held)))


@given(
    package=st.dictionaries(WORDS, VALUES, max_size=6),
    piece=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_piece_by_piece_gives_what_the_whole_gives(
    monkeypatch: pytest.MonkeyPatch, package: Any, piece: int, indent: int | None
) -> None:
    monkeypatch.setattr(digest, "_PIECE", piece)
    held = zlib.compress(json.dumps(package, indent=indent).encode())
    assert digest_of(held) == as_a_whole(held)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        ' { "a" : [ ] , "b" : { } } ',
        '{"a": 1, "b": 2, "a": [3]}',
        '{"CFPackage": {"CFItems": [1, 2.50, 1e5, -0.0, NaN, -Infinity], "lastChangeDateTime": 1}, "x": 1}',
        '{"CFPackage": [1], "x": {"lastChangeDateTime": 5, "y": {"z": {"lastChangeDateTime": {}}}}}',
        '{"CFPackage": {"a": 1}, "CFDocument": null}',
    ],
)
def test_odd_packages_too(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = zlib.compress(text.encode())
    for piece in (1, 3, 1000):
        monkeypatch.setattr(digest, "_PIECE", piece)
        assert digest_of(held) == as_a_whole(held)


def test_when_it_was_changed_does_not_count_and_everything_else_does() -> None:
    before = garden()
    after = garden()
    after["CFItems"][0]["lastChangeDateTime"] = "2031-01-01T00:00:00Z"
    assert digest_of(kept(raw(before))) == digest_of(kept(raw(dict(reversed(after.items())))))
    after["CFItems"][0]["notes"] = "x"
    assert digest_of(kept(raw(before))) != digest_of(kept(raw(after)))


def test_a_framework_is_told_apart_domain_by_domain_as_it_always_was() -> None:
    said = {
        "language": PLAN.language,
        "title": PLAN.title,
        "content": PLAN.content,
        "domains": [asdict(domain) for domain in PLAN.domains],
    }
    assert PLAN.fingerprint() == fingerprint_of(said)
    two = replace(PLAN, domains=(PLAN.domains[0], replace(PLAN.domains[0], code="other")))
    assert two.fingerprint() == fingerprint_of({**said, "domains": [asdict(each) for each in two.domains]})
