"""Which nodes of a CASE package are domains and competencies: a person's choice, or a proposal. No ORM."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import (
    CODE_LIMIT,
    DOMAIN_NAME_LIMIT,
    NAME_LIMIT,
    TITLE_LIMIT,
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    FrameworkProblem,
    IndicatorPlan,
    default_steps,
)
from throughline.frameworks.case.builder import DOMAIN, INDICATOR
from throughline.frameworks.case.extensions import (
    OUR_TYPES,
    as_domain,
    code_in,
    code_of,
    content_of,
    evidence_of,
    level_of,
    text_in,
    witnesses_of,
)
from throughline.frameworks.case.item_tree import CaseNode
from throughline.frameworks.case.reading import CasePackage
from throughline.frameworks.markup import flattened
from throughline.kit.text import clean_line

OUTCOME_GROUP, OUTCOME = "Outcome group", "Outcome"  # the types of what came from Canvas


@dataclass(frozen=True, slots=True)
class Pick:
    """Nodes of one depth (0: the document itself), of these item types, with these identifiers or codes; `known`: with
    these identifiers, which need not all be there.
    """

    depth: int | None = None
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.depth is not None or bool(self.kinds or self.ids or self.known)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a package becomes a framework. What is left empty is proposed; every competency is foundational
    unless `advanced` picks it; the children of a competency are its indicators unless there are too many.
    """

    domains: Pick = Pick()
    competencies: Pick = Pick()
    advanced: Pick = Pick()
    indicators: bool = True
    most_indicators: int = 12


def blueprint_of(package: CasePackage, choice: Choice) -> tuple[Blueprint, list[str]]:
    """The framework that `choice` makes of the package, and remarks on what was left out."""
    domains, competencies = _chosen(package, choice)
    domains = [as_domain(node) if node.parent is None else node for node in domains]
    advanced = {node.identifier for node in _found(package, choice.advanced)}
    under = _under_domains(domains, competencies)
    notes = list(package.notes)
    empty = [node for node in domains if node.identifier not in under and node.kind != DOMAIN]
    gone = {node.identifier for node in empty}
    kept = [node for node in domains if node.identifier not in gone]
    if empty:
        notes.append(
            ngettext(
                "%(count)d domain has no competencies and was left out: %(names)s.",
                "%(count)d domains have no competencies and were left out: %(names)s.",
                len(empty),
            )
            % {"count": len(empty), "names": _named(empty)}
        )
    taken = {node.identifier for node in competencies}
    ours = _is_ours(package)
    ideas = {node.identifier: _ideas(node, choice, taken, notes, ours=ours) for node in competencies}
    _remark_on_the_rest(package, kept, competencies, ideas, notes)
    domain_codes, codes = _codes(kept, ours=ours), _codes(competencies, ours=ours)
    plans = tuple(
        DomainPlan(
            code=domain_codes[domain.identifier],
            name=_name(domain, DOMAIN_NAME_LIMIT),
            question=text_in(domain.own, "question") or _beyond(domain, DOMAIN_NAME_LIMIT),
            design_element=text_in(domain.own, "designElement", CODE_LIMIT),
            competencies=tuple(
                CompetencyPlan(
                    code=codes[node.identifier],
                    name=_name(node, NAME_LIMIT),
                    level=_level(node, advanced),
                    description=_beyond(node, NAME_LIMIT) or text_in(node.own, "description"),
                    steps=package.told.get(node.identifier, ()),
                    evidence=evidence_of(node),
                    indicators=ideas[node.identifier],
                    source_identifier=node.identifier,
                )
                for node in under.get(domain.identifier, ())
            ),
            source_identifier=domain.identifier,
        )
        for domain in kept
    )
    return _assembled(package, plans, codes, competencies), notes


def _assembled(
    package: CasePackage, plans: tuple[DomainPlan, ...], codes: dict[str, str], competencies: list[CaseNode]
) -> Blueprint:
    ours = content_of(package.root.own)
    title = flattened(package.title, TITLE_LIMIT) or package.title[:TITLE_LIMIT]
    if ours is not None and ours.get("title") and flattened(ours["title"], TITLE_LIMIT) == title:
        title = ours["title"]
    content: dict[str, Any] = {
        "title": title,
        "summary": package.summary,
        "attribution": package.attribution,
        "source_url": package.source_url,
        "steps": package.steps,
        "design_elements": [],
        "crosswalks": [],
    }
    if not package.steps:
        with translation.override("en"):
            content |= {"steps": default_steps(), "steps_are_default": True}
    if ours is None:
        content["source_codes"] = {
            codes[node.identifier]: node.code
            for node in competencies
            if node.code and (node.kind not in OUR_TYPES or node.code != codes[node.identifier])
        }
    return Blueprint(
        code=code_in(package.root.own) or f"case-{_safe_code(package.identifier)}"[:CODE_LIMIT],
        number=(package.version or package.changed or "1")[:30],
        language=package.language,
        title=title,
        content=content | (ours or {}),
        domains=plans,
        source_identifier=package.identifier,
    )


