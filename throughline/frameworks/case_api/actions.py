"""What the CASE addresses answer for a public framework, written down when it changes, so that reading costs little."""

import hashlib
import zlib
from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from throughline.frameworks.case.export import case_packages
from throughline.frameworks.case.overlay import end_id
from throughline.frameworks.case.schema import SHAPES, Table
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.exporting.actions import tell_fault
from throughline.frameworks.limits import MANY_ITEMS
from throughline.frameworks.models import (
    Competency,
    Framework,
    Indicator,
    PublicEntry,
    PublicPackage,
)
from throughline.frameworks.queries import newest_first

_BATCH = 500


@transaction.atomic
def give_out(framework: Framework) -> bool:
    """Put down what is answered for the newest version of a public framework; whether anything was different before.

    Nothing is asked of anyone: whether the framework is open has been decided. A closed one keeps its rows, and nobody
    finds them.
    """
    version = newest_first(framework)[0]
    try:
        packages = case_packages(version)
    except ExportFault as fault:  # what was answered before stands
        tell_fault(version, "case", fault)
        return False
    bodies = {edition: in_bytes(package) for edition, package in packages.items()}
    digests = {edition: hashlib.sha256(body).hexdigest() for edition, body in bodies.items()}
    known = dict(framework.packages.values_list("edition", "digest"))
    if known == digests:
        return False
    framework.packages.all().delete()
    framework.entries.all().delete()
    PublicPackage.objects.bulk_create(
        PublicPackage(
            framework=framework,
            edition=edition,
            version=version,
            body=zlib.compress(body, 6),
            digest=digests[edition],
        )
        for edition, body in bodies.items()
    )
    PublicEntry.objects.bulk_create(
        _entries(framework, packages["1.1"]), batch_size=_BATCH, ignore_conflicts=True
    )
    return True


def give_out_soon(framework: Framework) -> None:
    """Put it down at once, or have the worker do it when the framework is large: seconds later, its old answers stand
    until then.
    """
    version = newest_first(framework)[0]
    rows = Competency.objects.filter(version=version), Indicator.objects.filter(competency__version=version)
    if sum(each.count() for each in rows) < MANY_ITEMS:
        give_out(framework)
    else:
        Framework.objects.filter(pk=framework.pk).update(answers_due=True)


def give_out_due() -> bool:
    """Put down what is due for one framework. Answers whether there was one."""
    with transaction.atomic():
        due = Framework.objects.filter(answers_due=True).order_by("pk")
        framework = due.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).first()
        if framework is None:
            return False
        if framework.public_at is not None:
            give_out(framework)
        Framework.objects.filter(pk=framework.pk).update(answers_due=False)
    return True


def give_out_all() -> int:
    """The same for every open framework; how many were different. For when the address of the server has changed."""
    return sum(give_out(each) for each in Framework.objects.filter(public_at__isnull=False).order_by("pk"))


def _entries(framework: Framework, package: Table) -> Iterator[PublicEntry]:
    lists = {"CFDocument": [package["CFDocument"]], "CFItem": package.get("CFItems", [])}
    lists["CFAssociation"] = package.get("CFAssociations", [])
    lists["CFRubric"] = package.get("CFRubrics", [])
    definitions = package.get("CFDefinitions", {})
    for name, kind in SHAPES["CFDefinitions"].fields.items():
        if kind in SHAPES:
            lists[kind] = definitions.get(name, [])
    for kind, rows in lists.items():
        for position, row in enumerate(rows):
            ends = kind == "CFAssociation"
            yield PublicEntry(
                framework=framework,
                kind=kind,
                identifier=UUID(row["identifier"]),
                position=position,
                body=in_bytes(row).decode(),
                origin=end_id(row, "originNodeURI")[:200] if ends else "",
                destination=end_id(row, "destinationNodeURI")[:200] if ends else "",
            )
