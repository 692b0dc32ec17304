"""Who keeps the rosters, who sees which class, and who may see which learner: each answer with its reason."""

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.rosters.models import Enrollment, Guardianship, Section, holds_on
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.policy import NOT_IN, keeps
from throughline.schools.tenant import Seat


class Tie(StrEnum):
    """Why somebody may see a learner; the nearest counts."""

    SELF = "self"
    GUARDIAN = "guardian"
    EDUCATOR = "educator"
    KEEPER = "keeper"


WORDS = {
    Tie.SELF: _("this is you"),
    Tie.GUARDIAN: _("their guardian"),
    Tie.EDUCATOR: _("their educator"),
    Tie.KEEPER: _("who looks after the school"),
}
NOT_YOURS = refuse(
    _(
        "Only a learner, their guardians, the educators of their classes and who looks after the school see them."
    )
)
# A learner’s row as everybody who asks for one finds it, whether they have come in already or not.
LEARNERS = Q(holdings__role=Role.LEARNER.value, left_at__isnull=True)


def sees_all(seat: Seat) -> bool:
    """Leads and registrars see every learner and every class."""
    return seat.is_lead or seat.has(Role.REGISTRAR)


def may_keep_rosters(member: Membership) -> Verdict:
    """Bring in rosters; change school years, classes, who is in them and who is whose guardian."""
    if not member.is_active:
        return NOT_IN
    if member.organisation.kind != Organisation.Kind.SCHOOL:
        return refuse(_("Only a school has learners, classes and rosters."))
    if keeps(member) or Role.REGISTRAR.value in member.roles:
        return ALLOWED
    return refuse(_("Only leads and registrars keep the rosters of a school."))


def may_see_classes(seat: Seat) -> Verdict:
    """The page of classes: for all who keep them, teach in them or learn in them."""
    if seat.organisation.kind != Organisation.Kind.SCHOOL:
        return refuse(_("Only a school has learners, classes and rosters."))
    if sees_all(seat) or seat.has(Role.EDUCATOR, Role.LEARNER, Role.TEAM, Role.FAMILY):
        return ALLOWED
    return refuse(_("Only people who learn or teach here, and their families, have classes."))


def may_open_classes(seat: Seat) -> bool:
    """Who has the classes in the page header: those who keep the rosters or teach."""
    return seat.organisation.kind == Organisation.Kind.SCHOOL and (sees_all(seat) or seat.has(Role.EDUCATOR))


def taught_by(seat: Seat, day: date) -> QuerySet[Enrollment]:
    """The classes and advisory groups whose educator this person is on a day."""
    return Enrollment.objects.filter(
        holds_on(day), organisation=seat.organisation, member=seat.membership, part=Enrollment.Part.EDUCATOR
    )


def visible_learners(seat: Seat, day: date | None = None) -> Q:
    """The condition on a `Membership` that is a learner: this person may see them today (or on `day`)."""
    if sees_all(seat):
        return Q()
    day = day or clock.today()
    here = {"organisation": seat.organisation}
    own = Guardianship.objects.filter(holds_on(day), **here, guardian=seat.membership, learner=OuterRef("pk"))
    seen = Q(pk=seat.membership.pk) | Q(Exists(own))
    if not seat.has(Role.EDUCATOR):
        return seen
    taught = Enrollment.objects.filter(
        holds_on(day),
        **here,
        member=OuterRef("pk"),
        part=Enrollment.Part.LEARNER,
        section__in=taught_by(seat, day).values("section"),
        section__archived_at__isnull=True,
    )
    return seen | Q(Exists(taught))


def visible_sections(seat: Seat, day: date | None = None) -> Q:
    """The condition on `Section`: those one is in or teaches, or that one's own children are in; all for who keeps them."""
    if sees_all(seat):
        return Q()
    day = day or clock.today()
    here = {"organisation": seat.organisation}
    wards = Guardianship.objects.filter(holds_on(day), **here, guardian=seat.membership).values("learner")
    present = Enrollment.objects.filter(
        holds_on(day), Q(member=seat.membership) | Q(member__in=wards, part=Enrollment.Part.LEARNER), **here
    )
    return Q(archived_at__isnull=True, pk__in=present.values("section"))


def may_see_people_of(seat: Seat, section: Section) -> Verdict:
    """Who is in a class: for its educators and for who keeps the rosters. Learners and families see its educators."""
    if sees_all(seat) or (
        seat.has(Role.EDUCATOR) and taught_by(seat, clock.today()).filter(section=section).exists()
    ):
        return ALLOWED
    return refuse(_("Only the educators of a class and who keeps the rosters see who learns in it."))
