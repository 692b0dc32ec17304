"""What the page of the ways in shows: groups, sheets of slips, and who was opted out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.voices.models import Asked, Listening, OptOut, Slip, WaitingLetter, WrittenTo

Sheets = Mapping[UUID, list["Sheet"]]  # by group


@dataclass(frozen=True, slots=True)
class Sheet:
    """Codes that were given out together, on paper or by mail; never which were used.

    `letters`, `waiting`, `given_up`: known until the listening is closed. Letters are fewer than codes where few were
    written to (decision 54).
    """

    number: int
    codes: int
    withdrawn: int
    by_mail: bool
    letters: int = 0
    waiting: int = 0
    given_up: int = 0

    @property
    def words(self) -> str:
        """What it is."""
        told = {"sheet": self.number, "n": self.letters if self.by_mail else self.codes}
        if not self.by_mail:
            said = ngettext("Sheet %(sheet)d: %(n)d slip", "Sheet %(sheet)d: %(n)d slips", self.codes)
        elif self.letters:
            said = ngettext("Sheet %(sheet)d: %(n)d letter", "Sheet %(sheet)d: %(n)d letters", self.letters)
        else:
            said = _("Sheet %(sheet)d: letters")
        return said % told

    @property
    def notes(self) -> list[str]:
        """How its letters fare: how many, never whose."""
        found = []
        if self.waiting:
            said = ngettext("%(n)d waits to be sent.", "%(n)d wait to be sent.", self.waiting)
            found.append(said % {"n": self.waiting})
        if self.given_up:
            said = ngettext("%(n)d could not be delivered.", "%(n)d could not be delivered.", self.given_up)
            found.append(said % {"n": self.given_up})
        return found

    @property
    def is_forgotten(self) -> bool:
        """By mail, and a backup was put back since, which holds no letters: nobody knows who was written to."""
        return self.by_mail and not self.letters and not self.withdrawn


def groups_of(listening: Listening) -> list[Asked]:
    """The groups that are asked. One query."""
    rows = Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
    return list(rows.select_related("listening").order_by("pk"))


def sheets_of(listening: Listening) -> Sheets:
    """The sheets of every group. Three queries."""
    here = {"organisation": listening.organisation_id, "asked__listening": listening}
    slips = Slip.objects.filter(**here).values_list("asked_id", "sheet", "by_mail")
    rows = slips.annotate(n=Count("pk"), gone=Count("pk", filter=Q(withdrawn=True)))
    written = WrittenTo.objects.filter(**here).values_list("asked_id", "sheet")
    letters = {
        (asked, sheet): (n, failed)
        for asked, sheet, n, failed in written.annotate(
            n=Count("pk"), failed=Count("pk", filter=Q(given_up=True))
        ).order_by()
    }
    waits = WaitingLetter.objects.filter(**here).values_list("asked_id", "sheet").annotate(n=Count("pk"))
    waiting = {(asked, sheet): n for asked, sheet, n in waits.order_by()}
    found: dict[UUID, list[Sheet]] = defaultdict(list)
    for asked, sheet, by_mail, n, gone in rows.order_by("asked_id", "sheet"):
        sent, failed = letters.get((asked, sheet), (0, 0))
        found[asked].append(Sheet(sheet, n, gone, by_mail, sent, waiting.get((asked, sheet), 0), failed))
    return found


def how_many_opted_out(asked: Asked) -> int:
    """How many children of this group are not to be asked. One query."""
    return OptOut.objects.filter(organisation=asked.organisation_id, asked=asked).count()


def opted_out(listening: Listening) -> list[OptOut]:
    """Who is not to be asked, by class and name. One query."""
    rows = OptOut.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    return list(rows.order_by("class_or_group", "child"))
