"""Giving a framework out as a file to whoever may read it. A file that would not be whole is none, and the log says so."""

import logging

from throughline.activity.actions import record
from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.models import FrameworkVersion
from throughline.schools.models import Membership

_log = logging.getLogger(__name__)


def file_of(version: FrameworkVersion, form: str, *, asked_by: Membership | None = None) -> bytes:
    """A version as a file of this form. Raises `ExportFault`, which is a sentence for whoever asked."""
    try:
        return FORMS[form].made(version)
    except ExportFault as fault:
        tell_fault(version, form, fault, asked_by=asked_by)
        raise


def tell_fault(
    version: FrameworkVersion, form: str, fault: ExportFault, *, asked_by: Membership | None = None
) -> None:
    """Write down that a version cannot be given out, for its organisation and for whoever looks after the server."""
    _log.error("Version %s cannot be given out as %s: %s", version.pk, form, fault.why)
    record(
        "framework.export-failed",
        organisation_id=asked_by.organisation_id if asked_by else version.framework.owner_id,
        actor_id=asked_by.pk if asked_by else None,
        actor_name=asked_by.name if asked_by else "",
        subject=version,
        title=version.title,
        form=form,
        why=fault.why,
    )
