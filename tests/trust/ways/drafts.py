"""How each verb of framework drafts is called well."""

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.journeys import shared
from throughline.frameworks.drafting import actions as drafts
from throughline.frameworks.drafting import editing
from throughline.frameworks.models import FrameworkDraft, FrameworkVersion
from throughline.journeys.models import Journey, Round, TeamMember
from throughline.journeys.moving import actions as move
from throughline.journeys.policy import Place
from throughline.records.moving import actions as moving
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of


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


def newer(their: Theirs) -> FrameworkVersion:
    """A copy of the shared framework as their own, which their journeys could move on to."""
    draft = drafts.start_draft(by=their.lead, base=shared())
    return drafts.publish_draft(draft=draft, number="1", seen_version=0, by=their.lead)


def free_place(their: Theirs, by: Membership) -> Place:
    """A part in their journey that has no round any more."""
    Round.objects.filter(journey=their.draft_journey()).delete()
    journey = Journey.objects.get(pk=their.draft_journey())
    member = TeamMember.objects.get(journey=journey, membership=their.lead)
    return Place(seat_of(by), journey, member)


@way
def move_record(their: Theirs) -> Act:
    version = newer(their)
    return lambda by: moving.move_record(record=their.record(), to=version, reason="It is better.", by=by)


@way
def move_journey(their: Theirs) -> Act:
    version, place = newer(their), free_place(their, their.lead)
    return lambda by: move.move_journey(
        place=Place(seat_of(by), place.journey, place.member), to=version, reason="It is better."
    )
