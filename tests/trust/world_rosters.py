"""Who learns in an organization of `world`: a year with a term, two classes, who is in them, and a learner's guardians."""

import io
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from throughline.kit import clock
from throughline.rosters.classes.actions.guardians import add_guardian, end_guardianship
from throughline.rosters.classes.actions.sections import add_section, enroll
from throughline.rosters.classes.actions.years import add_term, add_year
from throughline.rosters.importing.actions import bring_roster
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_rosters(realm: Holds, name: str) -> None:
    """The educator teaches one of two classes; the family member is the guardian of a learner of the other one."""
    lead, educator, learner, family = (
        realm.members[role] for role in (Role.LEAD, Role.EDUCATOR, Role.LEARNER, Role.FAMILY)
    )
    today = clock.today()
    other = make_member(realm.organisation, f"{name} other learner", Role.LEARNER)
    former = make_member(realm.organisation, f"{name} former guardian", Role.FAMILY)
    year = add_year(name=f"{name} year", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31), by=lead)
    term = add_term(
        year=year, name=f"{name} term", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 20), by=lead
    )
    first = add_section(kind="class", name=f"{name} class", year=year, by=lead)
    second = add_section(kind="advisory", name=f"{name} advisory", by=lead)
    since = today - timedelta(days=20)
    rows = [
        *enroll(section=first, members=[learner], from_on=since, by=lead),
        *enroll(section=first, members=[educator], part="educator", from_on=since, by=lead),
        *enroll(section=second, members=[other], from_on=since, by=lead),
    ]
    ties = [
        add_guardian(learner=other, guardian=family, from_on=since, by=lead),
        add_guardian(learner=other, guardian=former, from_on=since, by=lead),
    ]
    end_guardianship(guardianship=ties[1], by=lead)
    realm.members["former-guardian"] = former
    realm.keep("year_id", year.pk)
    realm.keep("term_id", term.pk)
    realm.keep("section_id", first.pk, second.pk)
    realm.keep("learner_id", learner.pk, other.pk)
    realm.keep("enrollment_id", *(row.pk for row in rows))
    realm.keep("guardianship_id", *(row.pk for row in ties))
    file = io.BytesIO(
        f"id,given name,family name,role,classes\n1,{name} new,Learner,learner,{name} club\n2,{name} x,,learner,\n".encode()
    )
    realm.keep("roster_id", bring_roster(name=f"{name} roster.csv", file=file, by=lead).pk)
