"""The district's page in words: whole sentences for translators, names apart from the text around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import CompetencyItem
from throughline.network.district import Cell, Help, Matrix, State
from throughline.records.models import StandingValue
from throughline.records.profile.picture import LegendEntry, mark_of


def names(those: Sequence[str]) -> str:
    """Names in a row: “A”, “A and B”, “A, B and C”; each set apart, whatever way it is written."""
    apart = [f"\u2068{each}\u2069" for each in those]
    if len(apart) < 2:
        return "".join(apart)
    return _("%(names)s and %(last)s") % {"names": ", ".join(apart[:-1]), "last": apart[-1]}


def state_in_words(state: State | None) -> str:
    """Where a competency stands, in words."""
    if state is None:
        return _("rated with different wording")
    if state.set_aside:
        return _("left out")
    label = str(StandingValue(state.standing).label)
    return _("%(standing)s, to re-check") % {"standing": label} if state.recheck else label


@dataclass(frozen=True, slots=True)
class CellRead:
    """A mark with its words; `was` only where something changed and the change is asked for."""

    school: str
    mark: SafeString | str
    words: str
    was_mark: SafeString | str
    was: str


def cell_read(cell: Cell, hue: int, *, with_change: bool) -> CellRead:
    """One cell of the matrix, ready to be laid out."""
    was_mark: SafeString | str = ""
    was = ""
    if with_change and cell.changed and cell.then is not None:
        was_mark, was = (
            _mark(cell.then, hue),
            _("before: %(standing)s") % {"standing": state_in_words(cell.then)},
        )
    mark: SafeString | str = _mark(cell.now, hue) if cell.now is not None else ""
    return CellRead(cell.school, mark, state_in_words(cell.now), was_mark, was)


def _mark(state: State, hue: int) -> SafeString:
    return mark_of(state.standing, hue, state.recheck and not state.set_aside, state.set_aside)


def legend_of(matrix: Matrix) -> list[LegendEntry]:
    """The meaning of every mark in the matrix, and of no other."""
    states = [cell.now for _domain, rows in matrix.parts for row in rows for cell in row.cells if cell.now]
    seen = {state.standing for state in states if not state.set_aside}
    order = (StandingValue.EARNED, StandingValue.IN_PROGRESS, StandingValue.NOT_STARTED)
    entries = [LegendEntry(mark_of(each.value), str(each.label)) for each in order if each.value in seen]
    if any(state.set_aside for state in states):
        entries.append(LegendEntry(mark_of(StandingValue.NOT_STARTED, set_aside=True), _("left out")))
    if any(state.recheck and not state.set_aside for state in states):
        entries.append(LegendEntry(mark_of(StandingValue.EARNED, recheck=True), _("to re-check")))
    return entries


@dataclass(frozen=True, slots=True)
class HelpRead:
    """Who could help whom with one competency, as two sentences, and whom one can write to."""

    competency: CompetencyItem
    earned: str
    working: str
    write_to: tuple[tuple[str, UUID], ...]


def help_read(each: Help) -> HelpRead:
    """The sentences of `district.who_could_help`."""
    schools = [picture.school for picture in each.earned]
    return HelpRead(
        competency=each.competency,
        earned=ngettext(
            "%(schools)s has earned it and is happy to be asked.",
            "%(schools)s have earned it and are happy to be asked.",
            len(schools),
        )
        % {"schools": names(schools)},
        working=ngettext("%(schools)s is working on it.", "%(schools)s are working on it.", len(each.working))
        % {"schools": names(each.working)},
        write_to=tuple((picture.school, picture.share_id) for picture in each.earned),
    )
