"""A large package is read piece by piece, with the same result as a small one."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case import streaming
from throughline.frameworks.case.reading import CasePackage, read_case
from throughline.frameworks.case.serialization import package_in
from throughline.frameworks.case.streaming import stream_case
from throughline.frameworks.importing.tests.test_case_import import mutated
from throughline.frameworks.tests.packages import Table, garden, raw


def told(package: CasePackage) -> Any:
    nodes = [
        (n.identifier, n.code, n.statement, n.short, n.kind, n.depth, n.own, n.ends) for n in package.nodes()
    ]
    facts = (package.identifier, package.title, package.language, package.version, package.changed)
    return facts, package.summary, package.attribution, package.notes, package.steps, package.told, nodes


def both(content: bytes) -> tuple[Any, Any]:
    found: list[Any] = []
    for pieces in (False, True):
        try:
            found.append(told(stream_case(BytesIO(content)) if pieces else read_case(content)))
        except FrameworkProblem as problem:
            found.append(problem.sentence)
    return found[0], found[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"])
def test_a_package_reads_the_same_in_pieces(encoding: str) -> None:
    package = garden()
    package["CFItems"][0]["fullStatement"] = "Tierra, التربة, 土"
    package["CFDefinitions"] = {"CFItemTypes": [{"deep": [[1, 2, {"a": None}], "x"]}], "CFLicenses": []}
    content = json.dumps(package, ensure_ascii=False).encode(encoding)
    plain, pieces = both(content)
    assert plain == pieces
    assert not isinstance(plain, str)
    assert package_in(stream_case(BytesIO(content)).kept) == package


def test_wrapped_in_another_object_and_with_its_parts_in_any_order() -> None:
    package = dict(reversed(garden().items()))
    plain, pieces = both(raw({"note": [1, [2]], "CFPackage": package}))
    assert plain == pieces
    assert not isinstance(plain, str)


@pytest.mark.parametrize(
    "content",
    [
        raw({"CFDocuments": [{"a": 1}, {"b": [1, 2]}]}),
        raw({"imsx_codeMajor": "failure"}),
        raw([garden()]),
        raw({**garden(), "CFItems": {"a": 1}}),
        raw({**garden(), "CFItems": [1, "x"]}),
        raw({**garden(), "CFAssociations": "none"}),
        raw({}),
        raw("text"),
        raw(None),
    ],
)
def test_what_is_no_package_is_refused_with_the_same_words(content: bytes) -> None:
    plain, pieces = both(content)
    assert isinstance(plain, str)
    assert plain == pieces


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        raw(garden()) + b"x",
        raw(garden())[:-1],
        b"\xff\xff{",
        raw(garden()).replace(b"Soil", b"\xff"),
    ],
)
def test_broken_text_is_one_kind_of_error(content: bytes) -> None:
    plain, pieces = both(content)
    assert isinstance(plain, str) and isinstance(pieces, str)


def test_too_many_values_and_levels_are_refused_wherever_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = raw({**garden(), "CFDefinitions": json.loads("[" * 300 + "]" * 300)})
    with pytest.raises(FrameworkProblem, match="nested"):
        stream_case(BytesIO(deep))
    monkeypatch.setattr(streaming, "MOST_VALUES", 2000)
    with pytest.raises(FrameworkProblem, match="2000 values"):
        stream_case(BytesIO(raw({**garden(), "CFDefinitions": [[]] * 2000})))
    monkeypatch.setitem(streaming._MOST_ROWS, "CFItems", 3)
    with pytest.raises(FrameworkProblem, match="3 items"):
        stream_case(BytesIO(raw(garden())))


@given(package=mutated())
@settings(max_examples=150)
def test_whatever_is_done_to_a_package_both_ways_of_reading_agree(package: Table) -> None:
    plain, pieces = both(raw(package))
    if isinstance(plain, str) and "half a character" in plain:
        return  # the parser for large files puts a question mark in its place
    if any(word in raw(package) for word in (b"NaN", b"Infinity")):
        return  # which is no JSON: the parser for large files refuses it, wherever it stands
    if isinstance(pieces, str) and "integer overflow" in pieces:
        assert re.search(rb"\d{19}", raw(package))
        return  # the parser for large files holds whole numbers of 64 bits
    assert plain == pieces or (isinstance(plain, str) and isinstance(pieces, str))
