"""Reading frameworks: the list of those that an organisation may see, and one version whole."""

from dataclasses import dataclass
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree, tree
from throughline.frameworks.words import mark_name, witness_names
from throughline.schools.tenant import MemberRequest, for_members

MOST_ON_A_PAGE = 100
HUES = 5


@require_safe
@for_members
def frameworks(request: MemberRequest) -> HttpResponseBase:
    """Every framework that this organisation may use, newest version first."""
    found = list(versions_visible_to(request.seat.organisation))
    parts = [
        [version for version in found if version.framework.owner_id is not None],
        [version for version in found if version.framework.owner_id is None],
    ]
    return render(request, "frameworks/frameworks.html", {"own": parts[0], "shared": parts[1]})


@require_safe
@for_members
def framework(request: MemberRequest, version_id: UUID) -> HttpResponseBase:
    """One version: its domains, competencies, indicators with their witnesses, steps and attribution.

    A large framework shows one domain at a time (`?domain=<code>`).
    """
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    whole = tree(version.pk)
    code = request.GET.get("domain", "")
    large = len(whole.competencies) > MOST_ON_A_PAGE
    shown = [domain for domain in whole.domains if domain.code == code] if large else list(whole.domains)
    context = {
        "version": version,
        "tree": whole,
        "large": large,
        "domains": [_domain(domain, whole) for domain in shown],
        "crosswalks": whole.content.get("crosswalks", []),
    }
    return render(request, "frameworks/framework.html", context)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A competency with its words ready for the page."""

    item: CompetencyItem
    source_code: str
    steps: list[tuple[str, str]]
    indicators: list[tuple[str, list[str]]]
    evidence: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _ShownDomain:
    item: DomainItem
    name: str
    hue: int
    element: str
    competencies: list[_Shown]


def _domain(domain: DomainItem, whole: Tree) -> _ShownDomain:
    elements = {each["code"]: each["name"] for each in whole.content.get("design_elements", [])}
    codes = whole.content.get("source_codes", {})
    labels = [step.label for step in whole.step_labels]
    competencies = [
        _Shown(
            item=item,
            source_code=codes.get(item.code, ""),
            steps=list(zip(labels, item.steps, strict=False)),
            indicators=[(each.text, witness_names(each.witnesses)) for each in item.indicators],
            evidence=[(mark_name(mark), text) for mark, text in item.evidence_examples],
        )
        for item in domain.competencies
    ]
    hue = (domain.hue - 1) % HUES + 1
    return _ShownDomain(
        domain, f"domain-{domain.hue}", hue, elements.get(domain.design_element, ""), competencies
    )
