"""Making the objects of a CASE package from our own words: identifiers, addresses, item types, the tree. No ORM.

Identifiers are made from the framework and the codes, so they are equal in every version and on every installation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from throughline.frameworks.blueprint import NAME_LIMIT, CompetencyPlan, DomainPlan, IndicatorPlan, steady_id
from throughline.frameworks.case.schema import OURS, Table, is_uuid
from throughline.frameworks.markup import flattened

DOMAIN, FOUNDATIONAL, ADVANCED, INDICATOR = (
    "Domain",
    "Foundational competency",
    "Advanced competency",
    "Indicator",
)
_TYPES = {
    DOMAIN: ("1", "A group of competencies under a guiding question."),
    FOUNDATIONAL: ("1.1", "What a school can be recognised for, as one of the first of its domain."),
    ADVANCED: (
        "1.2",
        "What a school can be recognised for, and that usually builds on others of its domain.",
    ),
    INDICATOR: ("1.1.1", "One observable idea under a competency."),
}
COMPETENCIES = {"foundational": FOUNDATIONAL, "advanced": ADVANCED}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes objects for one framework. `site` is the address of this server, `moment` when this version was published,
    `key` what the identifiers of its own objects are made from.
    """

    key: str
    document: str
    title: str
    site: str
    moment: str

    def head(self, kind: str, identifier: str) -> Table:
        """What every object begins with."""
        return {
            "identifier": identifier,
            "uri": self.address(kind, identifier),
            "lastChangeDateTime": self.moment,
        }

    def address(self, kind: str, identifier: str) -> str:
        """Where the object can be read, if the framework is public."""
        return f"{self.site}/ims/case/v1p1/{kind}/{identifier}"

    def own_id(self, *parts: str) -> str:
        """The identifier of something that has none from elsewhere."""
        return str(steady_id(self.key, "case", *parts))

    def link(self, kind: str, identifier: str, title: str) -> Table:
        """A reference to an object."""
        return {"title": title, "identifier": identifier, "uri": self.address(kind, identifier)}

    def type_link(self, kind: str) -> Table:
        """A reference to one of our item types."""
        return self.link("CFItemTypes", str(steady_id("case", "item-type", kind)), kind)

    def item_types(self) -> list[Table]:
        """Our four item types; the same on every installation."""
        made = []
        for kind, (code, description) in _TYPES.items():
            link = self.type_link(kind)
            made.append(
                {
                    **self.head("CFItemTypes", link["identifier"]),
                    "title": kind,
                    "description": description,
                    "hierarchyCode": code,
                }
            )
        return made

    def item(self, identifier: str, kind: str, words: Table, own: Table) -> Table:
        """An item of one of our types."""
        made = {**self.head("CFItems", identifier), **words, "CFItemType": kind}
        made["CFItemTypeURI"] = self.type_link(kind)
        if own:
            made["extensions"] = {OURS: own}
        return made

    def domain(self, plan: DomainPlan, identifier: str) -> Table:
        """A domain: its name is the short statement, its guiding question the full one."""
        own = {"code": plan.code, "designElement": plan.design_element}
        words = words_for(plan.name, plan.question, own, "question")
        if not is_uuid(plan.code):
            words["humanCodingScheme"] = plan.code
        return self.item(identifier, DOMAIN, words, _told(own))

    def competency(self, plan: CompetencyPlan, identifier: str, theirs: str = "") -> Table:
        """A competency with its level, its code (`theirs`: the one that its publisher gave it) and its evidence."""
        own = {"code": plan.code, **competency_own(plan)}
        words = words_for(plan.name, plan.description, own, "description")
        if theirs or not is_uuid(plan.code):
            words["humanCodingScheme"] = theirs or plan.code
        return self.item(identifier, COMPETENCIES[plan.level], words, _told(own))

    def indicator(self, plan: IndicatorPlan, identifier: str) -> Table:
        """An indicator and who can witness it."""
        own = {"code": plan.code, "witnesses": list(plan.witnesses)}
        words = {"fullStatement": plan.text}
        if not plan.code.isdecimal() and not is_uuid(plan.code):  # a mere number is its place
            words["humanCodingScheme"] = plan.code
        return self.item(identifier, INDICATOR, words, _told(own))

    def child_of(self, child: Table, parent: Table, place: int) -> Table:
        """The association that hangs an item under another one, or under the document, at a place."""
        return {
            **self.association("isChildOf", child, parent, child["identifier"], parent["identifier"]),
            "sequenceNumber": place,
        }

    def association(self, kind: str, origin: Table, destination: Table, *parts: str) -> Table:
        """An association between two objects of this framework; `parts` tell it from others of its kind."""
        return {
            **self.head("CFAssociations", self.own_id("association", kind, *parts)),
            "associationType": kind,
            "originNodeURI": end_of(origin),
            "destinationNodeURI": end_of(destination),
        }


