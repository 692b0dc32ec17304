"""Laying what was changed here over a package: what nobody touched stays as it came. No ORM.

Nothing is taken away. An item that is no longer part of the framework is marked as ended and says what replaced it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, IndicatorPlan
from throughline.frameworks.case.builder import COMPETENCIES, Maker, competency_own, end_of, words_for
from throughline.frameworks.case.from_blueprint import crosswalks, document_own, identifiers
from throughline.frameworks.case.rubrics import overlay_steps
from throughline.frameworks.case.schema import OURS, Table, named

Plan = DomainPlan | CompetencyPlan | IndicatorPlan
Successors = Iterable[tuple[str, str]]  # (code of the old competency, code of the new one)


class Overlay:
    """A package being changed. `patched` and `made` are the identifiers of objects that are no longer as they came."""

    def __init__(self, package: Table, maker: Maker) -> None:
        self.package = package
        self.maker = maker
        self.items: dict[str, Table] = {key_of(row): row for row in package.get("CFItems", ())}
        self.patched: set[str] = set()
        self.made: set[str] = set()

    def lay(self, before: Blueprint, after: Blueprint, successors: Successors) -> None:
        """Change what differs between two versions."""
        old_ids, new_ids = identifiers(before, self.maker), identifiers(after, self.maker)
        document = self.maker.document
        old, new = placed(before, old_ids, document), placed(after, new_ids, document)
        for identifier, (plan, _parent) in new.items():
            if identifier == self.maker.document:
                continue
            if identifier not in self.items:
                self._make(identifier, plan, after.content.get("source_codes", {}))
            elif identifier in old:
                self._patch(self.items[identifier], old[identifier][0], plan)
        self._hang(old, new)
        for identifier in old:
            if identifier not in new and identifier in self.items:
                self.end(self.items[identifier])
        self._replace(old_ids, new_ids, successors)
        self._head(before, after)
        self._cross(before, after, old_ids, new_ids)
        told = [(each, self.items[new_ids[("", each.code)]]) for each in after.competencies]
        overlay_steps(self.package, before, after, self.maker, told, self.patched, self.made)

    def change(self, row: Table, **fields: Any) -> None:
        """Put other values in an object; None takes a field away."""
        for name, value in fields.items():
            if value is None:
                row.pop(name, None)
            else:
                row[name] = value
        row["lastChangeDateTime"] = self.maker.moment
        self.patched.add(key_of(row))

    def add(self, where: str, row: Table) -> None:
        """Put a new object at the end of one of the package's lists."""
        rows = self.package.setdefault(where, [])
        if (
            all(key_of(each) != key_of(row) for each in rows)
            if where != "CFItems"
            else key_of(row) not in self.items
        ):
            rows.append(row)
            self.made.add(key_of(row))
        if where == "CFItems":
            self.items[key_of(row)] = row

    def end(self, row: Table) -> None:
        """Mark an item as no longer part of the framework."""
        if not is_ended(row):
            self.change(row, statusEndDate=self.maker.moment[:10])
            own = {**own_of(row), "status": "deprecated"}
            row["extensions"] = {**_extensions(row), OURS: own}

    def _make(self, identifier: str, plan: Plan, codes: dict[str, str]) -> None:
        if isinstance(plan, DomainPlan):
            row = self.maker.domain(plan, identifier)
        elif isinstance(plan, CompetencyPlan):
            row = self.maker.competency(plan, identifier, codes.get(plan.code, ""))
        else:
            row = self.maker.indicator(plan, identifier)
        definitions = self.package.get("CFDefinitions")
        if not isinstance(definitions, dict):
            definitions = self.package["CFDefinitions"] = {}
        types = definitions.setdefault("CFItemTypes", [])
        if all(key_of(each) != row["CFItemTypeURI"]["identifier"] for each in types):
            fresh = self.maker.item_types()
            types.extend(fresh)
            self.made.update(key_of(each) for each in fresh)
        self.add("CFItems", row)

    def _patch(self, row: Table, old: Plan, new: Plan) -> None:
        if isinstance(new, IndicatorPlan) and isinstance(old, IndicatorPlan):
            if old.text != new.text:
                self.change(row, fullStatement=new.text)
            if old.witnesses != new.witnesses:
                self._own(row, witnesses=list(new.witnesses))
        elif isinstance(new, DomainPlan) and isinstance(old, DomainPlan):
            if (old.name, old.question) != (new.name, new.question):
                self._say(row, new.name, new.question, "question")
            if old.design_element != new.design_element:
                self._own(row, designElement=new.design_element)
        elif isinstance(new, CompetencyPlan) and isinstance(old, CompetencyPlan):
            if (old.name, old.description) != (new.name, new.description):
                self._say(row, new.name, new.description, "description")
            if competency_own(old) != competency_own(new):
                self._own(row, **competency_own(new))
            if old.level != new.level and row.get("CFItemType") in COMPETENCIES.values():
                kind = COMPETENCIES[new.level]
                self.change(row, CFItemType=kind, CFItemTypeURI=self.maker.type_link(kind))

    def _say(self, row: Table, name: str, text: str, key: str) -> None:
        own: Table = {}
        words = words_for(name, text, own, key)
        self.change(row, **{"abbreviatedStatement": None, **words})
        stale = [word for word in ("name", key) if word in own_of(row)]
        if own or stale:
            self._own(row, **{**dict.fromkeys(stale), **own})

    def _own(self, row: Table, **own: Any) -> None:
        """Put values in our part of the extensions; what is empty is taken out of it."""
        said = {key: value for key, value in {**own_of(row), **own}.items() if value}
        self.change(row, extensions={**_extensions(row), OURS: said})

    def _hang(self, old: "Placed", new: "Placed") -> None:
        """Number the children of each parent whose children are others or in another order than before."""
        before, after = _children(old), _children(new)
        links: dict[str, list[Table]] = {}
        for row in self.package.get("CFAssociations", ()):
            if row.get("associationType") == "isChildOf":
                links.setdefault(end_id(row, "originNodeURI"), []).append(row)
        for parent, both in after.items():
            children = [child for child in both if child != parent]
            if before.get(parent) == both:
                continue
            above = self.package["CFDocument"] if parent == self.maker.document else self.items[parent]
            moved = {child for child in children if child in old and old[child][1] != parent}
            for place, child in enumerate(children, start=1):
                known = links.get(child, [])
                here = [row for row in known if end_id(row, "destinationNodeURI") == parent]
                if here:
                    if here[0].get("sequenceNumber") != place:
                        self.change(here[0], sequenceNumber=place)
                elif child in moved and known:
                    self.change(known[0], destinationNodeURI=end_of(above), sequenceNumber=place)
                elif not known:
                    link = self.maker.child_of(self.items[child], above, place)
                    self.add("CFAssociations", link)

    def _replace(self, old_ids: "Ids", new_ids: "Ids", successors: Successors) -> None:
        for old, new in successors:
            origin, destination = old_ids.get(("", old)), new_ids.get(("", new))
            if origin and destination and origin != destination and origin in self.items:
                ends = self.items[origin], self.items[destination]
                self.add("CFAssociations", self.maker.association("replacedBy", *ends, origin, destination))

    def _head(self, before: Blueprint, after: Blueprint) -> None:
        document = self.package["CFDocument"]
        self.change(document, version=after.number)
        if before.title != after.title:
            self.change(document, title=after.title)
        for key, field in (("summary", "description"), ("source_url", "officialSourceURL")):
            if before.content.get(key, "") != after.content.get(key, ""):
                self.change(document, **{field: after.content.get(key) or None})
        if before.language != after.language:
            self.change(document, language=after.language)
        if own_of(document) or _shown(before) != _shown(after):
            self._own(document, **document_own(after))

    def _cross(self, before: Blueprint, after: Blueprint, old_ids: "Ids", new_ids: "Ids") -> None:
        if before.content.get("crosswalks", []) == after.content.get("crosswalks", []):
            return
        old = crosswalks(before.content, self.maker, self._by_code(before, old_ids))
        gone = {key_of(row) for rows in old for row in rows}
        groups, links = crosswalks(after.content, self.maker, self._by_code(after, new_ids))
        definitions = self.package.setdefault("CFDefinitions", {})
        for holder, name, fresh in (
            (definitions, "CFAssociationGroupings", groups),
            (self.package, "CFAssociations", links),
        ):
            had = {key_of(row): row for row in holder.get(name, ())}
            kept = [row for key, row in had.items() if key not in gone]
            again = [had.get(key_of(row), row) for row in fresh]
            if kept or again:
                holder[name] = [*kept, *again]
            self.made.update(key_of(row) for row in fresh)

    def _by_code(self, plan: Blueprint, ids: "Ids") -> dict[str, Table]:
        found = {each.code: self.items.get(ids[("", each.code)]) for each in plan.competencies}
        return {code: row for code, row in found.items() if row is not None}


