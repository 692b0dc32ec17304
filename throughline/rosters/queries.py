"""Named reads of who learns here, for the pages of this room and for the rooms above. Each is one query."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise

from throughline.kit import clock
from throughline.kit.verdict import Verdict
from throughline.rosters.models import (
    Enrollment,
    Guardianship,
    OutsideName,
    RosterSettings,
    SchoolYear,
    Section,
    holds_on,
)
from throughline.rosters.policy import (
    LEARNERS,
    NOT_YOURS,
    WORDS,
    Tie,
    sees_all,
    taught_by,
    visible_learners,
    visible_sections,
)
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Seen(Verdict):
    """A yes or no about one learner; `tie` says which, `reason` says it in words."""

    tie: Tie | None = None


def learners(organisation: UUID) -> QuerySet[Membership]:
    """Every learner of a school who has not left, in no order."""
    return Membership.objects.filter(LEARNERS, organisation=organisation)


def learners_of(seat: Seat, day: date | None = None) -> QuerySet[Membership]:
    """The learners that this person may see: oneself, own children, own classes and advisees; all for leads and registrars."""
    return learners(seat.organisation.pk).filter(visible_learners(seat, day))


def learners_in(seat: Seat, section: UUID, day: date | None = None) -> QuerySet[Membership]:
    """Those of a class or an advisory group, by name, whom this person may see."""
    present = Enrollment.objects.filter(
        holds_on(day or clock.today()),
        organisation=seat.organisation,
        section=section,
        part=Enrollment.Part.LEARNER,
    )
    return learners_of(seat, day).filter(pk__in=present.values("member")).order_by("name", "id")


def children_of(seat: Seat, day: date | None = None) -> QuerySet[Membership]:
    """Own children, by name."""
    own = Guardianship.objects.filter(
        holds_on(day or clock.today()), organisation=seat.organisation, guardian=seat.membership
    )
    return learners(seat.organisation.pk).filter(pk__in=own.values("learner")).order_by("name", "id")


def sections_of(seat: Seat, day: date | None = None) -> QuerySet[Section]:
    """The classes and advisory groups that this person may know of."""
    return Section.objects.filter(visible_sections(seat, day), organisation=seat.organisation)


def taught_sections(seat: Seat, day: date | None = None) -> QuerySet[Section]:
    """Those whose educator this person is, by name."""
    taught = taught_by(seat, day or clock.today()).values("section")
    found = Section.objects.filter(organisation=seat.organisation, archived_at__isnull=True, pk__in=taught)
    return found.order_by("kind", "name", "id")


def may_see_learner(seat: Seat, learner: Membership, day: date | None = None) -> Seen:
    """Whether, and why: the nearest tie counts. At most three queries; a list asks `learners_of` instead."""
    day = day or clock.today()
    if learner.organisation_id != seat.organisation.pk:
        return Seen(False, NOT_YOURS.reason)
    if learner.pk == seat.membership.pk:
        return _yes(Tie.SELF)
    here = Guardianship.objects.filter(holds_on(day), organisation=seat.organisation)
    if here.filter(guardian=seat.membership, learner=learner).exists():
        return _yes(Tie.GUARDIAN)
    if seat.has(Role.EDUCATOR) and _teaches(seat, learner, day):
        return _yes(Tie.EDUCATOR)
    return _yes(Tie.KEEPER) if sees_all(seat) else Seen(False, NOT_YOURS.reason)


def _yes(tie: Tie) -> Seen:
    words: str | Promise = WORDS[tie]
    return Seen(True, words, tie)


def _teaches(seat: Seat, learner: Membership, day: date) -> bool:
    return Enrollment.objects.filter(
        holds_on(day),
        organisation=seat.organisation,
        member=learner,
        part=Enrollment.Part.LEARNER,
        section__archived_at__isnull=True,
        section__in=taught_by(seat, day).values("section"),
    ).exists()


def guardians_of(learner: Membership, day: date | None = None) -> list[Guardianship]:
    """Who is a learner's guardian on a day, with the guardian's row."""
    found = Guardianship.objects.filter(
        holds_on(day or clock.today()), organisation=learner.organisation_id, learner=learner
    )
    return list(found.select_related("guardian").order_by("guardian__name", "id"))


def educators_of(learner: Membership, day: date | None = None) -> QuerySet[Membership]:
    """The educators of all classes and advisory groups of a learner, by name, each once."""
    present = Enrollment.objects.filter(holds_on(day or clock.today()), organisation=learner.organisation_id)
    own = present.filter(member=learner, part=Enrollment.Part.LEARNER, section__archived_at__isnull=True)
    teach = present.filter(part=Enrollment.Part.EDUCATOR, section__in=own.values("section"))
    here = Membership.objects.filter(organisation=learner.organisation_id, left_at__isnull=True)
    return here.filter(pk__in=teach.values("member")).order_by("name", "id")


def enrollments_of(learner: Membership) -> list[Enrollment]:
    """Everything a member is or was in, the newest first, with the class."""
    found = Enrollment.objects.filter(organisation=learner.organisation_id, member=learner)
    return list(
        found.select_related("section").order_by(F("until_on").desc(nulls_first=True), "-from_on", "id")
    )


def people_in(section: Section) -> list[Enrollment]:
    """Who is or was in a class, those who are in it first, each with the member's row."""
    found = Enrollment.objects.filter(organisation=section.organisation_id, section=section)
    order = (F("until_on").desc(nulls_first=True), "member__name", "from_on", "id")
    return list(found.select_related("member").order_by(*order))


