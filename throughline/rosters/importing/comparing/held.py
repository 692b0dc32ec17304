"""What the school has, in the form in which a roster is held against it. The same number of queries however much it is."""

from collections.abc import Collection, Iterator
from uuid import UUID

from throughline.people.models import Person
from throughline.rosters.importing.comparing.lines import Held, HeldPerson, HeldPlace
from throughline.rosters.models import Enrollment, Guardianship, OutsideName, SchoolYear, Section, Term
from throughline.schools.models import Membership, RoleHolding

_AT_ONCE = 500


def held_of(organisation: UUID, addresses: Collection[str]) -> Held:
    """`addresses` are those of the file."""
    held = Held()
    _people(organisation, held)
    _addresses(organisation, addresses, held)
    here = {"organisation": organisation}
    held.sections = {row.outside_key: row for row in Section.objects.filter(**here).exclude(outside_key="")}
    for year in SchoolYear.objects.filter(**here):
        held.year_names.add(year.name)
        if year.outside_key:
            held.years[year.outside_key] = year
    for term in Term.objects.filter(**here).exclude(outside_key=""):
        held.terms[term.outside_key] = (term.pk, term.name, term.starts_on, term.ends_on)
    _places(organisation, held)
    open_ones = Guardianship.objects.filter(**here, until_on__isnull=True)
    for guardian, learner, key, by_file in open_ones.values_list("guardian", "learner", "pk", "by_file"):
        held.guardianships[guardian, learner] = (key, by_file)
    return held


def _people(organisation: UUID, held: Held) -> None:
    roles: dict[UUID, set[str]] = {}
    for member, role in RoleHolding.objects.filter(organisation=organisation).values_list(
        "membership", "role"
    ):
        roles.setdefault(member, set()).add(role)
    members = Membership.objects.filter(organisation=organisation)
    for key, name, left_at in members.values_list("pk", "name", "left_at"):
        held.people[key] = HeldPerson(key, name, frozenset(roles.get(key, ())), left_at is not None)
    named = OutsideName.objects.filter(organisation=organisation)
    for member, called, missing in named.values_list("member", "key", "missing_since"):
        person = held.people[member]
        person.keys.add(called)
        person.is_missing = person.is_missing or missing is not None
        held.by_key[called] = person


def _addresses(organisation: UUID, addresses: Collection[str], held: Held) -> None:
    for some in _parts(sorted(addresses)):
        held.known_elsewhere.update(Person.objects.filter(email__in=some).values_list("email", flat=True))
    if not held.known_elsewhere:
        return
    for some in _parts(sorted(held.known_elsewhere)):
        here = Membership.objects.filter(organisation=organisation, person__email__in=some)
        for key, address in here.values_list("pk", "person__email"):
            held.by_address[address] = held.people[key]
    held.known_elsewhere -= set(held.by_address)


def _parts(every: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _places(organisation: UUID, held: Held) -> None:
    fields = ("pk", "section", "member", "part", "from_on", "until_on", "outside_key")
    for row in Enrollment.objects.filter(organisation=organisation).values_list(*fields):
        place = HeldPlace(*row)
        if place.key:
            held.places[place.key] = place
        if place.until_on is None:
            held.open_places[place.section, place.member, place.part] = place
