"""Actions as rows of a list: plain functions that answer safe HTML, because a plan may have hundreds of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape  # of Django's, half the time goes into asking whether a text is translated later
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from throughline.plans.doing.queries import Line
from throughline.plans.models import Action
from throughline.ui.pieces import icon, pill
from throughline.ui.times import day_in_words

TONES = {Action.State.UNDER_WAY: "info", Action.State.DONE: "success"}
_SAMPLE = UUID(int=0)


def rows(
    lines: Sequence[Line], school: str, waits: Mapping[UUID, int], today: date, moves: bool = False
) -> SafeString:
    """A list of actions: what, who, by when, and what is the matter.

    `moves` adds the buttons that put a row further up or down; a form stands around the list then.
    """
    address = reverse("plans:action", kwargs={"school": school, "action_id": _SAMPLE})
    before, _sep, after = address.partition(str(_SAMPLE))
    parts = []
    last = len(lines) - 1
    language = get_language()
    for at, line in enumerate(lines):
        there = f"{before}{line.id}{after}"
        side = _movers(line, f"{there}move/", at == 0, at == last) if moves and last else ""
        below = " below" if side else ""
        parts.append(
            f'<li class="record-block"><div class="body"><a class="title" href="{there}"><bdi>'
            f'{escape(line.title)}</bdi></a><p class="note">{_note(line, waits.get(line.id, 0), language)}</p></div>'
            f'<div class="side small{below}">{_state(line.state, language, late=line.is_late(today))}{side}</div></li>'
        )
    return mark_safe(f'<ul class="records">{"".join(parts)}</ul>' if parts else "")  # noqa: S308  (escaped above)


def _note(line: Line, waits: int, language: str | None) -> str:
    words = []
    if line.needs_owner:
        words.append(_unowned(language))
    elif line.owner:
        words.append(f"<bdi>{escape(line.owner)}</bdi>")
    if line.due_on:
        words.append(f'<span class="nowrap">{escape(due_in_words(line.due_on, language))}</span>')
    if waits and line.is_open:
        words.append(
            escape(ngettext("waits for %(n)d other", "waits for %(n)d others", waits) % {"n": waits})
        )
    return " · ".join(words)


def _movers(line: Line, there: str, first: bool, last: bool) -> str:
    parts = []
    for name, shown, words in (
        ("up", not first, _("Move up: %(name)s")),
        ("down", not last, _("Move down: %(name)s")),
    ):
        if not shown:
            parts.append('<span class="none"></span>')
        else:
            parts.append(
                f'<button class="button small quiet" name="{name}" formaction="{there}" '
                f'aria-label="{escape(words % {"name": line.title})}">{icon(f"arrow-{name}", 16)}</button>'
            )
    return f'<span class="plan-move">{"".join(parts)}</span>'


# Of hundreds of rows few differ in these: each is put into words once. `language` is the one in force and keeps them apart.


@lru_cache(maxsize=2048)
def due_in_words(day: date, language: str | None) -> str:
    """By when it is due."""
    return _("due %(day)s") % {"day": day_in_words(day)}


@lru_cache(maxsize=64)
def state_in_words(state: str, language: str | None) -> str:
    """How it stands."""
    return str(Action.State(state).label)


@lru_cache(maxsize=64)
def _state(state: str, language: str | None, *, late: bool) -> str:
    if late:
        return str(pill(_("late"), "error"))
    return str(pill(state_in_words(state, language), TONES.get(Action.State(state), "")))


@lru_cache(maxsize=16)
def _unowned(language: str | None) -> str:
    return str(pill(_("needs an owner"), "warn"))
