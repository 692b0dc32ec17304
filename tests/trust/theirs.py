"""What belongs to one organisation, at hand for calls of verbs, and the list of how each verb is called well."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from tests.trust.world import Realm
from throughline.frameworks.tree import tree
from throughline.journeys.agreeing import actions as agreeing
from throughline.journeys.models import Journey, Round, RoundItem, TeamMember
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.records.models import Evidence, Record
from throughline.schools.models import Affiliation, Group, Membership, Role
from throughline.schools.tenant import seat_of


@dataclass
class Theirs:
    """What belongs to them, at hand for a call. `by` is whoever acts: theirs first, then ours."""

    realm: Realm

    @property
    def lead(self) -> Membership:
        return self.realm.members[Role.LEAD]

    @property
    def learner(self) -> Membership:
        return Membership.objects.get(pk=self.realm.members[Role.LEARNER].pk)

    def round(self, state: str) -> Round:
        return Round.objects.filter(organisation=self.realm.organisation, state=state).latest("id")

    def item(self) -> RoundItem:
        return items_of(self.round("agreeing"))[0]

    def journey(self, held: Round) -> Journey:
        return Journey.objects.get(pk=held.journey_id)

    def place(self, by: Membership, state: str) -> Place:
        """A part in their journey as a careless caller might put it together: with the seat of whoever acts."""
        journey = self.journey(self.round(state))
        member = TeamMember.objects.get(journey=journey, membership=self.lead)
        return Place(seat_of(by), journey, member)

    def draft_journey(self) -> UUID:
        """The journey that has no round but a draft (also when that is gone)."""
        others = Round.objects.exclude(state="draft").values("journey")
        return Journey.objects.exclude(pk__in=others).get(organisation=self.realm.organisation).pk

    def settle(self) -> None:
        place = self.place(self.lead, "agreeing")
        for item in items_of(self.round("agreeing")):
            agreeing.defer(place=place, item_id=item.id, reason="Later.", seen_version=item.version)

    def record(self) -> Record:
        return Record.objects.get(pk=self.journey(self.round("rating")).record_id)

    def competency(self, number: int = 0) -> UUID:
        return tree(self.record().version_id).competencies[number].id

    def evidence(self) -> Evidence:
        return Evidence.objects.exclude(kind__in=[Evidence.Kind.PLANNED, Evidence.Kind.HEARD]).get(
            organisation=self.realm.organisation
        )

    def group(self) -> Group:
        return Group.objects.create(organisation=self.realm.organisation, kind="team", name="Another")

    def tie(self) -> Affiliation:
        return Affiliation.objects.get(pk=self.realm.ids["tie"][0])

    def guest(self) -> Membership:
        return Membership.objects.get(organisation=self.realm.organisation, joined_at=None)


Act = Callable[[Membership], object]
WAYS: dict[str, Callable[[Theirs], Act]] = {}


def way(prepare: Callable[[Theirs], Act]) -> Callable[[Theirs], Act]:
    """How the verb of this name is called; what comes before the answer is done by them, in good order."""
    WAYS[prepare.__name__] = prepare
    return prepare
