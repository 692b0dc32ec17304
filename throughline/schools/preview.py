"""A pasted list as it stands against the organisation: who is new, who is in already, and what must be put right."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.schools.actions import Entry, Outcome
from throughline.schools.letters import role_names
from throughline.schools.models import Organisation, Role, roles_in
from throughline.schools.queries import members_by_address
from throughline.schools.roster import LIMIT, Line, read

# What lists from other systems call the same people.
_ALSO = {
    "teacher": Role.EDUCATOR,
    "student": Role.LEARNER,
    "pupil": Role.LEARNER,
    "parent": Role.FAMILY,
    "guardian": Role.FAMILY,
    "counselor": Role.REGISTRAR,
    "counsellor": Role.REGISTRAR,
    "registrar": Role.REGISTRAR,
    "family": Role.FAMILY,
    "team": Role.TEAM,
    "lead": Role.LEAD,
}


def role_words(kind: str) -> dict[str, str]:
    """Every word for a role that may be held here, in every language of the interface, in small letters."""
    offered = roles_in(kind)
    words = {word: role.value for word, role in _ALSO.items() if role in offered}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words.update({str(role.label).casefold(): role.value for role in offered})
    words.update({role.value: role.value for role in offered})
    return words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list with what would come of it."""

    line: Line
    chosen: str
    choices: list[tuple[str, str]]
    outcome: Outcome | None
    error: str

    @property
    def field(self) -> str:
        """The name of the row's choice of role in the form."""
        return f"role:{self.line.email}"


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole list."""

    rows: list[Row]
    error: str = ""

    @property
    def wrong(self) -> list[Row]:
        """Rows that must be put right first."""
        return [row for row in self.rows if row.error]

    @property
    def invited(self) -> int:
        """How many people an invitation would go to."""
        return sum(1 for row in self.rows if row.outcome not in (None, Outcome.ALREADY_IN))

    @property
    def is_ready(self) -> bool:
        """Nothing is wrong and there is someone to invite."""
        return not self.error and not self.wrong and self.invited > 0

    @property
    def entries(self) -> list[Entry]:
        """For the verb."""
        return [Entry(row.line.name, row.line.email, tuple(row.chosen.split())) for row in self.rows]

    @property
    def summary(self) -> str:
        """In one sentence."""
        if self.wrong:
            return ngettext(
                "%(n)d line needs fixing. Nobody is invited until every line is right.",
                "%(n)d lines need fixing. Nobody is invited until every line is right.",
                len(self.wrong),
            ) % {"n": len(self.wrong)}
        if not self.invited:
            return _("Everyone in this list is already a member.")
        return ngettext("%(n)d person will be invited.", "%(n)d people will be invited.", self.invited) % {
            "n": self.invited
        }


def preview(organisation: Organisation, *, text: str, usual: str, chosen: Mapping[str, str]) -> Preview:
    """Read `text`; `usual` is the role of lines that name none, `chosen` what was picked row by row, by address."""
    words = role_words(organisation.kind)
    lines = read(text, roles=words, usual=usual)
    if not lines:
        return Preview([], _("There is nobody in this list yet. Enter one person per line."))
    if len(lines) > LIMIT:
        sentence = _("This list has %(n)d lines. Please invite no more than %(limit)d people at a time.")
        return Preview([], sentence % {"n": len(lines), "limit": LIMIT})
    known = members_by_address(organisation, [line.email for line in lines if line.email])
    single = [(role.value, str(role.label)) for role in roles_in(organisation.kind)]
    rows = []
    for line in lines:
        written = " ".join(line.roles)
        choices = [(written, role_names(line.roles)), *single] if len(line.roles) > 1 else single
        wish = chosen.get(line.email, "")
        role = wish if wish in dict(choices) else written
        member = known.get(line.email)
        outcome = None
        if not line.error:
            if member is None:
                outcome = Outcome.NEW
            elif member.is_active:
                outcome = Outcome.ALREADY_IN
            else:
                outcome = Outcome.BACK if member.left_at else Outcome.AGAIN
        rows.append(Row(line, role, choices, outcome, line.error))
    return Preview(rows)