def competency_own(plan: CompetencyPlan) -> Table:
    """What CASE has no field for, of one competency."""
    return {"level": plan.level, "evidence": [{"mark": mark, "text": text} for mark, text in plan.evidence]}


def words_for(name: str, text: str, own: Table, key: str) -> Table:
    """How a name and a text are said; what a reader could not tell from that goes into `own`."""
    if flattened(name, NAME_LIMIT) != name:
        own["name"] = name  # a reader takes markup out of names
    if not text:
        return {"fullStatement": name}
    if text == name:
        own[key] = text
    return {"fullStatement": text, "abbreviatedStatement": name}


def _told(own: Table) -> Table:
    return {key: value for key, value in own.items() if value}


def end_of(thing: Table) -> Table:
    """A reference to an item or a document that is at hand."""
    title = thing.get("abbreviatedStatement") or thing.get("title") or thing.get("fullStatement") or ""
    return {
        "title": title[:200],
        "identifier": thing["identifier"],
        "uri": thing["uri"],
        "targetType": "CASE",
    }


def rubric_of(
    maker: Maker,
    steps: Sequence[dict[str, Any]],
    told: Iterable[tuple[CompetencyPlan, Table]],
) -> Table:
    """The steps as a rubric: a criterion for what they mean in general, and one for each competency that tells its own."""
    identifier = maker.own_id("rubric", "steps")
    made = {**maker.head("CFRubrics", identifier), "title": maker.title}
    general = [(step["label"], step.get("hint", ""), {"code": step["code"]}) for step in steps]
    criteria = [_criterion(maker, identifier, None, 1, general)]
    for plan, item in told:
        if plan.steps:
            levels: list[tuple[str, str, Table]] = [
                (step["label"], text, {}) for step, text in zip(steps, plan.steps, strict=True)
            ]
            criteria.append(_criterion(maker, identifier, item, len(criteria) + 1, levels))
    return {**made, "CFRubricCriteria": criteria}


def _criterion(
    maker: Maker, rubric: str, item: Table | None, place: int, levels: Sequence[tuple[str, str, Table]]
) -> Table:
    whose = item["identifier"] if item else "general"
    identifier = maker.own_id("criterion", whose)
    made = maker.head("CFRubrics", identifier)
    made["uri"] = f"{maker.address('CFRubrics', rubric)}#{identifier}"
    if item:
        end = end_of(item)
        made["CFItemURI"] = {key: end[key] for key in ("title", "identifier", "uri")}
    else:
        made["category"] = "general"
    made |= {"position": place, "rubricId": rubric}
    made["CFRubricCriterionLevels"] = [
        {
            **maker.head("CFRubrics", level := maker.own_id("level", whose, str(number))),
            "uri": f"{maker.address('CFRubrics', rubric)}#{level}",
            "quality": label,
            "description": text,
            "position": number,
            "rubricCriterionId": identifier,
            **({"extensions": [{OURS: own}]} if own else {}),
        }
        for number, (label, text, own) in enumerate(levels, start=1)
    ]
    return made