def listed_sections(seat: Seat) -> list[Section]:
    """For the page of classes: with `learner_count` today, and the year; archived ones last."""
    present = holds_on(clock.today(), "enrollments__") & Q(
        enrollments__part=Enrollment.Part.LEARNER, enrollments__member__left_at__isnull=True
    )
    found = (
        sections_of(seat).select_related("year").annotate(learner_count=Count("enrollments", filter=present))
    )
    order = (F("archived_at").asc(nulls_first=True), F("year__starts_on").desc(nulls_last=True))
    return list(found.order_by(*order, "kind", "name", "id"))


def years_of(organisation: Organisation) -> list[SchoolYear]:
    """School years with their terms, the newest first. Two queries."""
    found = SchoolYear.objects.filter(organisation=organisation).prefetch_related("terms")
    return list(found.order_by("-starts_on", "name"))


def members_with(organisation: Organisation, role: Role) -> list[tuple[UUID, str]]:
    """Everyone here or expected who holds a role: id and name, by name."""
    found = Membership.objects.filter(
        organisation=organisation, left_at__isnull=True, holdings__role=role.value
    )
    return list(found.order_by("name", "id").values_list("pk", "name"))


def missing_learners(organisation: Organisation) -> list[OutsideName]:
    """Members whom the last whole roster no longer had, for somebody to look at."""
    found = OutsideName.objects.filter(
        organisation=organisation, missing_since__isnull=False, member__left_at__isnull=True
    )
    return list(found.select_related("member").order_by("member__name", "id"))


def settings_of(organisation: UUID) -> RosterSettings:
    """What the school chose; as it is without having chosen anything."""
    found = RosterSettings.objects.filter(organisation=organisation).first()
    return found or RosterSettings(organisation_id=organisation)


def addable_to(section: Section, role: Role, part: str, search: str = "") -> list[tuple[UUID, str]]:
    """Who holds a role and is not in a class as that: id and name, by name."""
    there = Enrollment.objects.filter(
        organisation=section.organisation_id, section=section, part=part, until_on__isnull=True
    )
    found = Membership.objects.filter(
        organisation=section.organisation_id,
        left_at__isnull=True,
        holdings__role=role.value,
        name__icontains=search,
    )
    return list(found.exclude(pk__in=there.values("member")).order_by("name", "id").values_list("pk", "name"))


def addable_guardians(learner: Membership, search: str = "") -> list[tuple[UUID, str]]:
    """Family members who are no guardian of a learner: id and name, by name."""
    there = Guardianship.objects.filter(
        organisation=learner.organisation_id, learner=learner, until_on__isnull=True
    )
    found = Membership.objects.filter(
        organisation=learner.organisation_id,
        left_at__isnull=True,
        holdings__role=Role.FAMILY.value,
        name__icontains=search,
    ).exclude(pk=learner.pk)
    return list(
        found.exclude(pk__in=there.values("guardian")).order_by("name", "id").values_list("pk", "name")
    )


def is_missing(learner: Membership) -> date | None:
    """Since when a whole roster has not had a learner; None when it has."""
    named = OutsideName.objects.filter(organisation=learner.organisation_id, member=learner)
    return named.exclude(missing_since=None).values_list("missing_since", flat=True).first()
