"""A framework of as many competencies as wanted, published through the verb."""

from throughline.frameworks.blueprint import (
    Blueprint,
    CompetencyPlan,
    DomainPlan,
    IndicatorPlan,
    default_steps,
)
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import load_shipped, publish

SHIPPED = "journeys-to-mastery-learning"
SHIPPED_ITEMS = 24
IN_A_DOMAIN = 10


def version_with(items: int) -> FrameworkVersion:
    """The shipped framework where it has that many competencies, else a made-up one in domains of ten."""
    if items == SHIPPED_ITEMS:
        load_shipped()
        return FrameworkVersion.objects.get(framework__code=SHIPPED)
    domains = tuple(
        DomainPlan(
            code=f"D{first // IN_A_DOMAIN + 1}",
            name=f"Domain of learning {first // IN_A_DOMAIN + 1}",
            question="What would somebody see who walks through the door?",
            competencies=tuple(
                _competency(number) for number in range(first, min(first + IN_A_DOMAIN, items))
            ),
        )
        for first in range(0, items, IN_A_DOMAIN)
    )
    content = {"steps": default_steps(), "steps_are_default": True}
    plan = Blueprint(f"bench-{items}", "1", "en", f"A framework of {items}", content, domains)
    return publish(plan, owner=None, by=None).version


def _competency(number: int) -> CompetencyPlan:
    return CompetencyPlan(
        code=f"C{number + 1}",
        name=f"Ability to work together on matter {number + 1}",
        level="advanced" if number % 3 == 2 else "foundational",
        description="People do this with each other, not only for themselves, and they can say why.",
        steps=tuple(f"A described step, as long as such a sentence is: {word}." for word in "abcd"),
        indicators=tuple(
            IndicatorPlan(f"C{number + 1}.{each}", f"Somebody can tell about an example of sign {each}.")
            for each in (1, 2, 3)
        ),
    )
