"""A version as a file to take along: CASE for other software, a table for people. One list for pages and commands."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.addresses import framework_key, readable
from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.case.export import case_package
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.registry import Download
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.validation import checked_table
from throughline.frameworks.tables.writing import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: how its name ends, and how it is made."""

    title: str | Promise
    about: str | Promise
    ending: str
    media_type: str
    made: Callable[[FrameworkVersion], bytes]
    order: int


def _csv(plan: Blueprint) -> bytes:
    return checked_table(as_csv(plan), plan)


def _xlsx(plan: Blueprint) -> bytes:
    _csv(plan)  # the same rows, which are quicker to read so
    return as_xlsx(plan)


FORMS = {
    "case-1.1": Form(
        _("CASE 1.1"),
        _("Everything, for other software: texts, steps, associations and identifiers."),
        "case11.json",
        "application/json",
        lambda version: in_bytes(case_package(version, "1.1")),
        60,
    ),
    "case-1.0": Form(
        _("CASE 1.0"),
        _("For older software. It has no room for witnesses and examples of evidence."),
        "case10.json",
        "application/json",
        lambda version: in_bytes(case_package(version, "1.0")),
        61,
    ),
    "csv": Form(
        _("Table (CSV)"),
        _("One row for each part, with what you see here. You can change it and import it again."),
        "csv",
        CSV_TYPE,
        lambda version: _csv(stored_blueprint(version)),
        62,
    ),
    "xlsx": Form(
        _("Table (XLSX)"),
        _("The same table for Excel or LibreOffice."),
        "xlsx",
        XLSX_TYPE,
        lambda version: _xlsx(stored_blueprint(version)),
        63,
    ),
}


def file_name(version: FrameworkVersion, form: str) -> str:
    """What the file is called: the framework, its version, its kind."""
    name = slugify(version.title)[:60] or version.framework.code
    return f"{name}-{slugify(version.number) or 'version'}.{FORMS[form].ending}"


def public_files(version: FrameworkVersion) -> list[Download]:
    """Every file of a version, as anyone may fetch it from its public page."""
    parts = {"framework": framework_key(version.framework), "number": readable(version.number, version.pk)}
    return [_offered(form, reverse(f"frameworks:public-file-{form}", kwargs=parts)) for form in FORMS]


def member_files(version: FrameworkVersion, school: str) -> list[Download]:
    """Every file of a version, as members of a school fetch it."""
    parts: dict[str, str | UUID] = {"school": school, "version_id": version.pk}
    return [_offered(form, reverse(f"frameworks:file-{form}", kwargs=parts)) for form in FORMS]


def _offered(form: str, address: str) -> Download:
    kind = FORMS[form]
    return Download(kind.title, kind.about, address, kind.order)
