"""Reading our part of `extensions`: what CASE has no field for. Anything there may be wrong, so each value is checked.

docs/building/case.md describes it. What is not of the right form counts as not said. No ORM.
"""

import re
from dataclasses import replace
from typing import Any

from throughline.frameworks.blueprint import CODE_LIMIT, LEVELS
from throughline.frameworks.case.builder import ADVANCED, COMPETENCIES, DOMAIN, FOUNDATIONAL, INDICATOR
from throughline.frameworks.case.item_tree import CaseNode
from throughline.frameworks.labels import MARKS, WITNESSES
from throughline.kit.text import clean_line, clean_text

_LONGEST = 20_000
_KINDS = {kind: level for level, kind in COMPETENCIES.items()}
OUR_TYPES = (DOMAIN, FOUNDATIONAL, ADVANCED)


def text_in(held: Any, key: str, most: int = _LONGEST) -> str:
    """A text that is safe to store, or nothing."""
    value = held.get(key) if isinstance(held, dict) else None
    if not isinstance(value, str) or len(value) > most:
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return clean_text(value)


def code_of(node: CaseNode, *, ours: bool) -> str:
    """The code that the item had when we wrote it. In CASE 1.0 it is only in the standard's own field: in a package of
    `ours` that is the code itself.
    """
    own = clean_line(text_in(node.own, "code", CODE_LIMIT))
    if own or not ours or node.kind not in (*OUR_TYPES, INDICATOR) or len(node.code) > CODE_LIMIT:
        return own
    return node.code


def as_domain(root: CaseNode) -> CaseNode:
    """The document as the only domain: what it says of itself as one stands beside what it says as a framework."""
    own = root.own.get("domain")
    if not isinstance(own, dict):
        return replace(root, own={})
    name = clean_line(text_in(own, "name"))
    return replace(root, own=own, statement=name or root.statement, short=name or root.short)


def code_in(own: dict[str, Any]) -> str:
    """The framework's code, if a framework of ours says one that can be a code here too."""
    code = text_in(own, "code", CODE_LIMIT)
    return code if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", code) else ""


def level_of(node: CaseNode) -> str:
    """The level that the item has by our extension or by our item types, if it has one."""
    level = text_in(node.own, "level")
    return level if level in LEVELS else _KINDS.get(node.kind, "")


def evidence_of(node: CaseNode) -> tuple[tuple[str, str], ...]:
    """The examples of evidence that we wrote with a competency."""
    pairs = [(text_in(each, "mark", 40), text_in(each, "text")) for each in _list(node.own, "evidence")]
    return tuple((mark, text) for mark, text in pairs if mark in MARKS and text)


def witnesses_of(node: CaseNode) -> tuple[str, ...]:
    """Who can witness an indicator."""
    return tuple(dict.fromkeys(each for each in _texts(node.own, "witnesses") if each in WITNESSES))


def content_of(own: dict[str, Any]) -> dict[str, Any] | None:
    """What a framework of ours says of itself as a whole; None when the package is not of ours."""
    held = own.get("content")
    if not isinstance(held, dict):
        return None
    made: dict[str, Any] = {}
    for key in ("title", "summary", "attribution", "source_url"):
        if text_in(held, key):
            made[key] = text_in(held, key)
    if held.get("steps_are_default") is True:
        made["steps_are_default"] = True
    made["design_elements"] = _rows(held, "design_elements", "code", "name", "summary")
    made["crosswalks"] = [
        {**walk, "elements": _elements(each)}
        for walk, each in _with_source(held, "crosswalks", "code", "title", "note")
    ]
    codes = held.get("source_codes")
    if isinstance(codes, dict):
        made["source_codes"] = {code: text_in(codes, code) for code in codes if clean_line(code) == code}
    return made


def _elements(walk: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**element, "competencies": _texts(each, "competencies")}
        for element, each in _with_source(walk, "elements", "code", "label")
    ]


def _list(held: Any, key: str) -> list[Any]:
    value = held.get(key) if isinstance(held, dict) else None
    return value[:1000] if isinstance(value, list) else []


def _texts(held: Any, key: str) -> list[str]:
    rows = [text_in({key: each}, key, CODE_LIMIT) for each in _list(held, key)]
    return [each for each in rows if each]


def _rows(held: Any, key: str, *names: str) -> list[dict[str, str]]:
    return [row for row, _each in _with_source(held, key, *names)]


def _with_source(held: Any, key: str, *names: str) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """The rows of a list as texts, those without a code of their own left out, each beside what it was read from."""
    rows = [({name: text_in(each, name) for name in names}, each) for each in _list(held, key)]
    found: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}
    for row, each in rows:
        row["code"], row[names[1]] = (
            clean_line(row["code"]),
            clean_line(row[names[1]]) or clean_line(row["code"]),
        )
        if row["code"] and len(row["code"]) <= CODE_LIMIT:
            found.setdefault(row["code"], (row, each))
    return list(found.values())
