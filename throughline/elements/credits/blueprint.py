"""Building Blocks as a framework: areas become domains, credits competencies, criteria indicators, levels steps. Pure.

Codes are made from the items' own ids, so that whoever publishes again is told what became of each credit, whatever was
reworded or moved meanwhile.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from throughline.elements.models import Element, Item, ItemKind
from throughline.elements.structure.kinds import LEVELS
from throughline.elements.structure.queries import Node
from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.draft_content import Content, competencies_of, draft_of

CODE = "mastery-credits"
MARK = "building_blocks"  # in a version's content: the element that it was made from


def code_of(item: Item) -> str:
    """The code of an area, a credit or a criterion: the same as long as the item lives."""
    return f"{item.kind}-{item.pk.hex[-10:]}"


def steps_in_words() -> list[dict[str, str]]:
    """The four levels in the language in force."""
    told = (
        ("starting", _("Starting"), _("A beginning can be seen. Help is needed at most points.")),
        ("on-the-way", _("On the way"), _("Much is there. Some of it still needs help or another try.")),
        ("mastered", _("Mastered"), _("It is all there, more than once and without help.")),
        ("beyond", _("Beyond"), _("It reaches further than the standard asks for.")),
    )
    return [{"code": code, "label": label, "hint": hint} for code, label, hint in told]


def blueprint_of_blocks(element: Element, nodes: Sequence[Node], school: str) -> Blueprint:
    """The framework that the areas and credits of an element make, in the element's language. Areas without credits stay out."""
    with translation.override(element.language if translation.check_for_language(element.language) else "en"):
        domains = tuple(
            DomainPlan(
                code=code_of(area.item),
                name=area.item.title,
                question=area.item.text,
                competencies=tuple(_competency(credit) for credit in area.of(ItemKind.CREDIT)),
            )
            for area in nodes
            if area.item.kind == ItemKind.AREA and area.of(ItemKind.CREDIT)
        )
        return Blueprint(
            code=CODE,
            number="1",
            language=element.language,
            title=_("Mastery credits of %(school)s") % {"school": school},
            content={
                "summary": _("What a learner here can earn credit for, and what it takes."),
                "attribution": school,
                "source_url": "",
                "steps": steps_in_words(),
                "design_elements": [],
                MARK: str(element.pk),
            },
            domains=domains,
        )


def _competency(credit: Node) -> CompetencyPlan:
    item, criteria = credit.item, credit.of(ItemKind.CRITERION)
    return CompetencyPlan(
        code=code_of(item),
        name=item.title,
        level=item.data.get("level") or "foundational",
        description="\n\n".join(_told(item)),
        steps=_steps([each.item for each in criteria]),
        indicators=tuple(IndicatorPlan(code_of(each.item), each.item.title) for each in criteria),
    )


def _told(item: Item) -> list[str]:
    """The standard, then what it takes."""
    data, told = item.data, [item.text] if item.text else []
    if data.get("evidence"):
        told.append(_("Evidence: %(words)s") % {"words": data["evidence"]})
    if data.get("demonstrations"):
        told.append(_("Number of demonstrations: %(count)s") % {"count": data["demonstrations"]})
    if data.get("decides"):
        told.append(_("Who decides: %(words)s") % {"words": data["decides"]})
    return told


def _steps(criteria: Sequence[Item]) -> tuple[str, ...]:
    """What each level looks like over all criteria; nothing unless every criterion describes every level."""
    if not criteria or not all(each.data.get(level) for each in criteria for level in LEVELS):
        return ()
    if len(criteria) == 1:
        return tuple(criteria[0].data[level] for level in LEVELS)
    return tuple("\n".join(f"{each.title}: {each.data[level]}" for each in criteria) for level in LEVELS)


def content_of(plan: Blueprint, base: Blueprint | None) -> Content:
    """The draft that a plan makes; each part continues what has its code in the version before."""
    content = draft_of(plan)
    if base is not None:
        domains, credits = {each.code for each in base.domains}, {each.code for each in base.competencies}
        content |= {"number": base.number, "title": base.title, "taken": sorted(credits)}
        for domain in content["domains"]:
            domain["was"] = domain["code"] if domain["code"] in domains else ""
        for _domain, each in competencies_of(content):
            each["was"] = [each["code"]] if each["code"] in credits else []
    return content


def brought_up(content: Content, plan: Blueprint) -> None:
    """Change an open draft so that it says what the plan says. What only the draft has stays: parts that somebody added
    by hand, what a credit continues, examples of evidence, who can witness a criterion, texts about the whole.
    """
    fresh = draft_of(plan)
    domains = {each["code"]: each for each in content["domains"]}
    credits = {each["code"]: each for _domain, each in competencies_of(content)}
    for domain in fresh["domains"]:
        known = domains.get(domain["code"])
        if known:
            domain |= {
                "uid": known["uid"],
                "was": known["was"],
                "source_identifier": known["source_identifier"],
            }
        for each in domain["competencies"]:
            _carry(each, credits.get(each["code"]), content)
    ours = {each["code"] for each in fresh["domains"]}
    added = [_by_hand(each) for each in content["domains"] if each["code"] not in ours]
    for domain in fresh["domains"]:
        known = domains.get(domain["code"])
        domain["competencies"] += _own_parts(known) if known else []
    content["domains"] = fresh["domains"] + [each for each in added if each["competencies"]]


def _carry(part: dict[str, Any], known: dict[str, Any] | None, content: Content) -> None:
    if known is None:
        part["was"] = [part["code"]] if part["code"] in content.get("taken", []) else []
        return
    part |= {name: known[name] for name in ("uid", "was", "evidence", "source_identifier")}
    ideas = {each["code"]: each for each in known["indicators"]}
    for each in part["indicators"]:
        if each["code"] in ideas:
            each |= {name: ideas[each["code"]][name] for name in ("uid", "witnesses", "source_identifier")}


def _own_parts(domain: dict[str, Any]) -> list[dict[str, Any]]:
    """Competencies that were added in the editor: their codes are not of ours."""
    return [
        each for each in domain["competencies"] if not each["code"].startswith(f"{ItemKind.CREDIT.value}-")
    ]


def _by_hand(domain: dict[str, Any]) -> dict[str, Any]:
    return {**domain, "competencies": _own_parts(domain)}
