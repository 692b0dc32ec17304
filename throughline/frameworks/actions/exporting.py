"""The verb of giving a framework out as a file. A file that would not be whole is none, and the log says so."""

import logging

from throughline.activity.actions import record
from throughline.frameworks.case_checking import ExportFault
from throughline.frameworks.file_forms import FORMS
from throughline.frameworks.models import FrameworkVersion
from throughline.schools.models import Membership

_log = logging.getLogger(__name__)


def file_of(version: FrameworkVersion, form: str, *, by: Membership | None = None) -> bytes:
    """A version as a file of this form. Raises `ExportFault`, which is a sentence for whoever asked."""
    try:
        return FORMS[form].made(version)
    except ExportFault as fault:
        tell_fault(version, form, fault, by=by)
        raise


def tell_fault(
    version: FrameworkVersion, form: str, fault: ExportFault, *, by: Membership | None = None
) -> None:
    """Write down that a version cannot be given out, for its organisation and for whoever looks after the server."""
    _log.error("Version %s cannot be given out as %s: %s", version.pk, form, fault.why)
    record(
        "framework.export-failed",
        organisation_id=by.organisation_id if by else version.framework.owner_id,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        subject=version,
        title=version.title,
        form=form,
        why=fault.why,
    )