Ids = dict[tuple[str, ...], str]
Placed = dict[str, tuple[Plan, str]]


def placed(plan: Blueprint, ids: Ids, document: str) -> Placed:
    """Everything in a framework by its identifier, with the identifier of what it stands under."""
    found: Placed = {}
    for domain in plan.domains:
        top = ids[(domain.code,)]
        found[top] = (domain, document)
        for each in domain.competencies:
            here = ids[("", each.code)]
            found[here] = (each, top)
            for count, idea in enumerate(each.indicators, start=1):
                found[ids[("", each.code, str(count))]] = (idea, here)
    return found


def _children(found: Placed) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for identifier, (_plan, parent) in found.items():
        made.setdefault(parent, []).append(identifier)
    return made


def _shown(plan: Blueprint) -> Sequence[Any]:
    kept = [plan.content.get(key) or None for key in ("attribution", "design_elements", "crosswalks")]
    return [*kept, document_own(plan).get("domain")]


def key_of(row: Table) -> str:
    """The identifier of an object as it is compared."""
    return named(row.get("identifier"))


def end_id(row: Table, end: str) -> str:
    """The identifier of one end of an association."""
    held = row.get(end)
    if not isinstance(held, dict):
        return ""
    return named(held.get("identifier") or str(held.get("uri", "")).rstrip("/").rpartition("/")[2])


