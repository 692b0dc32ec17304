"""Named reads of the history of an element's text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from throughline.elements.editing.queries import text_at
from throughline.elements.groups import GROUPS, groups_of
from throughline.elements.history.keeping import ledger_of
from throughline.elements.models import Edition, Element, NamedVersion, Remark, Sitting
from throughline.elements.writing.places import segments
from throughline.elements.writing.schema import EMPTY
from throughline.schools.models import Membership, RoleHolding

# Someone who speaks for several groups counts in the first of these.
AHEAD = ("leaders", "board")
FIRST = (*AHEAD, *(group for group, _name in GROUPS if group not in AHEAD))


@dataclass(frozen=True, slots=True)
class Share:
    """What a person or group brought: words that stand in the text now, and things said about it."""

    name: str | Promise
    words: int
    remarks: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph and whose words it is made of, most first."""

    words: str
    people: list[tuple[str, int]]

    @property
    def told(self) -> SafeString:
        """Each with how many of the words are theirs. A text has hundreds of paragraphs: no template for each."""
        return format_html_join(", ", "<bdi>{}</bdi> ({})", self.people)


@dataclass(frozen=True, slots=True)
class Contributions:
    """Who wrote what: paragraph by paragraph, by person, and by group for asking who is missing."""

    paragraphs: list[Written]
    people: list[Share]
    groups: list[Share]

    @property
    def missing(self) -> list[Share]:
        """Groups that the organisation has and that neither wrote nor said anything."""
        return [each for each in self.groups if each.people and not each.words and not each.remarks]


def sittings_of(element: Element) -> QuerySet[Sitting]:
    """The sittings, the newest first."""
    found = Sitting.objects.filter(organisation_id=element.organisation_id, element=element)
    return found.order_by("-start")


def names_of(element: Element, members: Iterable[UUID]) -> dict[str, str]:
    """Names by the id of the membership, as a text. One query."""
    found = Membership.objects.filter(organisation_id=element.organisation_id, pk__in=list(members))
    return {str(key): name for key, name in found.values_list("pk", "name")}


def named_versions(element: Element) -> QuerySet[NamedVersion]:
    """Versions that somebody gave a name, the newest first."""
    found = NamedVersion.objects.filter(organisation_id=element.organisation_id, element=element)
    return found.select_related("by").order_by("-version", "-at")


def editions_of(element: Element) -> QuerySet[Edition]:
    """What was adopted, the newest first, without the texts."""
    found = Edition.objects.filter(organisation_id=element.organisation_id, element=element)
    return found.only("number", "title", "adopted_on", "organisation_id").order_by("-number")


def document_of(element: Element, told: str) -> dict[str, Any] | None:
    """The text of a version (its number) or of an edition (`edition-2`); None when there is none."""
    if told.startswith("edition-") and told[8:].isdecimal():
        found = Edition.objects.filter(
            organisation_id=element.organisation_id, element=element, number=int(told[8:])
        ).first()
        return (found.document or EMPTY) if found else None
    if not told.isdecimal() or len(told) > 9 or int(told) > element.head:
        return None
    return text_at(element, int(told)).document


def contributions_to(element: Element) -> Contributions:
    """Who wrote what in the newest text. Six queries at most."""
    ledger = ledger_of(element)
    here = element.organisation_id
    said = dict(
        Remark.objects.filter(organisation_id=here, thread__element=element, voice="")
        .values_list("by")
        .annotate(number=Count("pk"))
        .values_list("by", "number")
    )
    found = [(each.words, ledger.words_between(each.start, each.end)) for each in segments(ledger.line)]
    words: Counter[str] = Counter()
    for _words, theirs in found:
        words.update(theirs)
    names = names_of(element, {UUID(each) for each in words if each} | set(said))
    people = [Share(name, words[each], said.get(UUID(each), 0)) for each, name in names.items()]
    return Contributions(
        [Written(words, _named(theirs, names)) for words, theirs in found if words],
        sorted(people, key=lambda each: (-each.words, -each.remarks, str(each.name))),
        _groups(element, words, said),
    )


def _named(words: Counter[str], names: dict[str, str]) -> list[tuple[str, int]]:
    return [(names[each], number) for each, number in words.most_common() if each in names]


def _groups(element: Element, words: Counter[str], said: dict[UUID, int]) -> list[Share]:
    """One query. Whoever speaks for several groups counts once. Those who left count where they wrote, and not as people."""
    roles: dict[UUID, set[str]] = {}
    here: set[UUID] = set()
    held = RoleHolding.objects.filter(organisation_id=element.organisation_id)
    for member, role, left, joined in held.values_list(
        "membership", "role", "membership__left_at", "membership__joined_at"
    ):
        roles.setdefault(member, set()).add(role)
        if joined and not left:
            here.add(member)
    members: dict[str, set[UUID]] = {group: set() for group, _name in GROUPS}
    for member, each in roles.items():
        theirs = groups_of(each)
        members[next(group for group in FIRST if group in theirs)].add(member)
    return [
        Share(
            name,
            sum(words[str(member)] for member in members[group]),
            sum(said.get(member, 0) for member in members[group]),
            len(members[group] & here),
        )
        for group, name in GROUPS
    ]
