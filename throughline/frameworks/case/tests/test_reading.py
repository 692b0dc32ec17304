"""Reading CASE packages: what is accepted, and the sentence for each thing that is not."""

from collections.abc import Callable
from typing import Any

import pytest

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.tests.packages import DOCUMENT, Table, child_of, garden, ident, item, raw


def names(package: Table) -> list[str]:
    return [f"{node.depth} {node.short or node.statement}" for node in read_case(raw(package)).nodes()]


def test_the_tree_follows_sequence_numbers() -> None:
    assert names(garden()) == [
        "1 Soil",
        "2 Compost",
        "3 The pile reaches 120 °F (50 °C).",
        "3 Kitchen waste goes in, plastic does not.",
        "2 Tests soil before planting.",
        "1 Water",
        "2 Waters at the right hour.",
    ]


def test_the_document_says_whose_it_is() -> None:
    package = read_case(raw(garden()))
    assert package.title == "Allotment skills"
    assert package.attribution == "Allotment Society · Garden Press"
    assert package.source_url == "https://garden.example.org/skills"
    assert (package.language, package.changed) == ("en", "2024-03-01")


def test_without_sequence_numbers_codes_order_as_people_count() -> None:
    package = garden()
    package["CFItems"] = [item(n, f"Bed {n}", humanCodingScheme=f"B.{n}") for n in (10, 9, 1, 2)]
    package["CFAssociations"] = [child_of(n, None) for n in (10, 9, 1, 2)]
    assert names(package) == ["1 Bed 1", "1 Bed 2", "1 Bed 9", "1 Bed 10"]


def test_without_anything_to_go_by_the_order_of_the_file_stays() -> None:
    package = garden()
    package["CFItems"] = [item(n, f"Bed {n}") for n in (3, 1, 2)]
    package["CFAssociations"] = []
    assert names(package) == ["1 Bed 3", "1 Bed 1", "1 Bed 2"]


@pytest.mark.parametrize("subject", ["Gardening", ["Gardening"], None])
def test_subjects_may_be_text_or_a_list(subject: Any) -> None:
    package = garden()
    package["CFDocument"]["subject"] = subject
    assert read_case(raw(package)).title


def test_unknown_associations_and_extensions_are_left_out_with_a_remark() -> None:
    package = garden()
    package["CFAssociations"].append(child_of(1, 2, associationType="ext:inspires"))
    package["extensions"] = {"anything": [1, 2]}
    package["CFItems"][0]["extensions"] = {"x": {}}
    assert any("1 association" in note for note in read_case(raw(package)).notes)


def test_an_item_without_a_parent_stands_at_the_top() -> None:
    package = garden()
    package["CFAssociations"] = [each for each in package["CFAssociations"] if each != child_of(5, 2)]
    assert "1 Waters at the right hour." in names(package)
    assert any("no parent" in note for note in read_case(raw(package)).notes)


