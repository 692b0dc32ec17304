"""What a draft changes against the version it was made from, in plain words. No database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, IndicatorPlan
from throughline.frameworks.draft_content import Content, blueprint_of, competencies_of, origins_of
from throughline.frameworks.labels import mark_name, witness_names
from throughline.frameworks.versions.comparison import DROPPED, MERGED, REWORDED, SAME, SPLIT, Fate, fates_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One text before and after; empty where there was or is none."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one competency. `uid` is its part of the draft ("" for one that is dropped)."""

    kind: str
    uid: str
    name: str
    sentence: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changes, sorted by kind; `same` only counted."""

    reworded: list[Change] = field(default_factory=list)
    split: list[Change] = field(default_factory=list)
    merged: list[Change] = field(default_factory=list)
    dropped: list[Change] = field(default_factory=list)
    new: list[Change] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)

    @property
    def none(self) -> bool:
        """Whether every competency is as it was, and no new one is there."""
        return not (self.reworded or self.split or self.merged or self.dropped or self.new)

    def parts(self) -> list[tuple[str, str, list[Change]]]:
        """Each kind that occurs: its title, what it means for records, the changes."""
        told = [
            (_("Reworded"), _("They keep their standing."), self.reworded),
            (_("Split"), _("Each part keeps the standing of the old one."), self.split),
            (
                _("Merged"),
                _(
                    "Earned only if all of the old ones were earned. Otherwise in progress, if any of them was "
                    "started."
                ),
                self.merged,
            ),
            (_("Dropped"), _("Decisions about them stay in the history only."), self.dropped),
            (_("New"), _("Nothing carries over to them."), self.new),
        ]
        return [each for each in told if each[2]]


def changes_of(old: Blueprint, content: Content) -> Changes:
    """What a draft makes of every competency of `old`, and what is new in it."""
    uids = {each["code"]: each["uid"] for _domain, each in competencies_of(content)}
    return changes_between(old, blueprint_of(content), origins_of(content), uids)


def changes_between(
    old: Blueprint, new: Blueprint, origins: Mapping[str, Sequence[str]], uids: Mapping[str, str]
) -> Changes:
    """What became of every competency of `old`, and what is new; `uids` are the parts of a draft, if it is one."""
    fates = fates_of(old, new, origins)
    before = {each.code: each for each in old.competencies}
    after = {each.code: each for each in new.competencies}
    sources: dict[str, list[Fate]] = defaultdict(list)
    for each in fates:
        sources[each.new].append(each)
    changes = Changes()
    for code, item in after.items():
        found = sources.get(code, [])
        names = [before[each.old].name for each in found]
        kind = found[0].kind if found else "new"
        said = _sentence(kind, names)
        differ = differences(before[found[0].old], item, new) if kind in (REWORDED, SPLIT) else ()
        _list(changes, kind).append(Change(kind, uids.get(code, ""), item.name, said, differ))
    for each in sources.get("", []):
        changes.dropped.append(Change(DROPPED, "", before[each.old].name, ""))
    return changes


def _list(changes: Changes, kind: str) -> list[Change]:
    return {
        SAME: changes.same,
        REWORDED: changes.reworded,
        SPLIT: changes.split,
        MERGED: changes.merged,
        "new": changes.new,
    }[kind]


def _sentence(kind: str, names: Sequence[str]) -> str:
    if kind == SPLIT:
        return _("A part of “%(name)s”.") % {"name": names[0]}
    if kind == MERGED:
        return _("Made from %(names)s.") % {
            "names": ", ".join(_("“%(name)s”") % {"name": each} for each in names)
        }
    return ""


def differences(old: CompetencyPlan, new: CompetencyPlan, plan: Blueprint) -> tuple[Difference, ...]:
    """Each text of a competency that differs, before and after."""
    levels = {"foundational": _("foundational"), "advanced": _("advanced")}
    pairs = [
        (_("Name"), old.name, new.name),
        (_("Level"), levels.get(old.level, old.level), levels.get(new.level, new.level)),
        (_("Description"), old.description, new.description),
    ]
    for place, step in enumerate(plan.content.get("steps", [])):
        pairs.append((step["label"], _at(old.steps, place), _at(new.steps, place)))
    found = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    found += _listed(
        _("Indicator"), [_idea(each) for each in old.indicators], [_idea(each) for each in new.indicators]
    )
    found += _listed(
        _("Example of evidence"),
        [f"{text} ({mark_name(mark)})" for mark, text in old.evidence],
        [f"{text} ({mark_name(mark)})" for mark, text in new.evidence],
    )
    return tuple(found)


def besides(old: Blueprint, new: Blueprint) -> tuple[Difference, ...]:
    """What differs besides the competencies: what is said of the whole, the steps, the domains and the order."""
    pairs = [
        (_("Title"), old.title, new.title),
        (_("Language"), old.language, new.language),
        *(
            (what, str(old.content.get(key) or ""), str(new.content.get(key) or ""))
            for what, key in (
                (_("Summary"), "summary"),
                (_("Attribution"), "attribution"),
                (_("Web address"), "source_url"),
            )
        ),
        (_("Steps"), _step_names(old), _step_names(new)),
    ]
    found = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    found += _listed(_("Domain"), _domain_words(old), _domain_words(new))
    one, other = ([each.name for each in plan.competencies] for plan in (old, new))
    if one != other and sorted(one) == sorted(other):
        found.append(Difference(_("Order of the competencies"), "", ", ".join(other)[:400]))
    return tuple(found)


def _step_names(plan: Blueprint) -> str:
    return "" if plan.borrows_steps else ", ".join(each["label"] for each in plan.content.get("steps", []))


def _domain_words(plan: Blueprint) -> list[str]:
    return [f"{each.name}: {each.question}" if each.question else each.name for each in plan.domains]


def _idea(each: IndicatorPlan) -> str:
    who = ", ".join(witness_names(each.witnesses))
    return f"{each.text} ({who})" if who else each.text


def _at(steps: Sequence[str], place: int) -> str:
    return steps[place] if place < len(steps) else ""


def _listed(what: str, before: Sequence[str], after: Sequence[str]) -> list[Difference]:
    """What went and what came in a list; those that are in both are left out, whatever their place."""
    gone = [each for each in before if each not in after]
    come = [each for each in after if each not in before]
    longest = max(len(gone), len(come))
    return [Difference(what, _at(gone, place), _at(come, place)) for place in range(longest)]


def same_in_words(count: int) -> str:
    """How many stay as they are."""
    return ngettext(
        "%(count)d competency stays as it is.", "%(count)d competencies stay as they are.", count
    ) % {"count": count}
