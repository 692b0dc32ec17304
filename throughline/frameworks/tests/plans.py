"""A small framework about an invented garden, to be bent by tests with `dataclasses.replace`."""

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    default_steps,
)

SOIL = CompetencyPlan(
    code="soil",
    name="Soil",
    description="We look after the soil.",
    steps=("Nobody looks.", "One of us looks.", "We look every week.", "The soil tells us what to do."),
    evidence=(("effect", "A count of worms."),),
    indicators=(
        IndicatorPlan("1", "There are worms.", ("learner",)),
        IndicatorPlan("2", "The soil is dark.", ("learner", "family")),
    ),
)
WATER = CompetencyPlan(code="water", name="Water", level="advanced", description="Rain is kept.")
GARDEN = DomainPlan("garden", "Garden", "What grows here?", competencies=(SOIL, WATER))
PLAN = Blueprint(
    code="plot",
    number="1",
    language="en",
    title="The plot",
    content={"title": "The plot", "summary": "Two ideas.", "steps": default_steps()},
    domains=(GARDEN,),
)
