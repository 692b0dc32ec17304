"""A published version read back as the blueprint that it was made from, in its own language."""

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.models import Competency, Domain, FrameworkVersion, Indicator


def stored_blueprint(version: FrameworkVersion) -> Blueprint:
    """The blueprint of a version, without its translations. Three queries."""
    ideas: dict[object, list[IndicatorPlan]] = {}
    for row in Indicator.objects.filter(competency__version=version).order_by("position"):
        plan = IndicatorPlan(row.code, row.text, tuple(row.witnesses), row.source_identifier)
        ideas.setdefault(row.competency_id, []).append(plan)
    items: dict[object, list[CompetencyPlan]] = {}
    for each in Competency.objects.filter(version=version).order_by("position"):
        items.setdefault(each.domain_id, []).append(_competency(each, ideas.get(each.pk, [])))
    return Blueprint(
        code=version.framework.code,
        number=version.number,
        language=version.language,
        title=version.title,
        content=version.content,
        domains=tuple(
            DomainPlan(
                code=row.code,
                name=row.name,
                question=row.question,
                design_element=row.design_element,
                competencies=tuple(items.get(row.pk, [])),
                source_identifier=row.source_identifier,
            )
            for row in Domain.objects.filter(version=version).order_by("position")
        ),
        source_identifier=version.framework.source_identifier,
    )


def _competency(row: Competency, ideas: list[IndicatorPlan]) -> CompetencyPlan:
    return CompetencyPlan(
        code=row.code,
        name=row.name,
        level=row.level,
        description=row.description,
        steps=tuple(row.steps),
        evidence=tuple((each["mark"], each["text"]) for each in row.evidence_examples),
        indicators=tuple(ideas),
        source_identifier=row.source_identifier,
    )