def own_of(row: Table) -> Table:
    """Our part of an object's extensions."""
    held = row.get("extensions")
    held = held[0] if isinstance(held, list) and held else held
    own = held.get(OURS) if isinstance(held, dict) else None
    return own if isinstance(own, dict) else {}


def _extensions(row: Table) -> Table:
    held = row.get("extensions")
    return held if isinstance(held, dict) else {}


def is_ended(row: Table) -> bool:
    """Whether we marked this item as no longer part of its framework."""
    return own_of(row).get("status") == "deprecated"


def carry(
    package: Table, older: Table, maker: Maker, successors: Iterable[tuple[str, str]]
) -> tuple[set[str], set[str]]:
    """Put what a newer package no longer has, but an older one had, into the newer one: ended, with its associations.

    `successors` are pairs of identifiers. Answers which objects were changed and which were put in.
    """
    work = Overlay(package, maker)
    gone = [row for row in older.get("CFItems", ()) if key_of(row) not in work.items]
    names = {key_of(row) for row in gone}
    for row in gone:
        work.end(row)
        work.add("CFItems", row)
    known = {key_of(row) for row in package.get("CFAssociations", ())}
    document, before = package["CFDocument"], key_of(older["CFDocument"])
    for row in older.get("CFAssociations", ()):
        if end_id(row, "originNodeURI") in names and key_of(row) not in known:
            if end_id(row, "destinationNodeURI") == before != key_of(document):
                row["destinationNodeURI"] = end_of(document)
            package.setdefault("CFAssociations", []).append(row)
            work.made.add(key_of(row))
    for old, new in successors:
        if old in names and new in work.items:
            ends = work.items[old], work.items[new]
            work.add("CFAssociations", maker.association("replacedBy", *ends, old, new))
    _carry_definitions(package, older, work.made)
    return work.patched, work.made


def _carry_definitions(package: Table, older: Table, made: set[str]) -> None:
    """Definitions and rubrics that only the older package has: something may still point at them."""
    old = older.get("CFDefinitions")
    pairs = [(package, older, "CFRubrics")]
    if isinstance(old, dict):
        held = package.get("CFDefinitions")
        if not isinstance(held, dict):
            held = package["CFDefinitions"] = {}
        pairs += [(held, old, name) for name, rows in old.items() if isinstance(rows, list)]
    for holder, source, name in pairs:
        here = _objects(holder, name)
        known = {key_of(row) for row in here}
        fresh = [row for row in _objects(source, name) if key_of(row) not in known]
        if fresh:
            holder[name] = [*here, *fresh]
            made.update(key_of(row) for row in fresh)


def _objects(holder: Table, name: str) -> list[Table]:
    """What a list of a package holds that can be an object at all: nobody has checked what we do not read."""
    rows = holder.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
