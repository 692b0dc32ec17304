"""How each verb of framework files is called well."""

from django.core.files.base import ContentFile

from tests.trust.theirs import Act, Theirs, way
from throughline.frameworks.case.mapping import Choice
from throughline.frameworks.importing.actions import background, publishing, uploads
from throughline.frameworks.importing.matching import match_table
from throughline.frameworks.models import FrameworkImport
from throughline.frameworks.tables.writing import template


def file_of(their: Theirs) -> FrameworkImport:
    content = ContentFile(b"domain,competency\nSoil,Compost\n", name="garden.csv")
    return uploads.bring_import(by=their.lead, upload=content)


@way
def publish_match(their: Theirs) -> Act:
    found = match_table(template(), their.realm.organisation)
    return lambda by: publishing.publish_match(found, owner=their.realm.organisation, by=by)


@way
def publish_import(their: Theirs) -> Act:
    kept = file_of(their)
    return lambda by: uploads.publish_import(by=by, kept=kept, choice=Choice())


@way
def ask_to_publish(their: Theirs) -> Act:
    kept = file_of(their)
    return lambda by: background.ask_to_publish(by=by, kept=kept, choice=Choice())


@way
def draft_import(their: Theirs) -> Act:
    kept = file_of(their)
    return lambda by: uploads.draft_import(by=by, kept=kept, choice=Choice())


@way
def drop_import(their: Theirs) -> Act:
    kept = file_of(their)
    return lambda by: uploads.drop_import(by=by, kept=kept)
