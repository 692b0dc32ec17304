"""What a compared roster says is written down: many rows at once, inside the transaction of the verb that asks for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from throughline.kit import clock
from throughline.people.models import NO_ADDRESS, Person
from throughline.rosters.importing.comparing.compare import Compared
from throughline.rosters.importing.comparing.lines import Becomes, Line
from throughline.rosters.models import Enrollment, Guardianship, OutsideName, SchoolYear, Section, Term
from throughline.schools.models import Membership, RoleHolding

BATCH = 500


class Applying:
    """One roster being applied. What was made is found by its key in the file."""

    def __init__(self, compared: Compared, organisation: UUID, today: date) -> None:
        self.compared, self.today = compared, today
        self.here: dict[str, Any] = {"organisation_id": organisation}
        self.years: dict[str, SchoolYear] = {}
        self.sections: dict[str, UUID] = {}
        self.members: dict[str, UUID] = {}

    def all(self) -> None:
        """Everything, in the order in which things point at each other."""
        self._years()
        self._sections()
        self._known_people()
        self._new_people()
        self._ended_people()
        self._places()
        self._guardians()

    def _lines(self, table: str, *becomes: Becomes) -> Iterable[Line]:
        return (line for line in self.compared.lines if line.table == table and line.becomes in becomes)

    def _years(self) -> None:
        kept = SchoolYear.objects.filter(**self.here).exclude(outside_key="")
        self.years = {year.outside_key: year for year in kept}
        for key, (name, begins, ends) in self.compared.years.items():
            year = self.years.get(key)
            if year is None:
                self.years[key] = SchoolYear.objects.create(
                    **self.here, name=name, starts_on=begins, ends_on=ends, outside_key=key
                )
            elif (year.starts_on, year.ends_on) != (begins, ends):
                year.starts_on, year.ends_on = begins, ends
                year.save(update_fields=["starts_on", "ends_on"])
        for line in self._lines("academicSessions", Becomes.NEW, Becomes.CHANGED):
            if "term" in line.change and line.row:
                name, begins, ends = line.change["term"]
                Term.objects.update_or_create(
                    **self.here,
                    outside_key=line.row.key,
                    defaults={
                        "name": name,
                        "starts_on": begins,
                        "ends_on": ends,
                        "year": self.years[line.change["year_key"]],
                    },
                )

    def _sections(self) -> None:
        made = []
        for line in self._lines("classes", Becomes.NEW, Becomes.CHANGED):
            assert line.row
            told = line.change
            fields = {"name": told["name"], "kind": told["kind"]}
            if told["year_key"]:
                fields["year"] = self.years[told["year_key"]]
            if line.becomes == Becomes.NEW:
                made.append(Section(**self.here, **fields, outside_key=line.row.key, made_at=clock.now()))
            else:
                kept = Section.objects.filter(**self.here, pk=told["section"])
                kept.update(**fields, archived_at=None)
        Section.objects.bulk_create(made, batch_size=BATCH)
        gone = [line.change["section"] for line in self._lines("classes", Becomes.ENDED)]
        Section.objects.filter(**self.here, pk__in=gone).update(archived_at=clock.now())
        self._end(Q(section__in=gone))
        keys = Section.objects.filter(**self.here).exclude(outside_key="")
        self.sections = dict(keys.values_list("outside_key", "pk"))

    def _end(self, which: Q) -> None:
        """Enrollments that end today: those that would begin later never were."""
        open_ones = Enrollment.objects.filter(
            which, Q(until_on=None) | Q(until_on__gt=self.today), **self.here
        )
        open_ones.filter(from_on__gt=self.today).update(from_on=self.today, until_on=self.today)
        open_ones.update(until_on=self.today)

    def _known_people(self) -> None:
        names, holdings = [], []
        for line in self._lines("users", Becomes.CHANGED):
            told, member = line.change, line.change["member"]
            rows = Membership.objects.filter(**self.here, pk=member)
            if "name" in told:
                rows.update(name=told["name"])
                owned = Person.objects.filter(memberships__pk=member, email__endswith=NO_ADDRESS)
                owned.update(name=told["name"])
            if "back" in told:
                rows.update(left_at=None, joined_at=clock.now())
            if "key" in told and line.row:
                names.append(OutsideName(**self.here, member_id=member, key=line.row.key))
            if "found" in told:
                OutsideName.objects.filter(**self.here, member=member).update(missing_since=None)
            holdings += [(member, role) for role in told.get("roles", [])]
        OutsideName.objects.bulk_create(names, batch_size=BATCH)
        self._hold(holdings)

    def _hold(self, holdings: list[tuple[UUID, str]]) -> None:
        rows = [RoleHolding(**self.here, membership_id=member, role=role) for member, role in holdings]
        RoleHolding.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)

    def _new_people(self) -> None:
        lines = list(self._lines("users", Becomes.NEW))
        wanted = sorted({line.change["address"] for line in lines} - {""})
        known: dict[str, Person] = {}
        for start in range(0, len(wanted), BATCH):
            some = Person.objects.filter(email__in=wanted[start : start + BATCH])
            known |= {person.email: person for person in some}
        people, members, names, holdings = [], [], [], []
        for line in lines:
            assert line.row
            told, now = line.change, clock.now()
            person = known.get(told["address"])
            if person is None:
                person = without_sign_in(told["name"], told["address"])
                people.append(person)
                if told["address"]:
                    known[told["address"]] = person
            joined = None if told["expected"] else now
            member = Membership(
                **self.here, person=person, name=told["name"], invited_at=now, joined_at=joined
            )
            members.append(member)
            names.append(OutsideName(**self.here, member=member, key=line.row.key))
            holdings += [(member.pk, role) for role in told["roles"]]
        Person.objects.bulk_create(people, batch_size=BATCH)
        Membership.objects.bulk_create(members, batch_size=BATCH)
        OutsideName.objects.bulk_create(names, batch_size=BATCH)
        self._hold(holdings)

    def _ended_people(self) -> None:
        """Those whom a delta takes out: they stay, in no class and nobody's guardian, for somebody to look at."""
        gone = [line.change["member"] for line in self._lines("users", Becomes.ENDED)]
        flagged = [line.change["member"] for line in self._lines("users", Becomes.FLAGGED)]
        self._end(Q(member__in=gone))
        self._end_guardianships(Q(guardian__in=gone) | Q(learner__in=gone))
        for start in range(0, len(gone + flagged), BATCH):
            some = (gone + flagged)[start : start + BATCH]
            rows = OutsideName.objects.filter(**self.here, member__in=some, missing_since=None)
            rows.update(missing_since=self.today)
        self.members = dict(OutsideName.objects.filter(**self.here).values_list("key", "member"))

    def _places(self) -> None:
        made = []
        for line in self._lines("enrollments", Becomes.NEW):
            assert line.row
            told = line.change
            if "instead" in told:  # who comes back gets a new row; the key goes along
                Enrollment.objects.filter(**self.here, pk=told["instead"]).update(outside_key="")
            until = told["until_on"]
            begins = told["from_on"] or (min(self.today, until) if until else self.today)
            made.append(
                Enrollment(
                    **self.here,
                    section_id=self.sections[told["section"]],
                    member_id=self.members[told["user"]],
                    part=told["part"],
                    from_on=begins,
                    until_on=until,
                    outside_key=line.row.key,
                )
            )
        Enrollment.objects.bulk_create(made, batch_size=BATCH)
        for line in self._lines("enrollments", Becomes.CHANGED, Becomes.ENDED):
            self._other_days(line)

    def _other_days(self, line: Line) -> None:
        told = line.change
        row = Enrollment.objects.get(**self.here, pk=told["place"])
        row.from_on = told.get("from_on") or row.from_on
        row.until_on = told["until_on"] if told["until_on"] is not None else row.until_on
        if row.until_on is not None and row.until_on < row.from_on:
            row.until_on = row.from_on
        if line.row is not None and line.becomes == Becomes.CHANGED:
            row.outside_key = line.row.key
        row.save(update_fields=["from_on", "until_on", "outside_key"])

    def _end_guardianships(self, which: Q) -> None:
        open_ones = Guardianship.objects.filter(
            which, Q(until_on=None) | Q(until_on__gt=self.today), **self.here
        )
        open_ones.filter(from_on__gt=self.today).update(from_on=self.today, until_on=self.today)
        open_ones.update(until_on=self.today)

    def _guardians(self) -> None:
        gone = [line.change["guardianship"] for line in self._lines("guardians", Becomes.ENDED)]
        self._end_guardianships(Q(pk__in=gone))
        made = [
            Guardianship(
                **self.here,
                guardian_id=self.members[line.change["guardian"]],
                learner_id=self.members[line.change["learner"]],
                from_on=self.today,
                by_file=True,
            )
            for line in self._lines("guardians", Becomes.NEW)
        ]
        Guardianship.objects.bulk_create(made, batch_size=BATCH)


def without_sign_in(name: str, address: str) -> Person:
    """A person who has not come yet; without an address they have one that leads nowhere. Not saved."""
    person = Person(name=name)
    person.email = address or f"{person.pk.hex}{NO_ADDRESS}"
    person.set_unusable_password()
    return person
