"""Who is in which class, and who is whose guardian."""

from collections.abc import Sequence
from datetime import date

from throughline.rosters.importing.comparing.lines import Becomes, HeldPlace, Line, Staged, Wanted, Work
from throughline.schools.models import Role

_PARTS = {"student": "learner", "learner": "learner", "teacher": "educator", "aide": "educator"}
_WORDS = {"learner": Role.LEARNER.value, "educator": Role.EDUCATOR.value}


def enrollments(rows: Sequence[Staged], work: Work) -> None:
    """Everybody who is put into a class, changes in it, or leaves it."""
    for row in rows:
        org = row.told.get("schoolSourcedId", "")
        if not work.is_ours([org] if org else []):
            work.add(row, "", Becomes.ELSEWHERE)
        else:
            _enrollment(row, work)
    if work.bulk("enrollments"):
        _gone(work)


def _enrollment(row: Staged, work: Work) -> None:
    user, section = row.told.get("userSourcedId", ""), row.told.get("classSourcedId", "")
    person, held = work.people.get(user), work.held.places.get(row.key)
    known = person.held if person else work.held.by_key.get(user)
    says = f"{person.name if person else known.name if known else user} · {_class_name(section, work)}"
    if row.key in work.seen_places:
        row.remark("id-twice", "sourcedId", fault=True)
    work.seen_places.add(row.key)
    until = row.day("endDate", work.day_first)
    if row.deleted:
        is_open = held is not None and (held.until_on is None or held.until_on > work.today)
        day = until or work.today
        work.add(
            row,
            says,
            Becomes.ENDED if is_open else Becomes.SAME,
            place=held.id if held else None,
            until_on=day,
        )
        return
    part = _PARTS.get(row.told.get("role", "").casefold(), "")
    if not part:
        row.remark("part-unknown", "role", fault=True, said=row.told.get("role", "")[:40])
    if section and section not in work.sections and section not in work.held.sections:
        row.remark("class-unknown", "classSourcedId", fault=True, said=section[:60])
    _check_person(row, user, person, known is not None, part, work)
    begins = row.day("beginDate", work.day_first)
    if begins and until and until < begins:
        row.remark("ends-before", "endDate", fault=True)
    if row.is_wrong:
        work.add(row, says, Becomes.WRONG)
        return
    _place(row, says, held, (user, section, part), (begins, until), work)


def _class_name(section: str, work: Work) -> str:
    held = work.held.sections.get(section)
    return work.sections.get(section) or (held.name if held else section)


def _check_person(
    row: Staged, user: str, person: Wanted | None, is_known: bool, part: str, work: Work
) -> None:
    if person is None and not is_known:
        if user:
            row.remark("person-unknown", "userSourcedId", fault=True, said=user[:60])
    elif person is not None and not person.usable:
        row.remark("person-wrong", "userSourcedId", fault=True, said=user[:60])
    elif part:
        roles = person.roles if person else work.held.by_key[user].roles
        if _WORDS[part] not in roles:
            row.remark("role-contradicts", "role", fault=True, said=row.told.get("role", ""))


def _place(
    row: Staged,
    says: str,
    held: HeldPlace | None,
    ids: tuple[str, str, str],
    days: tuple[date | None, date | None],
    work: Work,
) -> None:
    (user, section, part), (begins, until) = ids, days
    told = {"user": user, "section": section, "part": part, "from_on": begins, "until_on": until}
    if held is None:
        held = _open_already(user, section, part, work)
    if held is None:
        work.add(row, says, Becomes.NEW, **told)
        return
    is_over = held.until_on is not None and held.until_on <= work.today
    comes_back = is_over and (until is None or until > work.today)
    if comes_back:
        work.add(row, says, Becomes.NEW, **told, instead=held.id)
        return
    other = (begins is not None and begins != held.from_on) or (until is not None and until != held.until_on)
    if other or held.key != row.key:
        work.add(row, says, Becomes.CHANGED, **told, place=held.id)
    else:
        work.add(row, says, Becomes.SAME)


def _open_already(user: str, section: str, part: str, work: Work) -> HeldPlace | None:
    person, place = work.people.get(user), work.held.sections.get(section)
    found = person.held if person else work.held.by_key.get(user)
    return work.held.open_places.get((place.pk, found.id, part)) if place and found else None


def _gone(work: Work) -> None:
    """Those of earlier rosters that this one, which says that it is whole, no longer has. Flagged people stay where they are."""
    in_file = {person.held.id for person in work.people.values() if person.held}
    names = {section.pk: section.name for section in work.held.sections.values()}
    for key, place in work.held.places.items():
        if key in work.seen_places or place.until_on is not None or place.member not in in_file:
            continue
        says = f"{work.held.people[place.member].name} · {names.get(place.section, '')}"
        work.without_row("enrollments", says, Becomes.ENDED, place=place.id, until_on=work.today)


def guardians(rows: Sequence[Staged], work: Work) -> None:
    """Guardians as either side tells of them. Who is no longer told of loses sight at once."""
    pairs: dict[tuple[str, str], Staged] = {}
    for row in rows:
        own = work.people.get(row.key)
        if own is None or not own.usable or row.deleted:
            continue
        for key in row.many("agentSourcedIds"):
            other = _wanted(key, work)
            if other is None or not other.usable:
                row.remark("agent-unknown", "agentSourcedIds", said=key[:60])
            elif (pair := _pair(own, other)) is None:
                row.remark("agent-no-guardian", "agentSourcedIds", said=key[:60])
            else:
                pairs.setdefault(pair, row)
    for (guardian, learner), row in pairs.items():
        _guardian(guardian, learner, row, work)
    _no_longer(pairs, rows, work)


def _wanted(key: str, work: Work) -> Wanted | None:
    held = work.held.by_key.get(key)
    return work.people.get(key) or (Wanted(key, held.name, set(held.roles), held) if held else None)


def _pair(one: Wanted, other: Wanted) -> tuple[str, str] | None:
    """(guardian, learner), whichever of the two told it."""
    family, learner = Role.FAMILY.value, Role.LEARNER.value
    if learner in one.roles and family in other.roles:
        return other.key, one.key
    if family in one.roles and learner in other.roles:
        return one.key, other.key
    return None


def _guardian(guardian: str, learner: str, row: Staged, work: Work) -> None:
    one, other = _wanted(guardian, work), _wanted(learner, work)
    assert one and other
    if one.held and other.held and (one.held.id, other.held.id) in work.held.guardianships:
        return
    work.lines.append(_line(f"{one.name} → {other.name}", row, guardian=guardian, learner=learner))


def _line(says: str, row: Staged, **change: str) -> Line:
    return Line("guardians", says, Becomes.NEW, row, dict(change))


def _no_longer(pairs: dict[tuple[str, str], Staged], rows: Sequence[Staged], work: Work) -> None:
    told = set()
    for guardian, learner in pairs:
        one, other = _wanted(guardian, work), _wanted(learner, work)
        if one and other and one.held and other.held:
            told.add((one.held.id, other.held.id))
    whole = work.bulk("users")
    rewritten = {
        person.held.id
        for row in rows
        if (person := work.people.get(row.key)) and person.held and (whole or row.many("agentSourcedIds"))
    }
    for tie, (key, by_file) in work.held.guardianships.items():
        if by_file and tie[1] in rewritten and tie not in told:
            says = " → ".join(work.held.people[one].name for one in tie)
            work.without_row("guardians", says, Becomes.ENDED, guardianship=key)