def test_an_item_with_two_parents_stands_under_the_first() -> None:
    package = garden()
    package["CFAssociations"].append(child_of(5, 1))
    assert len(names(package)) == 7
    assert any("several places" in note for note in read_case(raw(package)).notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_is_read(encoding: str) -> None:
    text = raw(garden()).decode()
    assert read_case(text.encode(encoding)).title == "Allotment skills"


def test_ten_thousand_items_in_a_long_chain_and_a_wide_fan_are_read() -> None:
    package = garden()
    package["CFItems"] = [item(n, f"Bed {n}") for n in range(1, 10_001)]
    package["CFAssociations"] = [
        child_of(n, None if n % 100 == 1 else n - n % 100 or n - 99) for n in range(1, 10_001)
    ]
    package["CFAssociations"] = [
        child_of(n, None if n <= 100 else (n - 1) % 100 + 1) for n in range(1, 10_001)
    ]
    assert len(list(read_case(raw(package)).nodes())) == 10_000


def _bend(change: Callable[[Table], Any]) -> bytes:
    package = garden()
    change(package)
    return raw(package)


FAULTS: dict[str, tuple[bytes, str]] = {
    "not json": (b"<html>", "not JSON"),
    "empty": (b"", "not JSON"),
    "cut off": (raw(garden())[:400], "not JSON"),
    "latin-1": (b'{"a": "\xe9"}', "UTF-8"),
    "a NUL between": (b'{"CFDocument": "\x00"}', "not JSON"),
    "nested deeply": (b"[" * 100_000, "nested too deeply|not JSON"),
    "an enormous number": (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
    "a list": (b"[]", "a list or a single value"),
    "null": (b"null", "a list or a single value"),
    "a list of frameworks": (raw({"CFDocuments": [{"title": "A"}, {"title": "B"}]}), "list of 2 frameworks"),
    "an error answer": (raw({"imsx_codeMajor": "failure"}), "error message"),
    "no document": (_bend(lambda p: p.pop("CFDocument")), "CFDocument is missing"),
    "no items": (_bend(lambda p: p.update(CFItems=[])), "CFItems is missing"),
    "items as a table": (_bend(lambda p: p.update(CFItems={"a": 1})), "CFItems: A list"),
    "an item as text": (_bend(lambda p: p["CFItems"].insert(2, "Soil")), r"CFItems\[2\]: An object"),
    "no title": (_bend(lambda p: p["CFDocument"].pop("title")), "CFDocument: title is missing"),
    "no identifier": (_bend(lambda p: p["CFItems"][1].pop("identifier")), r"CFItems\[1\]: identifier"),
    "identifier a number": (_bend(lambda p: p["CFItems"][1].update(identifier=7)), "must be text"),
    "identifier endless": (_bend(lambda p: p["CFItems"][1].update(identifier="x" * 300)), "200 characters"),
    "the same identifier twice": (
        _bend(lambda p: p["CFItems"].append(item(3, "Again"))),
        r"CFItems\[7\]: .*used twice",
    ),
    "an item called like the document": (
        _bend(lambda p: p["CFItems"].append({**item(9, "Me"), "identifier": DOCUMENT.upper()})),
        "used twice",
    ),
    "no statement": (_bend(lambda p: p["CFItems"][0].update(fullStatement=" ")), "fullStatement is missing"),
    "statement a list": (_bend(lambda p: p["CFItems"][0].update(fullStatement=["a"])), "must be text"),
    "statement endless": (_bend(lambda p: p["CFItems"][0].update(fullStatement="a" * 20_001)), "longer than"),
    "a NUL in a statement": (_bend(lambda p: p["CFItems"][0].update(fullStatement="a\x00b")), "NUL"),
    "half a character": (_bend(lambda p: p["CFItems"][0].update(fullStatement="\ud83d")), "half a character"),
    "associations as text": (_bend(lambda p: p.update(CFAssociations="none")), "CFAssociations: A list"),
    "no end": (_bend(lambda p: p["CFAssociations"][0].pop("originNodeURI")), "originNodeURI: An object"),
    "an end without name": (
        _bend(lambda p: p["CFAssociations"][0].update(originNodeURI={})),
        "originNodeURI: identifier is missing",
    ),
    "a missing parent": (
        _bend(lambda p: p["CFAssociations"].append(child_of(3, 99))),
        r"CFAssociations\[7\]: The parent .* not in the package",
    ),
    "a missing child": (
        _bend(lambda p: p["CFAssociations"].append(child_of(99, 1))),
        "The item .* not in the package",
    ),
    "a child of itself": (
        _bend(lambda p: p["CFAssociations"].__setitem__(0, child_of(2, 2))),
        "their own ancestors",
    ),
    "a circle": (
        _bend(lambda p: p["CFAssociations"].__setitem__(1, child_of(1, 3))),
        "their own ancestors: .*S.1",
    ),
    "one name for two associations": (
        _bend(
            lambda p: p["CFAssociations"].append(
                {**child_of(7, 4), "identifier": child_of(2, None)["identifier"]}
            )
        ),
        "used twice",
    ),
    "sequence as a list": (
        _bend(lambda p: p["CFAssociations"][0].update(sequenceNumber=[1])),
        "sequenceNumber",
    ),
    "sequence as NaN": (
        _bend(lambda p: p["CFAssociations"][0].update(sequenceNumber=float("nan"))),
        "sequenceNumber",
    ),
    "too deep": (
        _bend(
            lambda p: p.update(
                CFItems=[item(n, "Bed") for n in range(1, 60)],
                CFAssociations=[child_of(n, n - 1 or None) for n in range(1, 60)],
            )
        ),
        "deeper than 50",
    ),
    "too many": (
        raw({**garden(), "CFItems": [{"identifier": f"i{n}", "fullStatement": "x"} for n in range(20_001)]}),
        "more than 20000",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_answered_with_a_sentence_that_says_where(fault: str) -> None:
    content, says = FAULTS[fault]
    with pytest.raises(FrameworkProblem, match=says):
        read_case(content)


def test_identifiers_are_compared_without_case() -> None:
    package = garden()
    package["CFAssociations"][0]["originNodeURI"]["identifier"] = ident(2).upper()
    assert len(names(package)) == 7
