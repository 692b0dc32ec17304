"""A framework file that was exported here and comes back: what it changes, and what it could not say. Pure, no database.

A form of file says less than we know (CASE 1.0 has no witnesses), so reading it back alone would lose the rest. Three
are compared: `new`, what the file says now; `wrote`, what the file said when it was exported; `held`, what we know. Where
the file says what it said, we keep what we know; where it says something else, the file is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from throughline.frameworks.blueprint import CODE_LIMIT, Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.case.schema import named

Part = DomainPlan | CompetencyPlan
Ids = Mapping[tuple[str, ...], str]
Kind = TypeVar("Kind", DomainPlan, CompetencyPlan)
_DOMAIN_WORDS = ("code", "name", "question", "design_element")
_WORDS = ("code", "name", "level", "description", "steps", "evidence")
_IDEA_WORDS = ("code", "text", "witnesses")


def merged(new: Blueprint, wrote: Blueprint, held: Blueprint, ids: Ids) -> Blueprint:
    """What `new` makes of `held`; equal to `held` but for the number where it changes nothing.

    `ids` are the identifiers under which the parts of `held` were exported (`from_blueprint.identifiers`).
    """
    domains = _Matched(
        new.domains, wrote.domains, held.domains, {e.code: ids[(e.code,)] for e in held.domains}
    )
    items = _Matched(
        new.competencies,
        wrote.competencies,
        held.competencies,
        {each.code: ids[("", each.code)] for each in held.competencies},
    )
    codes = dict(_codes(new.competencies, items))
    domain_codes = dict(_codes(new.domains, domains))
    return replace(
        held,
        number=new.number,
        language=_pick(new.language, wrote.language, held.language),
        title=_pick(new.title, wrote.title, held.title),
        content=_content(new, wrote, held, codes),
        domains=tuple(
            replace(
                domains.made(each, _DOMAIN_WORDS),
                code=domain_codes[each.code],
                competencies=tuple(
                    _competency(item, items, ids, codes[item.code]) for item in each.competencies
                ),
            )
            for each in new.domains
        ),
    )


class _Matched:
    """For each new part the one that was written and the one that is held, found by identifier, then by code."""

    def __init__(
        self,
        new: Sequence[Kind],
        wrote: Sequence[Kind],
        held: Sequence[Kind],
        ids: Mapping[str, str],
    ) -> None:
        by_id: dict[str, Any] = {ids[each.code]: each for each in held}
        by_code = {each.code: each for each in held}
        found = {each.code: by_id.get(named(each.source_identifier)) for each in new}
        self._sure = {code for code, part in found.items() if part is not None}
        taken = {part.code for part in found.values() if part is not None}
        for each in new:
            twin = by_code.get(each.code)
            if found[each.code] is None and twin is not None and twin.code not in taken:
                found[each.code] = twin
                taken.add(twin.code)
        self.held: dict[str, Any] = found
        said = {named(each.source_identifier): each for each in wrote if each.source_identifier}
        said_codes = {each.code: each for each in wrote}
        self.wrote: dict[str, Any] = {
            each.code: said.get(named(each.source_identifier)) or said_codes.get(each.code) for each in new
        }

    def made(self, each: Kind, words: Sequence[str]) -> Kind:
        """The part with each of its words as it is now."""
        held, wrote = self.held[each.code], self.wrote[each.code]
        if held is None:
            return each
        wrote = wrote or held
        told = {word: _pick(*(getattr(part, word) for part in (each, wrote, held))) for word in words}
        sure = each.code in self._sure or not each.source_identifier
        return replace(
            each, **told, source_identifier=held.source_identifier if sure else each.source_identifier
        )


def _pick(new: Any, wrote: Any, held: Any) -> Any:
    return held if new == wrote else new


def _codes(parts: Sequence[Part], matched: _Matched) -> Iterator[tuple[str, str]]:
    """The code of each new part, by the code that the file gives it; no code twice."""
    kept = {}
    for each in parts:
        held, wrote = matched.held[each.code], matched.wrote[each.code]
        kept[each.code] = _pick(each.code, (wrote or held).code, held.code) if held else None
    taken = {code for code in kept.values() if code}
    used: set[str] = set()
    for each in parts:
        code, again = kept[each.code] or each.code, 1
        while code in used or (not kept[each.code] and code in taken):
            again += 1
            code = f"{each.code[: CODE_LIMIT - 8]}-{again}"
        used.add(code)
        yield each.code, code


def _competency(each: CompetencyPlan, items: _Matched, ids: Ids, code: str) -> CompetencyPlan:
    made = replace(items.made(each, _WORDS), code=code)
    held, wrote = items.held[each.code], items.wrote[each.code]
    if held is None:
        return made
    if wrote is not None and _told(each.indicators) == _told(wrote.indicators):
        return replace(made, indicators=held.indicators)
    return replace(made, indicators=tuple(_ideas(each, wrote or held, held, ids)))


def _told(ideas: Sequence[IndicatorPlan]) -> list[tuple[Any, ...]]:
    return [(each.code, each.text, each.witnesses, named(each.source_identifier)) for each in ideas]


def _ideas(
    each: CompetencyPlan, wrote: CompetencyPlan, held: CompetencyPlan, ids: Ids
) -> Iterator[IndicatorPlan]:
    known = {ids[("", held.code, str(place))]: idea for place, idea in enumerate(held.indicators, start=1)}
    texts = {idea.text: idea for idea in held.indicators}
    said = {named(idea.source_identifier): idea for idea in wrote.indicators if idea.source_identifier}
    said_texts = {idea.text: idea for idea in wrote.indicators}
    for idea in each.indicators:
        old = known.get(named(idea.source_identifier))
        sure = old is not None or not idea.source_identifier
        old = old or texts.get(idea.text)
        if old is None:
            yield idea
            continue
        before = said.get(named(idea.source_identifier)) or said_texts.get(idea.text) or old
        told = {word: _pick(*(getattr(part, word) for part in (idea, before, old))) for word in _IDEA_WORDS}
        yield replace(
            idea, **told, source_identifier=old.source_identifier if sure else idea.source_identifier
        )


def _content(new: Blueprint, wrote: Blueprint, held: Blueprint, codes: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key in dict.fromkeys([*held.content, *new.content]):
        if new.content.get(key) == wrote.content.get(key):
            if key in held.content:
                made[key] = held.content[key]
        elif key in new.content:
            made[key] = new.content[key]
    if "source_codes" in made and made["source_codes"] is not held.content.get("source_codes"):
        made["source_codes"] = _source_codes(new, wrote, held, codes)
    return made


def _source_codes(
    new: Blueprint, wrote: Blueprint, held: Blueprint, codes: Mapping[str, str]
) -> dict[str, str]:
    """Other bodies' codes, each by the code that the competency has now."""
    said, before = new.content.get("source_codes", {}), wrote.content.get("source_codes", {})
    known = held.content.get("source_codes", {})
    made = {code: text for code, text in known.items() if code in codes.values() and code not in said}
    for name, text in said.items():
        code = codes.get(name, name)
        if text != before.get(name):
            made[code] = text
        elif code in known:
            made[code] = known[code]
    return made
