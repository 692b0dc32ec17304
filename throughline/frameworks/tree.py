"""A published framework version as plain values, in one language.

A published version never changes, so a tree is read from the database once per process and language (five queries
at most) and costs no query after that; a translation may be improved, which is noticed within seconds.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import translation

from throughline.frameworks.blueprint import Blueprint, default_steps, steady_id
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import (
    Competency,
    Domain,
    FrameworkVersion,
    Indicator,
    VersionTranslation,
)
from throughline.kit.registry import Registry

_KEPT = 200
LEDE_LIMIT = 2000
LOOK_AGAIN_AFTER = 5.0  # seconds
_looked: dict[tuple[UUID, str], float] = {}
_with_trees = Registry[Callable[[], None]]()
forget_with_trees = _with_trees.add  # drops what else is kept in the process for as long as trees are
WHOLE = 20_000
_trees: "OrderedDict[tuple[UUID, str], Tree]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class StepLabel:
    """A step that every competency shares: its short name and what it means in general."""

    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class IndicatorItem:
    """One idea under a competency and the groups that can witness it.

    `text` is plain; `statement` is what the source wrote, for `{{ …|statement }}`.
    """

    id: UUID
    code: str
    text: str
    statement: str
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompetencyItem:
    """A competency in one language. `number` restarts in each domain; `steps` may be empty (use the step labels)."""

    id: UUID
    number: int
    code: str
    name: str
    level: str
    description: str
    steps: tuple[str, ...]
    indicators: tuple[IndicatorItem, ...]
    evidence_examples: tuple[tuple[str, str], ...]
    domain_name: str
    hue: int

    @property
    def lede(self) -> str:
        """The description in plain words, for under a heading; nothing where it only says the name again."""
        return _beyond_name(self.description, self.name)


@dataclass(frozen=True, slots=True)
class DomainItem:
    """A domain in one language. `hue` counts the domains from 1.

    `question` is plain; `statement` is what the source wrote, for `{{ …|statement }}`.
    """

    id: UUID
    hue: int
    code: str
    name: str
    question: str
    statement: str
    design_element: str
    competencies: tuple[CompetencyItem, ...]

    @property
    def lede(self) -> str:
        """The guiding question in plain words; nothing where it only says the name again."""
        return _beyond_name(self.question, self.name)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole framework version in one language.

    `foreign`: paths (`translating/texts.py`) of the texts that stand in `source_language`, because their translation is missing
    or says older words, those of version `follows`.
    """

    version_id: UUID
    title: str
    number: str
    attribution: str
    source_url: str
    step_labels: tuple[StepLabel, ...]
    domains: tuple[DomainItem, ...]
    competencies: tuple[CompetencyItem, ...]
    by_id: dict[UUID, CompetencyItem] = field(repr=False)
    content: dict[str, Any] = field(repr=False)
    language: str = ""
    source_language: str = ""
    edition: int = 0
    follows: str = ""
    foreign: frozenset[str] = field(default=frozenset(), repr=False)

    def step_label(self, step: int) -> str:
        """The short name of step 1..n."""
        return self.step_labels[step - 1].label


def _beyond_name(text: str, name: str) -> str:
    plain = flattened(text, LEDE_LIMIT)
    return "" if plain == name else plain


def tree(version_id: UUID, language: str | None = None) -> Tree:
    """The tree of a version in `language` (default: the one in force), falling back to the version's own language."""
    tongue = (language or translation.get_language() or "en").split("-")[0]
    key = (version_id, tongue)
    if key in _trees and not _was_improved(key):
        _trees.move_to_end(key)
        return _trees[key]
    built = _build(version_id, tongue)
    _looked[key] = time.monotonic()
    _trees[key] = built
    while len(_trees) > _KEPT:
        gone, _tree = _trees.popitem(last=False)
        _looked.pop(gone, None)
    return built


def tree_of(plan: Blueprint) -> Tree:
    """What the tree of a blueprint would be, had it been published. The ids stand for nothing in the database."""
    domains = []
    for hue, domain in enumerate(plan.domains, start=1):
        items = tuple(
            CompetencyItem(
                id=steady_id("draft", each.code),
                number=number,
                code=each.code,
                name=each.name,
                level=each.level,
                description=each.description,
                steps=each.steps,
                indicators=tuple(
                    IndicatorItem(
                        steady_id("draft", each.code, idea.code),
                        idea.code,
                        idea.text,
                        idea.text,
                        idea.witnesses,
                    )
                    for idea in each.indicators
                ),
                evidence_examples=each.evidence,
                domain_name=domain.name,
                hue=hue,
            )
            for number, each in enumerate(domain.competencies, start=1)
        )
        domains.append(
            DomainItem(
                steady_id("draft", "domain", domain.code),
                hue,
                domain.code,
                domain.name,
                domain.question,
                domain.question,
                domain.design_element,
                items,
            )
        )
    flat = tuple(item for domain in domains for item in domain.competencies)
    return Tree(
        version_id=steady_id("draft", plan.code, plan.number),
        title=plan.title,
        number=plan.number,
        attribution=plan.content.get("attribution", ""),
        source_url=plan.content.get("source_url", ""),
        step_labels=tuple(StepLabel(step["label"], step.get("hint", "")) for step in plan.content["steps"]),
        domains=tuple(domains),
        competencies=flat,
        by_id={item.id: item for item in flat},
        content=plan.content,
    )