def propose(package: CasePackage) -> Choice:
    """By our own item types, where an export of ours (or someone who writes like us) says them; by groups and outcomes.

    Otherwise domains at the first depth with several items whose children are several too; a flat list is one domain.
    """
    kinds = kind_counts(package)
    types = tuple(kind for kind in OUR_TYPES[1:] if kinds[kind])
    loose = any(node.kind in types and node.parent is package.root for node in package.nodes())
    if types and (kinds[DOMAIN] or (loose and set(kinds) <= {*OUR_TYPES, INDICATOR})):
        # competencies right below the document have it as their domain
        domains = Pick(depth=0 if loose else None, kinds=(DOMAIN,) if kinds[DOMAIN] else ())
        return Choice(domains=domains, competencies=Pick(kinds=types))
    if set(kinds) == {OUTCOME_GROUP, OUTCOME}:
        return Choice(domains=Pick(kinds=(OUTCOME_GROUP,)), competencies=Pick(kinds=(OUTCOME,)))
    counts = depth_counts(package)
    deepest = max(counts, default=0)
    depth = 0
    if deepest > 1:
        depth = 1
        while depth + 1 < deepest and counts[depth] == 1 and counts[depth + 1] <= 2:
            depth += 1
    return Choice(domains=Pick(depth=depth), competencies=Pick(depth=depth + 1))


def depth_counts(package: CasePackage) -> Counter[int]:
    """How many items there are at each depth."""
    return Counter(node.depth for node in package.nodes())


def kind_counts(package: CasePackage) -> Counter[str]:
    """How many items there are of each item type."""
    return Counter(node.kind for node in package.nodes() if node.kind)


def _chosen(package: CasePackage, choice: Choice) -> tuple[list[CaseNode], list[CaseNode]]:
    """Domains and competencies in the order of the package; what was not chosen follows from what was."""
    if not choice.domains and not choice.competencies:
        proposed = propose(package)
        return _found(package, proposed.domains), _found(package, proposed.competencies)
    domains, competencies = _found(package, choice.domains), _found(package, choice.competencies)
    if not choice.domains:
        # A heading above chosen items is their domain, even when it has their type.
        headings = _parents_of(competencies)
        competencies = [node for node in competencies if node.identifier not in headings]
        parents = _parents_of(competencies)
        domains = [node for node in _all(package) if node.identifier in parents]
    if not choice.competencies:
        chosen = {node.identifier for node in domains}
        competencies = [
            node for node in package.nodes() if node.parent is not None and node.parent.identifier in chosen
        ]
        competencies = [node for node in competencies if node.identifier not in chosen]
    both = {node.identifier for node in domains} & {node.identifier for node in competencies}
    if both:
        raise FrameworkProblem(
            ngettext(
                "%(count)d item is chosen both as domain and as competency.",
                "%(count)d items are chosen both as domain and as competency.",
                len(both),
            )
            % {"count": len(both)}
        )
    return domains, competencies


def _parents_of(nodes: list[CaseNode]) -> set[str]:
    return {node.parent.identifier for node in nodes if node.parent}


def _all(package: CasePackage) -> Iterable[CaseNode]:
    yield package.root
    yield from package.nodes()


def _found(package: CasePackage, pick: Pick) -> list[CaseNode]:
    """The nodes of a pick; a pick that finds nothing is a mistake worth telling."""
    if not pick:
        return []
    kinds = {kind.casefold() for kind in pick.kinds}
    ids = {each.casefold() for each in pick.ids}
    known_ids = set(pick.known)
    found = [
        node
        for node in _all(package)
        if node.depth == pick.depth
        or (node.kind and node.kind.casefold() in kinds)
        or node.identifier in ids
        or node.identifier in known_ids
        or (node.code and node.code.casefold() in ids)
    ]
    known = {word for node in found for word in (node.identifier, node.code.casefold())}
    for each in pick.ids:
        if each.casefold() not in known:
            raise FrameworkProblem(_("No item has the identifier or code %(it)s.") % {"it": each})
    for kind in pick.kinds:
        if kind.casefold() not in {node.kind.casefold() for node in found}:
            there = ", ".join(sorted(kind_counts(package))) or "–"
            raise FrameworkProblem(
                _("No item has the type %(it)s. The types in this package: %(there)s.")
                % {"it": kind, "there": there}
            )
    if not found and pick.depth is not None:
        raise FrameworkProblem(_("No item has the depth %(depth)d.") % {"depth": pick.depth})
    return found


