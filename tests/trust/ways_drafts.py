"""How each verb of framework drafts is called well."""

from tests.trust.theirs import Act, Theirs, way
from throughline.frameworks import editing
from throughline.frameworks.actions import drafts
from throughline.frameworks.models import FrameworkDraft, FrameworkVersion


def draft_of(their: Theirs) -> FrameworkDraft:
    base = FrameworkVersion.objects.get(framework__owner=their.realm.organisation, supersedes=None)
    return drafts.start_draft(by=their.lead, base=base)


@way
def start_draft(their: Theirs) -> Act:
    base = FrameworkVersion.objects.get(framework__owner=their.realm.organisation, supersedes=None)
    return lambda by: drafts.start_draft(by=by, base=base)


@way
def change_draft(their: Theirs) -> Act:
    draft = draft_of(their)
    return lambda by: drafts.change_draft(
        draft=draft, by=by, seen_version=0, change=lambda content: editing.add_domain(content, "Another")
    )


@way
def publish_draft(their: Theirs) -> Act:
    draft = draft_of(their)
    return lambda by: drafts.publish_draft(draft=draft, number="2", seen_version=0, by=by)


@way
def delete_draft(their: Theirs) -> Act:
    draft = draft_of(their)
    return lambda by: drafts.delete_draft(draft=draft, by=by)
