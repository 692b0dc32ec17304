"""A framework that was written here as a whole CASE 1.1 package. What came from a package is in `overlay`. No ORM."""

from collections import Counter
from typing import Any

from throughline.frameworks.blueprint import TITLE_LIMIT, Blueprint, CompetencyPlan, DomainPlan, steady_id
from throughline.frameworks.case.builder import Maker, end_of, rubric_of
from throughline.frameworks.case.schema import OURS, Table, named
from throughline.frameworks.markup import flattened


def native_package(plan: Blueprint, maker: Maker, creator: str) -> Table:
    """Everything that the framework says. `extensions` reads it back into an equal blueprint."""
    document = _document(plan, maker, creator)
    items: list[Table] = []
    links: list[Table] = []
    by_code: dict[str, Table] = {}
    told: list[tuple[CompetencyPlan, Table]] = []
    ids = identifiers(plan, maker)
    codes = plan.content.get("source_codes", {})
    for place, domain in enumerate(plan.domains, start=1):
        top = document
        if ids[(domain.code,)] != maker.document:
            top = maker.domain(domain, ids[(domain.code,)])
            items.append(top)
            links.append(maker.child_of(top, document, place))
        for number, competency in enumerate(domain.competencies, start=1):
            theirs = codes.get(competency.code, "")
            item = maker.competency(competency, ids[("", competency.code)], theirs)
            by_code[competency.code] = item
            told.append((competency, item))
            items.append(item)
            links.append(maker.child_of(item, top, number))
            for count, indicator in enumerate(competency.indicators, start=1):
                idea = maker.indicator(indicator, ids[("", competency.code, str(count))])
                items.append(idea)
                links.append(maker.child_of(idea, item, count))
    groupings, crossing = crosswalks(plan.content, maker, by_code)
    definitions: Table = {"CFItemTypes": maker.item_types()}
    if groupings:
        definitions["CFAssociationGroupings"] = groupings
    return {
        "CFDocument": document,
        "CFItems": items,
        "CFAssociations": [*links, *crossing],
        "CFDefinitions": definitions,
        "CFRubrics": [rubric_of(maker, plan.content["steps"], told)],
    }


def identifiers(plan: Blueprint, maker: Maker) -> dict[tuple[str, ...], str]:
    """The identifier of each domain (code,), competency ("", code) and indicator ("", code, place).

    The one it came with, unless that is the document's or another's. A framework that came without domains has one,
    which is the document itself.
    """
    made: dict[tuple[str, ...], str] = {}
    taken = {maker.document}

    def give(key: tuple[str, ...], came: str, *parts: str) -> None:
        identifier = named(came)
        again: tuple[str, ...] = ()
        while not identifier or identifier in taken:
            identifier = maker.own_id("item", *parts, *again)
            again = (*again, "again")
        taken.add(identifier)
        made[key] = identifier

    for domain in plan.domains:
        if named(domain.source_identifier) == maker.document and maker.document not in made.values():
            made[(domain.code,)] = maker.document
            continue
        give((domain.code,), domain.source_identifier, "domain", domain.code)
    for competency in plan.competencies:
        code = competency.code
        give(("", code), competency.source_identifier, "competency", code)
        times = Counter(each.code for each in competency.indicators)
        for count, each in enumerate(competency.indicators, start=1):
            own = (each.code,) if times[each.code] == 1 else ("place", str(count))
            give(("", code, str(count)), each.source_identifier, "indicator", code, *own)
    return made


def _document(plan: Blueprint, maker: Maker, creator: str) -> Table:
    content = plan.content
    made: Table = {**maker.head("CFDocuments", maker.document), "caseVersion": "1.1", "creator": creator}
    made["title"] = plan.title
    if content.get("source_url"):
        made["officialSourceURL"] = content["source_url"]
    if content.get("summary"):
        made["description"] = content["summary"]
    made |= {"language": plan.language, "version": plan.number}
    if content.get("attribution"):
        made["notes"] = content["attribution"]
    made["extensions"] = {OURS: document_own(plan)}
    return made


def document_own(plan: Blueprint) -> Table:
    """What CASE has no field for, of the framework as a whole: all of `content` but the steps, which are a rubric."""
    kept = {key: value for key, value in plan.content.items() if key != "steps" and value}
    for key in ("summary", "source_url"):  # said by the document itself
        kept.pop(key, None)
    kept.pop("title", None)
    if flattened(plan.title, TITLE_LIMIT) != plan.title:
        kept["title"] = plan.title  # a reader takes markup out of titles
    made: Table = {"code": plan.code, "content": kept}
    itself = next((each for each in plan.domains if _is_document(each, plan)), None)
    if itself is not None:
        told = {"name": itself.name, "question": itself.question, "designElement": itself.design_element}
        made["domain"] = {"code": itself.code, **{key: text for key, text in told.items() if text}}
    return made


def _is_document(domain: DomainPlan, plan: Blueprint) -> bool:
    return bool(plan.source_identifier) and named(domain.source_identifier) == named(plan.source_identifier)


def crosswalks(
    content: dict[str, Any], maker: Maker, by_code: dict[str, Table]
) -> tuple[list[Table], list[Table]]:
    """Each crosswalk as a group of associations from our competencies to what another body of work calls them."""
    groupings: list[Table] = []
    made: list[Table] = []
    for crosswalk in content.get("crosswalks", []):
        code, title = crosswalk["code"], crosswalk["title"]
        group = maker.head("CFAssociationGroupings", maker.own_id("crosswalk", code))
        group |= {"title": title, "description": crosswalk.get("note", "")}
        groupings.append(group)
        for element in crosswalk.get("elements", []):
            foreign = str(steady_id("case", "crosswalk", code, element["code"]))
            there = {
                "title": element["label"],
                "identifier": foreign,
                "uri": f"urn:uuid:{foreign}",
                "targetType": "ext:crosswalk",
            }
            for competency in element.get("competencies", []):
                if competency in by_code:
                    one = maker.association(
                        "isRelatedTo",
                        by_code[competency],
                        {"identifier": foreign, "uri": ""},
                        code,
                        element["code"],
                        competency,
                    )
                    one["originNodeURI"] = end_of(by_code[competency])
                    one["destinationNodeURI"] = there
                    one["CFAssociationGroupingURI"] = maker.link(
                        "CFAssociationGroupings", group["identifier"], title
                    )
                    made.append(one)
    return groupings, made