def _was_improved(key: tuple[UUID, str]) -> bool:
    """Whether somebody worked on the translation since it was read: asked of the database every few seconds at most,
    and never for the language of the source, which cannot change."""
    kept = _trees[key]
    if key[1] == kept.source_language or time.monotonic() - _looked.get(key, 0) < LOOK_AGAIN_AFTER:
        return False
    _looked[key] = time.monotonic()
    rows = VersionTranslation.objects.filter(version=key[0], language=key[1])
    return (rows.values_list("edition", flat=True).first() or 0) != kept.edition


def forget_trees() -> None:
    """Drop what is kept; for tests and for the commands that load frameworks."""
    _trees.clear()
    _looked.clear()
    for drop in _with_trees:
        drop()


def _build(version_id: UUID, tongue: str) -> Tree:
    version = FrameworkVersion.objects.get(pk=version_id)
    kept = _translation(version, tongue)
    texts: dict[str, Any] = kept.texts if kept else {}
    said = texts.get("competencies", {})
    indicators: dict[UUID, list[IndicatorItem]] = {}
    rows = Indicator.objects.filter(competency__version=version).order_by("position")
    for row, code in ((row, row.competency.code) for row in rows.select_related("competency")):
        words = said.get(code, {}).get("indicators", [])
        text = words[row.position - 1] if len(words) >= row.position else row.text
        indicators.setdefault(row.competency_id, []).append(
            IndicatorItem(row.id, row.code, flattened(text, WHOLE), text, tuple(row.witnesses))
        )
    competencies: dict[UUID, list[Competency]] = {}
    for competency in Competency.objects.filter(version=version).order_by("position"):
        competencies.setdefault(competency.domain_id, []).append(competency)
    domains = tuple(
        _domain(row, hue, competencies.get(row.id, []), indicators, texts)
        for hue, row in enumerate(Domain.objects.filter(version=version).order_by("position"), start=1)
    )
    flat = tuple(item for domain in domains for item in domain.competencies)
    content = _content(version, texts, tongue)
    return Tree(
        version_id=version.id,
        title=content.get("title") or version.title,
        number=version.number,
        attribution=content.get("attribution", ""),
        source_url=content.get("source_url", ""),
        step_labels=tuple(StepLabel(step["label"], step.get("hint", "")) for step in content["steps"]),
        domains=domains,
        competencies=flat,
        by_id={item.id: item for item in flat},
        content=content,
        language=tongue if kept else version.language,
        source_language=version.language,
        edition=kept.edition if kept else 0,
        follows=kept.follows if kept else "",
        foreign=frozenset([*kept.behind, *kept.missing]) if kept else frozenset(),
    )


def _translation(version: FrameworkVersion, tongue: str) -> VersionTranslation | None:
    if tongue == version.language:
        return None
    return VersionTranslation.objects.filter(version=version, language=tongue).first()


def _content(version: FrameworkVersion, texts: dict[str, Any], tongue: str) -> dict[str, Any]:
    """What is only shown, each part in the shape of the source and in the language of `texts` where it says so."""
    content = {**version.content}
    content |= {key: texts[key] for key in ("title", "summary", "attribution") if texts.get(key)}
    if content.get("steps_are_default"):
        with translation.override(tongue):
            content["steps"] = default_steps()
    for part in ("steps", "design_elements", "crosswalks"):
        said = texts.get(part, {})
        content[part] = [_said(each, said.get(each["code"], {})) for each in content.get(part, [])]
    return content


def _said(part: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    merged = {**part, **{key: text for key, text in words.items() if key in part and key != "elements"}}
    if "elements" in part:
        labels = words.get("elements", {})
        merged["elements"] = [
            {**each, "label": labels.get(each["code"]) or each["label"]} for each in part["elements"]
        ]
    return merged


def _domain(
    row: Domain,
    hue: int,
    rows: list[Competency],
    indicators: dict[UUID, list[IndicatorItem]],
    texts: dict[str, Any],
) -> DomainItem:
    said = texts.get("domains", {}).get(row.code, {})
    name = said.get("name") or row.name
    items = tuple(
        _competency(
            each,
            number,
            name,
            hue,
            tuple(indicators.get(each.id, [])),
            texts.get("competencies", {}).get(each.code, {}),
        )
        for number, each in enumerate(rows, start=1)
    )
    question = said.get("question") or row.question
    return DomainItem(
        row.id, hue, row.code, name, flattened(question, WHOLE), question, row.design_element, items
    )


def _competency(
    row: Competency,
    number: int,
    domain_name: str,
    hue: int,
    indicators: tuple[IndicatorItem, ...],
    said: dict[str, Any],
) -> CompetencyItem:
    words = said.get("evidence") or [each["text"] for each in row.evidence_examples]
    return CompetencyItem(
        id=row.id,
        number=number,
        code=row.code,
        name=said.get("name") or row.name,
        level=row.level,
        description=said.get("description") or row.description,
        steps=tuple(said.get("steps") or row.steps),
        indicators=indicators,
        evidence_examples=tuple(
            (each["mark"], text) for each, text in zip(row.evidence_examples, words, strict=False)
        ),
        domain_name=domain_name,
        hue=hue,
    )
