"""A framework file of any kind that we read: recognised by its content, read, and kept as compact text. No ORM.

What comes of a CASE package depends on a person's choice, so the package is kept; a table is a framework already.
"""

import json
import re
import zipfile
import zlib
from dataclasses import asdict, dataclass, fields
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from throughline.files import kinds
from throughline.files.kinds import Kind, Treatment
from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    FrameworkProblem,
    IndicatorPlan,
)
from throughline.frameworks.case.item_tree import CaseNode
from throughline.frameworks.case.mapping import Choice, blueprint_of
from throughline.frameworks.case.reading import CasePackage, read_case
from throughline.frameworks.case.streaming import Readable, stream_case
from throughline.frameworks.limits import LARGE, LARGE_OPENED, MOST_BYTES, MOST_MB, MOST_UNPACKED
from throughline.frameworks.tables.reading import Reading, read_table
from throughline.frameworks.tables.row_result import Line
from throughline.frameworks.unsupported_files import ZIP, begins_as_json, refuse_others
from throughline.kit.text import clean_line

_JSON_FILE = Kind("application/json", (".json",), Treatment.TEXT)
_TABLE_FILE = Kind("text/csv", (".csv", ".tsv", ".txt"), Treatment.TEXT)
_NODE = [each.name for each in fields(CaseNode) if each.name not in ("depth", "parent", "children")]
_LINE = [each.name for each in fields(Line)]
_PACKAGE = [each.name for each in fields(CasePackage) if each.name not in ("root", "kept")]


@dataclass(slots=True)
class Source(Reading):
    """A file of any kind that was read: a CASE package to choose from, or the framework of a table."""

    @property
    def remarked(self) -> list[Line]:
        """The rows of which something is not kept, or was read with a guess."""
        return [line for line in self.lines if line.lost or line.remarks]

    @property
    def title(self) -> str:
        """What the framework is called."""
        if self.package is not None:
            return self.package.title
        return self.plan.title if self.plan else ""

    def chosen(self, choice: Choice) -> tuple[Blueprint, list[str]]:
        """The framework that comes of it, with every remark. Raises `FrameworkProblem`."""
        if self.package is not None:
            plan, notes = blueprint_of(self.package, choice)
            return plan, [*self.notes, *notes]
        if self.plan is None:
            raise FrameworkProblem(_("Some rows cannot be used as they are. Fix them in the file first."))
        return self.plan, self.notes


def read_source(file: Readable, name: str, title: str = "") -> Source:
    """The framework file `file`, called `name`; `title` is for a table that does not say its own. Raises `FrameworkProblem` when it is none that we know."""
    head = file.read(LARGE)
    if len(head) == LARGE and kind_of(head) is _JSON_FILE:
        return Source(package=stream_case(file))
    raw = head + file.read(MOST_BYTES + 1 - len(head))
    if len(raw) > MOST_BYTES:
        raise FrameworkProblem(_("This file is larger than %(limit)d MB.") % {"limit": MOST_MB})
    refuse_others(raw)
    if kind_of(raw) is _JSON_FILE:
        return Source(package=read_case(raw))
    reading = read_table(raw, title or title_of(name))
    return Source(**{each.name: getattr(reading, each.name) for each in fields(reading)})


def kind_of(raw: bytes) -> Kind:
    """What kind of file this is, as far as its beginning tells."""
    if raw.startswith(ZIP):
        return kinds.XLSX
    return _JSON_FILE if begins_as_json(raw) else _TABLE_FILE


def is_large(raw: bytes) -> bool:
    """Whether reading it takes a while: it is large, or a workbook that is so once it is opened."""
    if len(raw) >= LARGE:
        return True
    if not raw.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return LARGE_OPENED <= sum(each.file_size for each in archive.infolist()) <= MOST_UNPACKED
    except Exception:  # whatever is wrong with it is said by whoever reads it
        return False


def title_of(name: str) -> str:
    """A title made of a file's name, for a framework that does not say its own."""
    return clean_line(re.sub(r"[_\s]+", " ", PurePath(name.replace("\\", "/")).stem)).strip(" .-")[:200]


def packed(source: Source) -> bytes:
    """The source as compressed text, and behind it the package as it came."""
    told: dict[str, Any] = {
        "notes": source.notes,
        "lines": [[getattr(line, name) for name in _LINE] for line in source.lines],
        "columns": source.columns,
        "at": source.at,
        "doubts": source.doubts,
        "plan": asdict(source.plan) if source.plan else None,
        "package": _package_told(source.package) if source.package else None,
    }
    text = zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 1)
    return len(text).to_bytes(8, "big") + text + (source.package.kept if source.package else b"")


def unpacked(content: bytes) -> Source:
    """The source that was packed."""
    end = 8 + int.from_bytes(content[:8], "big")
    told = json.loads(zlib.decompress(content[8:end]))
    package = _package_of(told["package"]) if told["package"] else None
    if package is not None:
        package.kept = content[end:]
    return Source(
        notes=told["notes"],
        lines=[_line_of(values) for values in told["lines"]],
        columns=[(heading, use) for heading, use in told.get("columns", ())],
        at=told.get("at", 0),
        doubts=told.get("doubts", []),
        package=package,
        plan=_plan_of(told["plan"]) if told["plan"] else None,
    )


def _line_of(values: list[Any]) -> Line:
    """A line as it was packed, also by an older program, which told less."""
    told = dict(zip(_LINE, values, strict=False))
    lists: dict[str, Any] = {name: tuple(told.get(name, ())) for name in ("becomes", "lost", "remarks")}
    return Line(told["row"], says=told["says"], problem=told["problem"], item=told.get("item", ""), **lists)


def _package_told(package: CasePackage) -> dict[str, Any]:
    nodes = [package.root, *package.nodes()]
    place = {id(node): number for number, node in enumerate(nodes)}
    rows = [
        [place[id(node.parent)] if node.parent else None, *(getattr(node, n) for n in _NODE)]
        for node in nodes
    ]
    return {"nodes": rows, **{name: getattr(package, name) for name in _PACKAGE}}


def _package_of(told: dict[str, Any]) -> CasePackage:
    nodes: list[CaseNode] = []
    for above, *values in told.pop("nodes"):
        node = CaseNode(**dict(zip(_NODE, values, strict=True)))
        if above is not None:
            node.parent, node.depth = nodes[above], nodes[above].depth + 1
            nodes[above].children.append(node)
        nodes.append(node)
    told["told"] = {identifier: tuple(steps) for identifier, steps in told["told"].items()}
    return CasePackage(root=nodes[0], **told)


def _plan_of(told: dict[str, Any]) -> Blueprint:
    domains = tuple(_domain_of(each) for each in told.pop("domains"))
    return Blueprint(domains=domains, **told)


def _domain_of(told: dict[str, Any]) -> DomainPlan:
    competencies = tuple(_competency_of(each) for each in told.pop("competencies"))
    return DomainPlan(competencies=competencies, **told)


def _competency_of(told: dict[str, Any]) -> CompetencyPlan:
    ideas = tuple(
        IndicatorPlan(**{**each, "witnesses": tuple(each["witnesses"])}) for each in told.pop("indicators")
    )
    steps, evidence = tuple(told.pop("steps")), tuple((mark, text) for mark, text in told.pop("evidence"))
    return CompetencyPlan(steps=steps, evidence=evidence, indicators=ideas, **told)
