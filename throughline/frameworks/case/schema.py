"""What CASE 1.0 and 1.1 allow where: our own list of fields, by which every package that we write is checked. No ORM."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughline.frameworks.blueprint import steady_id
from throughline.kit.text import clean_line

Table = dict[str, Any]
OURS = "throughline"  # the name of our part of `extensions`

ASSOCIATIONS = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
]
NEW_ASSOCIATIONS = ["isTranslationOf"]
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EXTENDED = re.compile(r"ext:[A-Za-z0-9.|_-]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of the standard: the kind of each field, those that must be there, and the fields that 1.1 added."""

    fields: dict[str, str]
    needed: tuple[str, ...]
    new: tuple[str, ...] = ()

    def kinds(self, edition: str) -> dict[str, str]:
        """The fields that `edition` allows."""
        if edition == "1.1":
            return self.fields
        return {name: kind for name, kind in self.fields.items() if name not in self.new}


def _shape(needed: str, new: str = "extensions", **kinds: str) -> Shape:
    fields = {name: kind for kind, names in kinds.items() for name in names.split()}
    if "extensions" in new and "extensions" not in fields:
        fields["extensions"] = "own"
    return Shape(fields, tuple(needed.split()), tuple(new.split()))


_HEAD = "identifier uri lastChangeDateTime"
SHAPES: dict[str, Shape] = {
    "CFPackage": _shape(
        "CFDocument",
        CFDocument="CFDocument",
        CFItem="CFItems",
        CFAssociation="CFAssociations",
        CFDefinitions="CFDefinitions",
        CFRubric="CFRubrics",
    ),
    "CFDocument": _shape(
        f"{_HEAD} creator title",
        new="frameworkType caseVersion extensions",
        uuid="identifier",
        text="uri creator title officialSourceURL publisher description language version adoptionStatus notes "
        "frameworkType",
        moment="lastChangeDateTime",
        texts="subject",
        links="subjectURI",
        link="licenseURI",
        date="statusStartDate statusEndDate",
        edition="caseVersion",
    ),
    "CFItem": _shape(
        f"{_HEAD} fullStatement",
        new="subject subjectURI extensions",
        uuid="identifier",
        text="uri fullStatement alternativeLabel CFItemType humanCodingScheme listEnumeration abbreviatedStatement "
        "notes language",
        moment="lastChangeDateTime",
        texts="conceptKeywords educationLevel subject",
        links="subjectURI",
        link="conceptKeywordsURI CFItemTypeURI licenseURI",
        date="statusStartDate statusEndDate",
    ),
    "CFAssociation": _shape(
        f"{_HEAD} associationType originNodeURI destinationNodeURI",
        new="notes extensions",
        uuid="identifier",
        text="uri notes",
        association="associationType",
        integer="sequenceNumber",
        moment="lastChangeDateTime",
        end="originNodeURI destinationNodeURI",
        link="CFAssociationGroupingURI",
    ),
    "CFDefinitions": _shape(
        "",
        CFConcept="CFConcepts",
        CFSubject="CFSubjects",
        CFLicense="CFLicenses",
        CFItemType="CFItemTypes",
        CFAssociationGrouping="CFAssociationGroupings",
    ),
    "CFConcept": _shape(
        f"{_HEAD} title hierarchyCode",
        uuid="identifier",
        text="uri title keywords hierarchyCode description",
        moment="lastChangeDateTime",
    ),
    "CFSubject": _shape(
        f"{_HEAD} title hierarchyCode",
        uuid="identifier",
        text="uri title hierarchyCode description",
        moment="lastChangeDateTime",
    ),
    "CFLicense": _shape(
        f"{_HEAD} title licenseText",
        uuid="identifier",
        text="uri title description licenseText",
        moment="lastChangeDateTime",
    ),
    "CFItemType": _shape(
        f"{_HEAD} title description hierarchyCode",
        uuid="identifier",
        text="uri title description hierarchyCode typeCode",
        moment="lastChangeDateTime",
    ),
    "CFAssociationGrouping": _shape(
        f"{_HEAD} title", uuid="identifier", text="uri title description", moment="lastChangeDateTime"
    ),
    "CFRubric": _shape(
        _HEAD,
        uuid="identifier",
        text="uri title description",
        moment="lastChangeDateTime",
        CFRubricCriterion="CFRubricCriteria",
    ),
    "CFRubricCriterion": _shape(
        _HEAD,
        uuid="identifier rubricId",
        text="uri category description",
        link="CFItemURI",
        number="weight",
        integer="position",
        moment="lastChangeDateTime",
        CFRubricCriterionLevel="CFRubricCriterionLevels",
    ),
    "CFRubricCriterionLevel": _shape(
        _HEAD,
        uuid="identifier rubricCriterionId",
        text="uri description quality feedback",
        number="score",
        integer="position",
        moment="lastChangeDateTime",
        owns="extensions",
    ),
}
# Kinds that hold one object or a list of objects of another shape.
ONE = ("CFDocument", "CFDefinitions")
MANY = tuple(name for name in SHAPES if name not in (*ONE, "CFPackage"))
_LINK = {"title", "identifier", "uri"}