def _under_domains(domains: list[CaseNode], competencies: list[CaseNode]) -> dict[str, list[CaseNode]]:
    """The competencies of each domain: its own is the nearest one above."""
    known = {node.identifier for node in domains}
    under: dict[str, list[CaseNode]] = {}
    outside: list[CaseNode] = []
    for node in competencies:
        above = node.parent
        while above is not None and above.identifier not in known:
            above = above.parent
        if above is None:
            outside.append(node)
        else:
            under.setdefault(above.identifier, []).append(node)
    if outside:
        raise FrameworkProblem(
            ngettext(
                "%(count)d competency is not under a domain (%(names)s). Choose its domain too.",
                "%(count)d competencies are not under a domain (%(names)s). Choose their domains too.",
                len(outside),
            )
            % {"count": len(outside), "names": _named(outside)}
        )
    if not under:
        raise FrameworkProblem(_("There are no competencies under these domains."))
    return under


def _is_ours(package: CasePackage) -> bool:
    """Whether its item types are the ones that only we write."""
    return any(kind in OUR_TYPES and kind != DOMAIN for kind in kind_counts(package))


def _ideas(
    node: CaseNode, choice: Choice, taken: set[str], notes: list[str], *, ours: bool
) -> tuple[IndicatorPlan, ...]:
    children = [child for child in node.children if child.identifier not in taken]
    if not choice.indicators or not children:
        return ()
    if len(children) > choice.most_indicators and any(child.kind != INDICATOR for child in children):
        notes.append(
            _(
                "%(name)s has %(count)d items below it. That is too many for indicators, so they were left out."
            )
            % {"name": _named([node]), "count": len(children)}
        )
        return ()
    return tuple(
        IndicatorPlan(
            code=code_of(child, ours=ours) or str(place),
            text=child.statement,
            witnesses=witnesses_of(child),
            source_identifier=child.identifier,
        )
        for place, child in enumerate(children, start=1)
    )


def _remark_on_the_rest(
    package: CasePackage,
    domains: list[CaseNode],
    competencies: list[CaseNode],
    ideas: dict[str, tuple[IndicatorPlan, ...]],
    notes: list[str],
) -> None:
    used = len(competencies) + sum(len(each) for each in ideas.values())
    used += sum(node.depth > 0 for node in domains)
    rest = sum(depth_counts(package).values()) - used
    if rest:
        notes.append(
            ngettext(
                "%(count)d item is neither domain, competency nor indicator.",
                "%(count)d items are neither domain, competency nor indicator.",
                rest,
            )
            % {"count": rest}
        )


def _named(nodes: list[CaseNode]) -> str:
    names = [node.code or flattened(node.short or node.statement, 60) for node in nodes[:3]]
    return ", ".join(names) + (" …" if len(nodes) > 3 else "")


def _name(node: CaseNode, limit: int) -> str:
    """A name without markup, unless it is nothing else; the one that we wrote, where it is the same but for that."""
    said = node.short or node.statement
    name = flattened(said, limit) or clean_line(said)[:limit]
    own = clean_line(text_in(node.own, "name", limit))
    return own if own and flattened(own, limit) == name else name


def _level(node: CaseNode, advanced: set[str]) -> str:
    return "advanced" if node.identifier in advanced else level_of(node) or "foundational"


def _beyond(node: CaseNode, limit: int) -> str:
    """What the statement says beyond the name."""
    return "" if node.statement == _name(node, limit) else node.statement


def _codes(nodes: list[CaseNode], *, ours: bool) -> dict[str, str]:
    """A code for addresses and references: the item's own where that is unique, its identifier otherwise."""
    own = {
        node.identifier: code_of(node, ours=ours) or slugify(re.sub(r"\W+", "-", node.code))[:CODE_LIMIT]
        for node in nodes
    }
    times = Counter(own.values())
    codes = {
        identifier: code if code and times[code] == 1 else _safe_code(identifier)
        for identifier, code in own.items()
    }
    if len(set(codes.values())) < len(codes):
        return {identifier: _hashed(identifier) for identifier in own}
    return codes


def _safe_code(identifier: str) -> str:
    return identifier if slugify(identifier) == identifier and len(identifier) <= 60 else _hashed(identifier)


def _hashed(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()[:32]
