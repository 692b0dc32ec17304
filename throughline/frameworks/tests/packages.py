"""Small CASE packages about an invented allotment garden, to be bent by tests."""

import json
from typing import Any

from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.importing.actions.publishing import Imported, publish_match
from throughline.frameworks.importing.matching import match_package
from throughline.schools.models import Membership, Organisation

Table = dict[str, Any]
DOCUMENT = "d0000000-0000-4000-8000-000000000000"


def ident(number: int) -> str:
    return f"a0000000-0000-4000-8000-{number:012d}"


def item(number: int, statement: str, **more: Any) -> Table:
    address = f"https://case.example.org/ims/case/v1p0/CFItems/{ident(number)}"
    return {
        "identifier": ident(number),
        "uri": address,
        "fullStatement": statement,
        "lastChangeDateTime": "2024-03-01T08:00:00+00:00",
        **more,
    }


def child_of(child: int, parent: int | None, **more: Any) -> Table:
    """`parent` None is the document."""

    def end(identifier: str) -> Table:
        return {"title": "…", "identifier": identifier, "uri": f"https://case.example.org/{identifier}"}

    return {
        "identifier": f"b0000000-0000-4000-8000-{child:06d}{parent or 0:06d}",
        "uri": "https://case.example.org/x",
        "associationType": "isChildOf",
        "originNodeURI": end(ident(child)),
        "destinationNodeURI": end(DOCUMENT if parent is None else ident(parent)),
        "lastChangeDateTime": "2024-03-01T08:00:00+00:00",
        **more,
    }


def garden() -> Table:
    """Two domains (soil, water), three competencies, two indicators."""
    return {
        "CFDocument": {
            "identifier": DOCUMENT,
            "uri": f"https://case.example.org/ims/case/v1p0/CFDocuments/{DOCUMENT}",
            "creator": "Allotment Society",
            "publisher": "Garden Press",
            "title": "Allotment skills",
            "description": "What a gardener can do.",
            "officialSourceURL": "https://garden.example.org/skills",
            "language": "en-GB",
            "subject": ["Gardening"],
            "lastChangeDateTime": "2024-03-01T08:00:00+00:00",
        },
        "CFItems": [
            item(1, "Soil", CFItemType="Area"),
            item(2, "Water", CFItemType="Area"),
            item(
                3,
                "Builds a compost heap that gets warm.",
                abbreviatedStatement="Compost",
                humanCodingScheme="S.1",
                CFItemType="Skill",
            ),
            item(4, "Tests soil before planting.", humanCodingScheme="S.2", CFItemType="Skill"),
            item(5, "Waters at the right hour.", humanCodingScheme="W.1", CFItemType="Deep skill"),
            item(6, "The pile reaches 120 °F (50 °C).", CFItemType="Sign"),
            item(7, "Kitchen waste goes in, plastic does not.", CFItemType="Sign"),
        ],
        "CFAssociations": [
            child_of(2, None, sequenceNumber=2),
            child_of(1, None, sequenceNumber=1),
            child_of(4, 1, sequenceNumber=20),
            child_of(3, 1, sequenceNumber=3),
            child_of(5, 2),
            child_of(6, 3),
            child_of(7, 3),
        ],
        "CFDefinitions": {"CFItemTypes": []},
    }


def raw(package: Any) -> bytes:
    return json.dumps(package).encode()


def import_case(
    package: bytes, owner: Organisation | None, choice: Choice | None = None, by: Membership | None = None
) -> Imported:
    """Bring a package and publish what comes of it."""
    found = match_package(read_case(package), choice or Choice(), owner)
    done = publish_match(found, owner=owner, by=by)
    return Imported(done.version, done.changed, found.notes)
