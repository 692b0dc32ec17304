"""Verbs: classes and advisory groups, and who is in them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.people.wording import checked_line
from throughline.rosters.classes.actions.years import NO_NAME
from throughline.rosters.classes.checking import keeper, own
from throughline.rosters.models import Enrollment, SchoolYear, Section
from throughline.schools.log import note
from throughline.schools.models import Membership, RoleHolding

Part = Enrollment.Part


def _checked(by: Membership, kind: str, name: str, year: SchoolYear | None) -> tuple[str, SchoolYear | None]:
    if kind not in Section.Kind.values:
        raise ValidationError({"kind": _("Choose a kind from the list.")})
    return checked_line(name, field="name", missing=NO_NAME), own(by, year) if year else None


@transaction.atomic
def add_section(*, kind: str, name: str, by: Membership, year: SchoolYear | None = None) -> Section:
    """A class or an advisory group."""
    by = keeper(by)
    line, year = _checked(by, kind, name, year)
    section = Section.objects.create(
        organisation_id=by.organisation_id, kind=kind, name=line, year=year, made_at=clock.now()
    )
    note("roster.class-added", by=by, subject=section, name=line)
    return section


@transaction.atomic
def change_section(
    *, section: Section, kind: str, name: str, by: Membership, year: SchoolYear | None = None
) -> Section:
    """Another name, kind or school year."""
    by = keeper(by)
    section = own(by, section)
    line, year = _checked(by, kind, name, year)
    year_id = year.pk if year else None
    if (section.kind, section.name, section.year_id) == (kind, line, year_id):
        return section
    section.kind, section.name, section.year = kind, line, year
    section.save(update_fields=["kind", "name", "year"])
    note("roster.class-changed", by=by, subject=section, name=line)
    return section


@transaction.atomic
def archive_section(*, section: Section, by: Membership) -> Section:
    """Put away: its educators no longer see its learners through it. Safe to repeat."""
    by = keeper(by)
    section = own(by, section)
    if section.archived_at is None:
        section.archived_at = clock.now()
        section.save(update_fields=["archived_at"])
        note("roster.class-archived", by=by, subject=section, name=section.name)
    return section


@transaction.atomic
def restore_section(*, section: Section, by: Membership) -> Section:
    """Bring it back as it was. Safe to repeat."""
    by = keeper(by)
    section = own(by, section)
    if section.archived_at is not None:
        section.archived_at = None
        section.save(update_fields=["archived_at"])
        note("roster.class-restored", by=by, subject=section, name=section.name)
    return section


@transaction.atomic
def enroll(
    *, section: Section, members: list[Membership], by: Membership, part: str = Part.LEARNER, from_on: date
) -> list[Enrollment]:
    """Put people into a class from a day on, as learners or as its educators; who is in it already stays as they are.

    Raises `ValidationError` when somebody is no learner (or educator) of the school. Answers who is new to it.
    """
    by = keeper(by)
    section = own(by, section)
    if part not in Part.values:
        raise ValidationError({"part": _("Choose a kind from the list.")})
    if section.archived_at is not None:
        raise ValidationError(_("%(name)s is archived. Bring it back first.") % {"name": section.name})
    rows = [_one(section, own(by, member), part, from_on, by) for member in members]
    return [row for row in rows if row is not None]


def _one(section: Section, member: Membership, part: str, from_on: date, by: Membership) -> Enrollment | None:
    here = {"organisation_id": by.organisation_id}
    is_one = RoleHolding.objects.filter(**here, membership=member, role=part).exists()
    if member.left_at is not None or not is_one:
        sentence = _("%(name)s is not a learner here.")
        if part == Part.EDUCATOR:
            sentence = _("%(name)s is not an educator here.")
        raise ValidationError({"members": sentence % {"name": member.name}})
    row, made = Enrollment.objects.get_or_create(
        **here, section=section, member=member, part=part, until_on=None, defaults={"from_on": from_on}
    )
    if not made:
        return None
    note("roster.enrolled", by=by, subject=row, name=member.name, section=section.name)
    return row


@transaction.atomic
def end_enrollment(*, enrollment: Enrollment, until_on: date, by: Membership) -> Enrollment:
    """From `until_on` they are no longer in it; that they were stays, with all they have shown. Safe to repeat."""
    by = keeper(by)
    row = own(by, enrollment)
    until_on = max(until_on, row.from_on)
    if row.until_on is None or row.until_on > until_on:
        row.until_on = until_on
        row.save(update_fields=["until_on"])
        note("roster.ended", by=by, subject=row, name=row.member.name, section=row.section.name)
    return row
