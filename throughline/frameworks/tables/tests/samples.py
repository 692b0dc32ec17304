"""Tables as other programs write them, and what becomes of them, for tests."""

import io
from typing import Any

from openpyxl import Workbook

from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.case.serialization import package_in
from throughline.frameworks.importing.sources import Source, read_source

IDS = [f"5d0f2a3e-0c11-4c6e-9f60-1b1f6f0c000{n}" for n in range(1, 6)]
FIELDS = [
    "Identifier",
    "Full Statement",
    "Human Coding Scheme",
    "CF Item Type",
    "Education Level",
    "Is Child Of",
    "Precedes",
]
METAL = [
    FIELDS,
    [IDS[0], "Metal", "M", "Strand", "09", "", ""],
    [IDS[1], "Forges a hook", "M.1", "Standard", "09,10", IDS[0], IDS[2]],
    [IDS[2], "Welds", "M.2", "Standard", "10", IDS[0], ""],
    [IDS[3], "Strikes an arc", "M.2.a", "Component", "", IDS[2], ""],
]


def workbook(**sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def source(content: bytes, name: str = "metal work.csv") -> Source:
    return read_source(io.BytesIO(content), name)


def chosen(content: bytes, name: str = "metal work.csv") -> Blueprint:
    return source(content, name).chosen(Choice())[0]


def package(content: bytes, name: str = "metal work.csv") -> dict[str, Any]:
    found = source(content, name)
    assert found.package is not None, [line.problem for line in found.problems]
    return package_in(found.package.kept)


def items(content: bytes, name: str = "metal work.csv") -> dict[str, dict[str, Any]]:
    return {row["fullStatement"]: row for row in package(content, name)["CFItems"]}


def ties(content: bytes) -> set[tuple[str, str, str]]:
    made = package(content)
    names = {row["identifier"]: row["fullStatement"] for row in made["CFItems"]}
    names[made["CFDocument"]["identifier"]] = "*"
    return {
        (
            names.get(row["originNodeURI"]["identifier"], row["originNodeURI"]["identifier"]),
            row["associationType"],
            names.get(row["destinationNodeURI"]["identifier"], row["destinationNodeURI"]["uri"]),
        )
        for row in made["CFAssociations"]
    }


def looks(found: Source) -> dict[int, list[str]]:
    return {line.row: [*line.lost, *line.remarks] for line in found.remarked}
