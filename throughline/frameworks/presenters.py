"""Domains and competencies of a tree as a page shows them: every word ready, so that templates only lay them out."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.frameworks.labels import mark_name, witness_names
from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree

HUES = 5
MOST_ON_A_PAGE = 100

Link = Callable[[CompetencyItem], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A competency with its words; `address` is its own page, where it has one."""

    item: CompetencyItem
    source_code: str
    steps: list[tuple[str, str]]
    indicators: list[tuple[str, list[str]]]
    evidence: list[tuple[str, str]]
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownDomain:
    """A domain with its competencies; `name` is its place on the page."""

    item: DomainItem
    name: str
    hue: int
    element: str
    competencies: list[Shown]


def domain_shown(domain: DomainItem, whole: Tree, link: Link | None = None) -> ShownDomain:
    """A whole domain."""
    elements = {each["code"]: each["name"] for each in whole.content.get("design_elements", [])}
    return ShownDomain(
        domain,
        f"domain-{domain.hue}",
        hue_of(domain.hue),
        elements.get(domain.design_element, ""),
        [competency_shown(item, whole, link) for item in domain.competencies],
    )


def competency_shown(item: CompetencyItem, whole: Tree, link: Link | None = None) -> Shown:
    """One competency."""
    labels = [step.label for step in whole.step_labels]
    return Shown(
        item=item,
        source_code=whole.content.get("source_codes", {}).get(item.code, ""),
        steps=list(zip(labels, item.steps, strict=False)),
        indicators=[(each.statement, witness_names(each.witnesses)) for each in item.indicators],
        evidence=[(mark_name(mark), text) for mark, text in item.evidence_examples],
        address=link(item) if link else "",
    )


def hue_of(place: int) -> int:
    """The hue of the domain at this place; there are five."""
    return (place - 1) % HUES + 1


def domains_on_page(whole: Tree, asked: str) -> tuple[bool, list[DomainItem]]:
    """Whether the framework is too large for one page, and the domains to show: all, or the one asked for."""
    large = len(whole.competencies) > MOST_ON_A_PAGE
    return large, [each for each in whole.domains if not large or each.code == asked]
