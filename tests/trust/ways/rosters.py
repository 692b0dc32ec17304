"""How each verb of school years, classes, enrollments and guardians is called well."""

from datetime import date

from tests.trust.theirs import Act, Theirs, way
from throughline.kit import clock
from throughline.rosters.classes.actions import guardians, sections, years
from throughline.rosters.importing import actions as importing
from throughline.rosters.models import Enrollment, Guardianship, RosterFile, SchoolYear, Section, Term
from throughline.schools.models import Role

DAYS = {"starts_on": date(2026, 9, 2), "ends_on": date(2026, 11, 3)}


def year(their: Theirs) -> SchoolYear:
    """A school year of theirs."""
    return SchoolYear.objects.get(organisation=their.realm.organisation)


def term(their: Theirs) -> Term:
    """Its term."""
    return Term.objects.get(organisation=their.realm.organisation)


def section(their: Theirs) -> Section:
    """A class of theirs."""
    return Section.objects.get(organisation=their.realm.organisation, kind="class")


@way
def add_year(their: Theirs) -> Act:
    # A year of one's own could be made anywhere: this one would be ours, with their class in it.
    held = section(their)
    return lambda by: sections.change_section(
        section=held, kind="class", name="Ours", by=by, year=years.add_year(name="Ours", **DAYS, by=by)
    )


@way
def change_year(their: Theirs) -> Act:
    held = year(their)
    return lambda by: years.change_year(year=held, name="Ours", **DAYS, by=by)


@way
def add_term(their: Theirs) -> Act:
    held = year(their)
    return lambda by: years.add_term(year=held, name="Ours", **DAYS, by=by)


@way
def remove_term(their: Theirs) -> Act:
    held = term(their)
    return lambda by: years.remove_term(term=held, by=by)


@way
def add_section(their: Theirs) -> Act:
    held = year(their)
    return lambda by: sections.add_section(kind="class", name="Ours", year=held, by=by)


@way
def change_section(their: Theirs) -> Act:
    held = section(their)
    return lambda by: sections.change_section(section=held, kind="class", name="Ours", by=by)


@way
def archive_section(their: Theirs) -> Act:
    held = section(their)
    return lambda by: sections.archive_section(section=held, by=by)


@way
def restore_section(their: Theirs) -> Act:
    held = sections.archive_section(section=section(their), by=their.lead)
    return lambda by: sections.restore_section(section=held, by=by)


@way
def enroll(their: Theirs) -> Act:
    held = Section.objects.get(organisation=their.realm.organisation, kind="advisory")
    return lambda by: sections.enroll(section=held, members=[their.learner], from_on=clock.today(), by=by)


@way
def end_enrollment(their: Theirs) -> Act:
    held = Enrollment.objects.filter(organisation=their.realm.organisation).earliest("id")
    return lambda by: sections.end_enrollment(enrollment=held, until_on=clock.today(), by=by)


@way
def add_guardian(their: Theirs) -> Act:
    guardian = their.realm.members[Role.FAMILY]
    return lambda by: guardians.add_guardian(learner=their.learner, guardian=guardian, by=by)


@way
def end_guardianship(their: Theirs) -> Act:
    held = Guardianship.objects.get(organisation=their.realm.organisation, until_on=None)
    return lambda by: guardians.end_guardianship(guardianship=held, by=by)


def roster(their: Theirs) -> RosterFile:
    """The roster of theirs that waits."""
    return RosterFile.objects.get(organisation=their.realm.organisation)


@way
def choose_roster(their: Theirs) -> Act:
    held = roster(their)
    return lambda by: importing.choose_roster(roster=held, org="", day_first=True, by=by)


@way
def apply_roster(their: Theirs) -> Act:
    held = roster(their)
    return lambda by: importing.apply_roster(roster=held, leave_out=True, by=by)


@way
def put_roster_aside(their: Theirs) -> Act:
    held = roster(their)
    return lambda by: importing.put_roster_aside(roster=held, by=by)
