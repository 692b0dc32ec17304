"""Reads behind the CASE addresses: what public frameworks have been written down as, found by identifier."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from throughline.frameworks.case.builder import COMPETENCIES
from throughline.frameworks.case.conversion import fitted_object
from throughline.frameworks.case.overlay import own_of
from throughline.frameworks.case.schema import Table, is_uuid
from throughline.frameworks.models import Competency, PublicEntry, PublicPackage
from throughline.frameworks.queries import is_open

# Addresses that answer one object, and those that answer it with what stands below it.
KINDS = {
    "CFDocuments": "CFDocument",
    "CFItems": "CFItem",
    "CFAssociations": "CFAssociation",
    "CFAssociationGroupings": "CFAssociationGrouping",
    "CFLicenses": "CFLicense",
    "CFRubrics": "CFRubric",
}
SETS = {"CFConcepts": "CFConcept", "CFSubjects": "CFSubject", "CFItemTypes": "CFItemType"}
EDITIONS = {"v1p0": "1.0", "v1p1": "1.1"}


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and the framework that it is about."""

    body: Any
    entry: PublicEntry


def _first(rows: QuerySet[Any]) -> Any:
    """Where several public frameworks hold the same object: the shared one, then the one that was opened first."""
    order = (F("framework__owner").asc(nulls_first=True), "framework__public_at", "framework_id")
    return rows.order_by(*order).first()


def entry_named(kind: str, identifier: UUID) -> PublicEntry | None:
    """One object of a public framework."""
    rows = PublicEntry.objects.filter(is_open(), kind=kind, identifier=identifier)
    found: PublicEntry | None = _first(rows.select_related("framework"))
    return found


def package_named(identifier: UUID, edition: str) -> PublicPackage | None:
    """A public framework by the identifier of its document, without the body."""
    here = Q(framework__entries__kind="CFDocument", framework__entries__identifier=identifier)
    rows = PublicPackage.objects.filter(is_open(), here, edition=edition)
    found: PublicPackage | None = _first(rows.select_related("framework").defer("body"))
    return found


def documents(edition: str) -> list[Table]:
    """The documents of every public framework, those that were opened first before the others."""
    rows = PublicEntry.objects.filter(is_open(), kind="CFDocument").order_by("framework__public_at", "pk")
    return [_said(row, edition) for row in rows]


def one(collection: str, identifier: UUID, edition: str) -> Found | None:
    """The answer of an address for one object, or None if it does not exist for everyone."""
    if collection == "CFItemAssociations":
        return _with_associations(identifier, edition)
    if collection in SETS:
        return _with_those_below(collection, identifier, edition)
    entry = entry_named(KINDS[collection], identifier)
    return Found(_with_document(_said(entry, edition), entry), entry) if entry else None


def _said(entry: PublicEntry, edition: str) -> Table:
    body: Table = json.loads(entry.body)
    if edition == "1.0":
        body = fitted_object(body, entry.kind, "1.0")
    if entry.kind == "CFDocument":
        binding = "v1p0" if edition == "1.0" else "v1p1"
        address = f"{settings.SITE_ADDRESS}/ims/case/{binding}/CFPackages/{body['identifier']}"
        link = {"title": body["title"], "identifier": body["identifier"], "uri": address}
        body = {"CFPackageURI": link, **body}
    return body


def _with_document(body: Table, entry: PublicEntry) -> Table:
    """An object with the link to its document, which it does not carry inside of a package."""
    if entry.kind not in ("CFItem", "CFAssociation"):
        return body
    document = json.loads(PublicEntry.objects.get(framework=entry.framework, kind="CFDocument").body)
    return {"CFDocumentURI": {key: document[key] for key in ("title", "identifier", "uri")}, **body}


def _with_associations(identifier: UUID, edition: str) -> Found | None:
    entry = entry_named("CFItem", identifier)
    if entry is None:
        return None
    item = _said(entry, edition)
    name = item["identifier"].lower()
    ends = Q(origin=name) | Q(destination=name)
    rows = PublicEntry.objects.filter(ends, framework=entry.framework, kind="CFAssociation").order_by(
        "position"
    )
    links = [_said(row, edition) for row in rows]
    return Found({"CFItem": _with_document(item, entry), "CFAssociations": links}, entry)


def _with_those_below(collection: str, identifier: UUID, edition: str) -> Found | None:
    """A definition with the ones whose place in the hierarchy begins with its own."""
    entry = entry_named(SETS[collection], identifier)
    if entry is None:
        return None
    body = _said(entry, edition)
    code = body["hierarchyCode"]
    rows = PublicEntry.objects.filter(framework=entry.framework, kind=entry.kind).exclude(pk=entry.pk)
    others = [_said(row, edition) for row in rows.order_by("position")]
    below = [row for row in others if code and row["hierarchyCode"].startswith(f"{code}.")]
    return Found({collection: [body, *below]}, entry)


def competency_of(entry: PublicEntry) -> Competency | None:
    """The newest row of the competency that an item is; for an item below one (an indicator), that one."""
    return _competency(entry) or next(
        (found for above in _above(entry) if (found := _competency(above))), None
    )


def _competency(entry: PublicEntry) -> Competency | None:
    body = json.loads(entry.body)
    known = Q(source_identifier=str(entry.identifier))
    if body.get("CFItemType") in COMPETENCIES.values():
        known |= Q(code=own_of(body).get("code", ""))
    rows = Competency.objects.filter(known, version__framework=entry.framework_id).select_related("version")
    return rows.order_by("-version__published_at", "-version_id").first()


def _above(entry: PublicEntry) -> list[PublicEntry]:
    links = PublicEntry.objects.filter(
        framework=entry.framework_id, kind="CFAssociation", origin=str(entry.identifier)
    )
    parents = [row.destination for row in links if json.loads(row.body)["associationType"] == "isChildOf"]
    known = [parent for parent in parents if is_uuid(parent)]
    return list(PublicEntry.objects.filter(framework=entry.framework_id, kind="CFItem", identifier__in=known))
