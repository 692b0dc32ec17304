"""Verbs: school years and their terms."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.people.wording import checked_line
from throughline.rosters.classes.checking import check_span, keeper, own
from throughline.rosters.models import SchoolYear, Term
from throughline.schools.log import note
from throughline.schools.models import Membership

NO_NAME = gettext_lazy("Please give it a name.")
LONGEST_NAME = 100


def _named(by: Membership, name: str, besides: SchoolYear | None = None) -> str:
    line = checked_line(name, field="name", missing=NO_NAME, limit=LONGEST_NAME)
    same = SchoolYear.objects.filter(organisation_id=by.organisation_id, name=line)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise ValidationError({"name": _("There is already a school year of this name.")})
    return line


@transaction.atomic
def add_year(*, name: str, starts_on: date, ends_on: date, by: Membership) -> SchoolYear:
    """A school year; `ends_on` is its last day."""
    by = keeper(by)
    line = _named(by, name)
    check_span(starts_on, ends_on)
    year = SchoolYear.objects.create(
        organisation_id=by.organisation_id, name=line, starts_on=starts_on, ends_on=ends_on
    )
    note("roster.year-added", by=by, subject=year, name=line)
    return year


@transaction.atomic
def change_year(*, year: SchoolYear, name: str, starts_on: date, ends_on: date, by: Membership) -> SchoolYear:
    """Another name or other days. Its terms stay as they are."""
    by = keeper(by)
    year = own(by, year)
    line = _named(by, name, year)
    check_span(starts_on, ends_on)
    if (year.name, year.starts_on, year.ends_on) == (line, starts_on, ends_on):
        return year
    year.name, year.starts_on, year.ends_on = line, starts_on, ends_on
    year.save(update_fields=["name", "starts_on", "ends_on"])
    note("roster.year-changed", by=by, subject=year, name=line)
    return year


@transaction.atomic
def add_term(*, year: SchoolYear, name: str, starts_on: date, ends_on: date, by: Membership) -> Term:
    """A part of a school year. No school needs any."""
    by = keeper(by)
    year = own(by, year)
    line = checked_line(name, field="name", missing=NO_NAME, limit=LONGEST_NAME)
    check_span(starts_on, ends_on)
    if starts_on < year.starts_on or ends_on > year.ends_on:
        raise ValidationError({"starts_on": _("A term has to lie within its school year.")})
    term = Term.objects.create(
        organisation_id=by.organisation_id, year=year, name=line, starts_on=starts_on, ends_on=ends_on
    )
    note("roster.term-added", by=by, subject=term, name=line)
    return term


@transaction.atomic
def remove_term(*, term: Term, by: Membership) -> None:
    """A term that was a mistake; nothing hangs on it. Safe to repeat."""
    by = keeper(by)
    held = Term.objects.filter(pk=term.pk, organisation_id=by.organisation_id).first()
    if held is not None:
        note("roster.term-removed", by=by, subject=held, name=held.name)
        held.delete()
