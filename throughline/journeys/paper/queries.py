"""Named reads of rating on paper: how many sheets are in, which can be printed, who keys them in."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import Tree
from throughline.journeys.models import Rater, Rating, Round, RoundItem, Sheet, Typist
from throughline.journeys.paper.sheets import Row
from throughline.journeys.queries import asked
from throughline.journeys.spread.queries import FEWEST_FOR_DOTS
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Stack:
    """How many rate on paper, and how many of their sheets are in."""

    people: int
    sheets_in: int
    on_screen: int

    @property
    def tells_of_one(self) -> bool:
        """Whether this count, beside that of all who have finished, says of a single person whether they have."""
        return bool(self.people) and 1 in (self.people, self.on_screen)

    def in_words(self) -> str:
        """The count as a sentence; empty where nobody rates on paper."""
        if not self.people:
            return ""
        return ngettext(
            "%(in)s of %(all)s paper sheet entered.", "%(in)s of %(all)s paper sheets entered.", self.people
        ) % {"in": self.sheets_in, "all": self.people}


def stack_of(held: Round) -> Stack:
    """Counts only. One query."""
    counted = Rater.objects.filter(organisation=held.organisation_id, round=held).aggregate(
        people=Count("pk", filter=Q(membership__isnull=False, on_paper=True)),
        sheets=Count("pk", filter=Q(sheet_in=True)),
        on_screen=Count("pk", filter=Q(on_paper=False)),
    )
    return Stack(counted["people"], counted["sheets"], counted["on_screen"])


def people_asked(held: Round) -> QuerySet[Rater]:
    """Everyone asked in a round, by name: those on paper and those on screen."""
    return (
        Rater.objects.filter(organisation=held.organisation_id, round=held, membership__isnull=False)
        .select_related("membership")
        .order_by("membership__name", "id")
    )


def sheets_to_print(held: Round) -> QuerySet[Sheet]:
    """The sheets that are not in yet, in the order of their codes, which tells nothing; with names, by name."""
    rows = Sheet.objects.filter(organisation=held.organisation_id, round=held, is_in=False)
    order = ("rater__membership__name", "code") if held.names_shown else ("code",)
    return rows.select_related("rater__membership").order_by(*order)


def typists_of(held: Round) -> QuerySet[Typist]:
    """Who keys in, by name."""
    rows = Typist.objects.filter(organisation=held.organisation_id, round=held)
    return rows.select_related("membership").order_by("membership__name", "id")


def rounds_keyed_in_by(seat: Seat) -> QuerySet[Round]:
    """Rounds whose sheets this person was named to key in. They need not see the journey itself."""
    mine = Typist.objects.filter(organisation=seat.organisation, membership=seat.membership)
    return Round.objects.filter(organisation=seat.organisation, pk__in=mine.values("round")).select_related(
        "journey__record__group"
    )


def nobody_has_begun(held: Round) -> bool:
    """Whether nothing at all has been rated yet, by anyone and either way."""
    items = RoundItem.objects.filter(organisation=held.organisation_id, round=held)
    return not Rating.objects.filter(organisation=held.organisation_id, item__in=items.values("pk")).exists()


def rows_of(sheet: Sheet, items: list[RoundItem], framework: Tree) -> list[RoundItem]:
    """What a sheet asks, in its order: the rows of the printed sheet and of the page for keying in alike."""
    return asked(Rater(domains=sheet.domains), items, framework)


def kept_rows(sheet: Sheet) -> dict[UUID, Row]:
    """What was keyed in from a sheet, by round item; to be compared with, never to be shown."""
    if sheet.rater_id is None:
        return {}
    found = Rating.objects.filter(organisation=sheet.organisation_id, rater=sheet.rater_id)
    return {row.item_id: Row(row.step, row.confidence, row.comment, row.comment_released) for row in found}


def is_small(held: Round, framework: Tree) -> bool:
    """Where fewer than five are asked about some competency, others read a comment only if its author allows it."""
    if held.names_shown:
        return False
    people = list(people_asked(held))
    everyone = sum(not each.domains for each in people)
    some = Counter(domain for each in people for domain in each.domains)
    here = [str(domain.id) for domain in framework.domains]
    return min((everyone + some[domain] for domain in here), default=0) < FEWEST_FOR_DOTS


def alone_on_paper(held: Round) -> bool:
    """Whether a sheet tells whose it is because only one person on paper is asked just that."""
    kinds = Counter(tuple(sorted(each.domains)) for each in people_asked(held) if each.on_paper)
    return not held.names_shown and any(count == 1 for count in kinds.values())


def printed_words(held: Round) -> str:
    """Why there is nothing to print yet; empty when there is."""
    if held.state == Round.State.DRAFT:
        return _("You can print the sheets as soon as the round is open.")
    if held.state != Round.State.RATING:
        return _("Rating has ended, so you can’t print more sheets.")
    return ""
