"""The people of a roster: who they are here, who is new, and whom a whole roster no longer has."""

from collections.abc import Mapping, Sequence

from throughline.kit.text import clean_line
from throughline.people.models import normal_address
from throughline.rosters.importing.comparing.lines import Becomes, HeldPerson, Staged, Wanted, Work
from throughline.schools.models import Role

ROLES = {
    "student": Role.LEARNER.value,
    "learner": Role.LEARNER.value,
    "teacher": Role.EDUCATOR.value,
    "aide": Role.EDUCATOR.value,
    "parent": Role.FAMILY.value,
    "guardian": Role.FAMILY.value,
    "relative": Role.FAMILY.value,
}
# Those of the standard to whom a file gives nothing here.
NOT_GIVEN = {
    "administrator", "proctor", "districtadministrator", "principal", "counselor", "siteadministrator", "systemadministrator",
}  # fmt: skip


def name_of(row: Staged) -> str:
    """What somebody is called: as they prefer, where the file knows."""
    told = row.told
    given = told.get("preferredGivenName") or told.get("givenName", "")
    family = told.get("preferredFamilyName") or told.get("familyName", "")
    return clean_line(f"{given} {family}")[:200]


def people(rows: Sequence[Staged], roles: Mapping[str, list[Staged]], work: Work) -> None:
    """Everybody of this school in the file."""
    for row in rows:
        name = name_of(row)
        said, ours = _roles_of(row, roles.get(row.key, []), work)
        if not ours:
            work.add(row, name, Becomes.ELSEWHERE)
            continue
        if row.key in work.people:
            row.remark("id-twice", "sourcedId", fault=True)
            work.add(row, name, Becomes.WRONG)
            continue
        _person(row, name, said, work)


def _roles_of(row: Staged, told: list[Staged], work: Work) -> tuple[set[str], bool]:
    """The roles here, in words of the file, and whether somebody is of this school at all."""
    orgs = row.many("orgSourcedIds")
    if not orgs and row.told.get("primaryOrgSourcedId"):
        orgs = [row.told["primaryOrgSourcedId"]]
    said = {row.told["role"].casefold()} if "role" in row.told else set()
    here = [each for each in told if work.is_ours([each.told.get("orgSourcedId", "")])]
    said |= {each.told.get("role", "").casefold() for each in here if not each.deleted}
    if told and not orgs:
        return said, bool(here)
    return said, work.is_ours(orgs) or bool(here)


def _person(row: Staged, name: str, said: set[str], work: Work) -> None:
    held = work.held.by_key.get(row.key)
    address = normal_address(row.told.get("email", ""))
    if row.deleted:
        if held is None:
            work.add(row, name, Becomes.SAME)
        else:
            work.add(row, held.name, Becomes.ENDED, member=held.id)
        return
    roles = {ROLES[word] for word in said if word in ROLES}
    if not roles and not (held and held.roles):
        code = "role-not-given" if said & NOT_GIVEN else "role-unknown" if said else "role-missing"
        row.remark(code, "role", fault=True, said=", ".join(sorted(said))[:60])
    if address and not _is_address(address):
        row.remark("address-wrong", "email", said=address[:60])
        address = ""
    found = held or (work.held.by_address.get(address) if address else None)
    if found and found.has_left and Role.LEARNER.value not in roles:
        row.remark("was-removed", fault=True)
    wanted = Wanted(
        row.key, name, roles | (set(found.roles) if found else set()), found, row, not row.is_wrong
    )
    work.people[row.key] = wanted
    if row.is_wrong:
        work.add(row, name, Becomes.WRONG)
        return
    expected = address in work.held.known_elsewhere or (bool(address) and Role.LEARNER.value not in roles)
    if found is None:
        if address in work.held.known_elsewhere:
            row.remark("address-known", "email")
        work.add(row, name, Becomes.NEW, name=name, roles=sorted(roles), address=address, expected=expected)
        return
    _known(row, name, found, roles, work)


def _is_address(address: str) -> bool:
    before, at, after = address.partition("@")
    return bool(before and at and "." in after and " " not in address and len(address) <= 200)


def _known(row: Staged, name: str, found: HeldPerson, roles: set[str], work: Work) -> None:
    """Learners are called what the roster calls them; everybody else what they call themselves."""
    change: dict[str, object] = {"member": found.id}
    if Role.LEARNER.value in found.roles | roles and found.name != name:
        change["name"] = name
    if roles - found.roles:
        change["roles"] = sorted(roles - found.roles)
    if row.key not in found.keys:
        row.remark("known-by-address", "email")
        change["key"] = row.key
    if found.has_left:
        change["back"] = True
    if found.is_missing:
        change["found"] = True
    work.add(row, name, Becomes.CHANGED if len(change) > 1 else Becomes.SAME, **change)


def missing(work: Work) -> None:
    """Learners of earlier rosters whom this one, which says that it is whole, does not have: flagged, never taken out."""
    if not work.bulk("users"):
        return
    for person in work.held.people.values():
        is_known = person.keys and not person.keys & set(work.people)
        if is_known and Role.LEARNER.value in person.roles and not person.has_left and not person.is_missing:
            work.without_row("users", person.name, Becomes.FLAGGED, member=person.id)
