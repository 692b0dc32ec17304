"""How each verb of records, schools, rosters and frameworks is called well."""

from datetime import date

from tests.trust.theirs import Act, Theirs, way
from tests.trust.ways.journeys import shared
from throughline.frameworks.publishing import actions as publishing
from throughline.frameworks.publishing.toml_reading import read_toml
from throughline.kit import clock
from throughline.records import actions as records
from throughline.records.evidence import actions as bringing
from throughline.rosters.classes.actions import guardians, sections, years
from throughline.rosters.importing import actions as importing
from throughline.rosters.models import Enrollment, Guardianship, RosterFile, SchoolYear, Section, Term
from throughline.schools import actions as schools
from throughline.schools.models import Role


@way
def open_record(their: Theirs) -> Act:
    group = their.group()
    return lambda by: records.open_record(version=shared(), by=by, group=group)


@way
def decide(their: Theirs) -> Act:
    return lambda by: records.decide(
        record=their.record(), competency_id=their.competency(3), after="in-progress", reason="Yes.", by=by
    )


@way
def set_aside(their: Theirs) -> Act:
    return lambda by: records.set_aside(
        record=their.record(), competency_id=their.competency(3), reason="Not ours.", by=by
    )


@way
def take_up(their: Theirs) -> Act:
    set_aside(their)(their.lead)
    return lambda by: records.take_up(record=their.record(), competency_id=their.competency(3), by=by)


def a_text(**more: object) -> bringing.Piece:
    return bringing.Piece(
        **{"kind": "text", "mark": "practice", "title": "Seen", "text": "So.", **more},  # type: ignore[arg-type]
        happened_on=clock.today(),
    )


@way
def bring_evidence(their: Theirs) -> Act:
    return lambda by: bringing.bring_evidence(record=their.record(), piece=a_text(), by=by)


@way
def claim(their: Theirs) -> Act:
    shows = [bringing.Shows(their.competency(4))]
    return lambda by: bringing.claim(
        evidence=their.evidence(), record=their.record(), shows=shows, why="It does.", by=by
    )


@way
def bring_edition(their: Theirs) -> Act:
    return lambda by: bringing.bring_edition(evidence=their.evidence(), piece=a_text(), seen=1, by=by)


@way
def withdraw_evidence(their: Theirs) -> Act:
    return lambda by: bringing.withdraw_evidence(evidence=their.evidence(), reason="Wrong.", by=by)


@way
def agree_affiliation(their: Theirs) -> Act:
    return lambda by: schools.agree_affiliation(by=by, affiliation=their.tie())


@way
def decline_affiliation(their: Theirs) -> Act:
    return lambda by: schools.decline_affiliation(by=by, affiliation=their.tie())


@way
def end_affiliation(their: Theirs) -> Act:
    schools.agree_affiliation(by=their.lead, affiliation=their.tie())
    return lambda by: schools.end_affiliation(by=by, affiliation=their.tie())


@way
def change_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.change_group(by=by, group=group, kind="team", name="Other")


@way
def archive_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.archive_group(by=by, group=group)


@way
def restore_group(their: Theirs) -> Act:
    group = schools.archive_group(by=their.lead, group=their.group())
    return lambda by: schools.restore_group(by=by, group=group)


@way
def add_to_group(their: Theirs) -> Act:
    group = their.group()
    return lambda by: schools.add_to_group(by=by, group=group, members=[their.learner])


@way
def remove_from_group(their: Theirs) -> Act:
    group = their.group()
    schools.add_to_group(by=their.lead, group=group, members=[their.learner])
    return lambda by: schools.remove_from_group(by=by, group=group, member=their.learner)


@way
def renew_invitation(their: Theirs) -> Act:
    return lambda by: schools.renew_invitation(by=by, member=their.guest())


@way
def withdraw_invitation(their: Theirs) -> Act:
    return lambda by: schools.withdraw_invitation(by=by, member=their.guest())


@way
def change_roles(their: Theirs) -> Act:
    return lambda by: schools.change_roles(by=by, member=their.learner, roles=["educator"])


@way
def remove_member(their: Theirs) -> Act:
    return lambda by: schools.remove_member(by=by, member=their.learner)


@way
def publish(their: Theirs) -> Act:
    plan = read_toml(sorted(publishing.SHIPPED.glob("*.toml"), key=lambda path: len(path.name))[0])
    return lambda by: publishing.publish(plan, owner=their.realm.organisation, by=by)


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