def is_uuid(value: Any) -> bool:
    """Whether this is a UUID as the standard writes one."""
    return isinstance(value, str) and bool(_UUID.fullmatch(value))


def uuid_of(identifier: str) -> str:
    """The identifier itself where it is a UUID, and otherwise always the same one for the same text."""
    if is_uuid(identifier):
        return identifier
    return str(steady_id("case", "identifier", clean_line(identifier).lower()))


def named(identifier: Any) -> str:
    """An identifier as it is compared: the UUID under which it goes out; empty where there is none."""
    text = clean_line(identifier) if isinstance(identifier, str) else ""
    return uuid_of(text).lower() if text else ""


def is_moment(value: Any) -> bool:
    """Whether this is a date with a time and a time zone."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d", value):
        return False
    try:
        return datetime.fromisoformat(value.upper()).tzinfo is not None
    except ValueError:
        return False


def is_date(value: Any) -> bool:
    """Whether this is a day, without a time."""
    try:
        return (
            isinstance(value, str)
            and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
            and bool(date.fromisoformat(value))
        )
    except ValueError:
        return False


def is_association(value: Any, edition: str) -> bool:
    """Whether `edition` knows this type of association."""
    if value in ASSOCIATIONS:
        return True
    if edition == "1.0" or not isinstance(value, str):
        return False
    return value in NEW_ASSOCIATIONS or bool(_EXTENDED.fullmatch(value))


def fits(kind: str, value: Any, edition: str) -> bool:
    """Whether a plain value (not an object with a shape of its own) is of this kind."""
    if kind in ("link", "end"):
        return _is_link(value, kind, edition)
    if kind in ("texts", "links", "owns"):
        one = {"texts": "text", "links": "link", "owns": "own"}[kind]
        return isinstance(value, list) and all(fits(one, each, edition) for each in value)
    if kind == "association":
        return is_association(value, edition)
    return _PLAIN[kind](value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "uuid": is_uuid,
    "moment": is_moment,
    "date": is_date,
    "integer": _is_whole,
    "number": lambda value: _is_whole(value) or isinstance(value, float),
    "own": lambda value: isinstance(value, dict),
    "edition": lambda value: value == "1.1",
}


def _is_link(value: Any, kind: str, edition: str) -> bool:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in _LINK):
        return False
    more = set(value) - _LINK
    if kind == "link":
        return not more and is_uuid(value["identifier"])
    target = value.get("targetType", "CASE")
    known = target == "CASE" or (isinstance(target, str) and bool(_EXTENDED.fullmatch(target)))
    return more <= {"targetType"} and known and (edition == "1.1" or not more)


def faults(value: Any, edition: str, shape: str = "CFPackage", where: str = "") -> Iterator[str]:
    """What a strict reader of `edition` would complain about, each with its place."""
    here = where or shape
    if not isinstance(value, dict):
        yield f"{here}: an object is expected"
        return
    kinds = SHAPES[shape].kinds(edition)
    for name in SHAPES[shape].needed:
        if name not in value and not (edition == "1.0" and (shape, name) == ("CFItemType", "description")):
            yield f"{here}: {name} is missing"
    for name, held in value.items():
        kind = kinds.get(name)
        if kind is None:
            yield f"{here}: {name} is not known"
        elif kind in ONE:
            yield from faults(held, edition, kind, f"{here}.{name}")
        elif kind in MANY:
            if not isinstance(held, list):
                yield f"{here}.{name}: a list is expected"
                continue
            for place, each in enumerate(held):
                yield from faults(each, edition, kind, f"{here}.{name}[{place}]")
        elif not fits(kind, held, edition):
            yield f"{here}.{name}: not of the kind “{kind}”"
