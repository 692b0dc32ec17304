"""Figures in whole sentences: counts, never percentages, and words that blame nobody."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from throughline.voices.figures.comparing import Agreement, Change, Seen, Tendency, Uneven
from throughline.voices.figures.estimating import Interval
from throughline.voices.figures.reading import Cell, Figure, Result, Unit
from throughline.voices.figures.suppression import Part, Said, Together, Way
from throughline.voices.groups import BY_CODE
from throughline.voices.scales import SCALES

LOW_RATE = 30  # of a hundred invited: fewer are told to be too few to speak for the group


def favorable_words(scale: str, *, young: bool = False) -> str:
    """The two most favorable steps of a scale, as they stand within a sentence: "often or always"."""
    if young:
        return {
            "how-often": pgettext("answers", "a lot or always"),
            "how-far": pgettext("answers", "mostly or all the way"),
            "how-many": pgettext("answers", "most or all"),
        }[scale]
    return {
        "how-often": pgettext("answers", "often or always"),
        "how-far": pgettext("answers", "mostly or completely"),
        "how-many": pgettext("answers", "most or all"),
    }[scale]


def sentence(figure: Figure) -> str:
    """What a figure says: "31 of 48 said often or always."."""
    said = {
        "count": figure.favorable,
        "of": figure.of,
        "answer": favorable_words(figure.scale, young=figure.unit.young),
    }
    if figure.of is None:
        return _("Too few answered this to show a figure.")
    if figure.said is Said.COUNTS:
        return _("%(count)d of %(of)d said %(answer)s.") % said
    # Of five, two are no "hardly anybody".
    if figure.said is Said.NEARLY_ALL:
        told = _("Of %(of)d, nearly all said %(answer)s.")
        return (told if figure.of >= 10 else _("Of %(of)d, more than half said %(answer)s.")) % said
    told = _("Of %(of)d, hardly anybody said %(answer)s.")
    return (told if figure.of >= 10 else _("Of %(of)d, fewer than half said %(answer)s.")) % said


def part_words(part: Part, scale: str, *, young: bool = False) -> str:
    """The labels of a part of the distribution: "Never or rarely" where two steps are shown as one."""
    labels = [str((SCALES[scale].simple if young else SCALES[scale].labels)[step]) for step in part.steps]
    if len(labels) == 1:
        return labels[0]
    if len(labels) == 2:
        return _("%(first)s or %(second)s") % {"first": labels[0], "second": _small(labels[1])}
    return _("%(first)s, %(second)s or %(third)s") % {
        "first": labels[0],
        "second": _small(labels[1]),
        "third": _small(labels[2]),
    }


def part_sentence(part: Part, of: int, scale: str, *, young: bool = False) -> str:
    """One part of the distribution as a sentence."""
    said = {"count": part.count, "of": of, "answer": part_words(part, scale, young=young)}
    return _("%(count)d of %(of)d: %(answer)s") % said


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def not_answering(figure: Figure) -> list[str]:
    """How many said that it does not apply to them and how many would rather not say, where that is shown."""
    told = []
    if figure.does_not_apply:
        words = ngettext("It does not apply to %(n)d.", "It does not apply to %(n)d.", figure.does_not_apply)
        told.append(words % {"n": figure.does_not_apply})
    if figure.rather_not:
        words = ngettext("%(n)d would rather not say.", "%(n)d would rather not say.", figure.rather_not)
        told.append(words % {"n": figure.rather_not})
    return told


def interval_words(interval: Interval) -> str:
    """How far everybody invited may lie from those who answered."""
    if interval.low == interval.high:
        return _("Everybody who was invited answered.")
    return _("Had all %(of)d invited answered, between %(low)d and %(high)d would probably have said so.") % {
        "of": interval.of,
        "low": interval.low,
        "high": interval.high,
    }


def groups_words(groups: Sequence[str]) -> str:
    """The names of groups, joined: "Community and Board"."""
    names = [str(BY_CODE[code].name) for code in groups]
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def unit_words(unit: Unit) -> str:
    """What a unit is called: its groups, and how their answers came."""
    said = {"groups": groups_words(unit.groups)}
    return {
        Way.INVITED: _("%(groups)s, by code"),
        Way.LINK: _("%(groups)s, by the open link or on paper"),
        Way.BOTH: _("%(groups)s, by code, by the open link or on paper"),
    }[unit.way] % said


def answered_words(unit: Unit) -> str:
    """How many answered, of how many invited where that is known."""
    said = {"n": unit.people, "all": unit.answered, "invited": unit.invited}
    if unit.invited is None or unit.answered > unit.invited:
        return ngettext("%(n)d person answered.", "%(n)d people answered.", unit.people) % said
    if unit.answered > unit.people:
        return _("%(n)d answered this way; in all, %(all)d of %(invited)d invited answered.") % said
    return _("%(n)d of %(invited)d invited answered.") % said


def cautions(unit: Unit) -> list[str]:
    """What to keep in mind when reading a unit."""
    told = []
    if unit.invited is None:
        told.append(
            _("It is not known how many were invited, so nobody knows for how many these answers speak.")
        )
    elif unit.answered > unit.invited:
        told.append(
            _("More answered than were invited: the link went further, or some answered more than once.")
        )
    elif unit.answered * 100 < unit.invited * LOW_RATE:
        told.append(_("Few of those invited answered. Those who stayed away may see it differently."))
    if unit.way is not Way.INVITED:
        told.append(
            _(
                "Whoever had the link or a sheet could answer, also more than once: these people chose themselves."
            )
        )
    if unit.together is Together.LEFT_OVER:
        told.append(_("Each of these groups was too small for figures of its own, so they are shown as one."))
    if unit.together is Together.PLANNED:
        told.append(_("The school counts these groups as one."))
    if unit.lost:
        told.append(
            _(
                "A few more of this group answered another way. They are too few for figures, and were not added in."
            )
        )
    return told


def change_words(change: Change) -> str:
    """What a unit says now beside what it said in the listening before."""
    said = {"before": sentence(change.before), "now": sentence(change.now)}
    return {
        Tendency.MORE: _("More said so than last time. Then: %(before)s Now: %(now)s"),
        Tendency.FEWER: _("Fewer said so than last time. Then: %(before)s Now: %(now)s"),
        Tendency.ALIKE: _("Much the same as last time. Then: %(before)s Now: %(now)s"),
    }[change.tendency] % said


def agreement_words(agreement: Agreement) -> str:
    """Where groups agree and where they see it differently, for one indicator."""
    if agreement.seen is Seen.ALIKE:
        return _("The groups see this much alike.")
    if agreement.seen is Seen.APART:
        high, low = agreement.high, agreement.low
        return _(
            "The groups see this differently. %(high)s: %(high_said)s %(low)s: %(low_said)s Ask both what they have in mind."
        ) % {
            "high": unit_words(high.unit),
            "high_said": sentence(high),
            "low": unit_words(low.unit),
            "low_said": sentence(low),
        }
    return _("The groups differ a little; these answers cannot tell whether that is chance.")


def cell_words(result: Result, cut: str, choices: Sequence[str]) -> str:
    """What one cell of a cut is called: the choices in it, and those who chose none."""
    names = [result.choice_words(cut, choice) for choice in choices if choice]
    if "" in choices:
        names.append(_("those who would rather not say"))
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def cell_sentence(result: Result, cut: str, figure: Figure, cell: Cell) -> str:
    """What one cell of a cut says: "Grades 6 to 8: 12 of 30 said often or always." """
    return _("%(cell)s: %(count)d of %(of)d said %(answer)s.") % {
        "cell": cell_words(result, cut, cell.choices),
        "count": cell.favorable,
        "of": cell.of,
        "answer": favorable_words(figure.scale, young=figure.unit.young),
    }


def uneven_words(result: Result, uneven: Uneven) -> str:
    """Whose experience differs, as a question about what the school does and not about who they are."""
    said = {
        "high": cell_sentence(result, uneven.cut, uneven.figure, uneven.high),
        "low": cell_sentence(result, uneven.cut, uneven.figure, uneven.low),
    }
    return (
        _("This is not the same for everybody. %(high)s %(low)s What does the school do differently here?")
        % said
    )
