"""An editor as the browser has one (`static/elements/text/collab.js`), for tests that need many of them."""

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from prosemirror.model import Node
from prosemirror.transform import Mapping, Step, Transform

from throughline.elements.editing.actions import Answer, Batch, accept
from throughline.elements.editing.queries import changes_since, text_at
from throughline.elements.editing.steps import applied, forget, node_of
from throughline.elements.models import Element
from throughline.elements.writing.schema import EMPTY, SCHEMA
from throughline.schools.models import Membership


@dataclass
class Mine:
    """A change of this editor's that is not known to be written."""

    step: Step
    inverted: Step
    batch: UUID | None = None
    place: int = 0


@dataclass
class Editor:
    """One person's open editor."""

    element: Element
    member: Membership
    version: int = 0
    document: Node = field(default_factory=lambda: node_of(EMPTY))
    mine: list[Mine] = field(default_factory=list)
    sending: tuple[UUID, int] | None = None
    lost: list[Step] = field(default_factory=list)

    def open(self) -> "Editor":
        text = text_at(self.element)
        self.version, self.document = text.version, node_of(text.document)
        return self

    def change(self, steps: list[Step]) -> None:
        for step in steps:
            after = applied(step, self.document)
            self.mine.append(Mine(step, step.invert(self.document)))
            self.document = after
        forget()

    def batch(self) -> tuple[int, Batch] | None:
        """What it sends now; the same again until `answered`."""
        if self.sending is None and self.mine:
            name = uuid4()
            for place, each in enumerate(self.mine):
                each.batch, each.place = name, place
            self.sending = (name, -1)
        if self.sending is None:
            return None
        held = [each for each in self.mine if each.batch == self.sending[0]]
        return self.version, Batch(self.sending[0], [each.step.to_json() for each in held])

    def send(self, *, twice: bool = False) -> Answer | None:
        told = self.batch()
        if told is None:
            return None
        version, batch = told
        for _ in range(2 if twice else 1):
            answer = accept(
                element=self.element, version=version, batches=[batch], by=self.member, client="x" * 12
            )
        self.hear()
        assert self.version >= answer.version
        refused = [each for each in self.mine if each.batch == batch.name]
        if refused:
            self.lost += [each.step for each in refused]
            self._moved([], {id(each) for each in refused})
        self.sending = None
        return answer

    def hear(self) -> None:
        """Take over everything that was written."""
        written: list[tuple[int, UUID | None, int, Any]] = []
        for row in changes_since(self.element, self.version):
            for number, told in enumerate(row.steps):
                if row.start + number >= self.version:
                    written.append(
                        (row.start + number, row.batch, row.places[number] if row.places else number, told)
                    )
        while written:
            first = self.mine[0] if self.mine else None
            if (
                first
                and first.batch
                and (first.batch, first.place) == written[0][1:3]
                and first.step.to_json() == written[0][3]
            ):
                self.mine.pop(0)
                self.version += 1
                written.pop(0)
                continue
            names: dict[tuple[UUID | None, int], int] = {
                (each.batch, each.place): id(each) for each in self.mine if each.batch
            }
            run = []
            while written and (written[0][1], written[0][2]) not in names:
                run.append(written.pop(0))
            gone = set()
            if not run:
                gone = {names[written[0][1], written[0][2]]}
                run = [written.pop(0)]
            self._moved([Step.from_json(SCHEMA, each[3]) for each in run], gone)
            self.version += len(run)

    def _moved(self, over: list[Step], without: set[int]) -> None:
        before, document = self.mine, self.document
        mapping = Mapping()
        for each in reversed(before):
            document = applied(each.inverted, document)
            mapping.append_map(each.inverted.get_map())
        for step in over:
            document = applied(step, document)
            mapping.append_map(step.get_map())
        self.mine = []
        for number, each in enumerate(before):
            if id(each) in without:
                continue
            back = len(before) - number
            try:
                moved = each.step.map(mapping.slice(back))
                assert moved is not None
                after = applied(moved, document)
            except Exception:
                self.lost.append(each.step)
                continue
            mapping.append_map(moved.get_map(), back - 1)
            self.mine.append(Mine(moved, moved.invert(document), each.batch, each.place))
            document = after
        self.document = document
        forget()


def some_change(document: Node, chance: random.Random) -> list[Step]:
    """What somebody may do next: words in, words out, a block parted, wrapped, lifted, marked."""
    change = Transform(document)
    size = document.content.size
    start = chance.randint(0, size)
    end = min(size, start + chance.choice([0, 1, 3, 12, 40]))
    kind = chance.choice(["words", "words", "words", "cut", "split", "wrap", "lift", "mark", "heading"])
    try:
        if kind == "words":
            if not document.resolve(start).parent.inline_content:
                return []
            change.insert(start, SCHEMA.text(chance.choice(["ab", "𝒳🏫", " ", "ñ", "🎓"])))
        elif kind == "cut":
            change.delete(start, end)
        elif kind == "split":
            change.split(start)
        elif kind == "mark":
            change.add_mark(start, end, SCHEMA.mark("strong"))
        elif kind == "heading":
            change.set_block_type(start, end, SCHEMA.nodes["heading"], {"level": 3, "key": ""})
        else:
            found = document.resolve(start).block_range(document.resolve(end))
            if found is not None and kind == "wrap":
                types = chance.choice([["quote"], ["bullet_list", "list_item"]])
                change.wrap(found, [{"type": SCHEMA.nodes[each], "attrs": None} for each in types])  # type: ignore[misc]
            elif found is not None and found.depth:
                change.lift(found, found.depth - 1)
        change.doc.check()
    except Exception:  # the library raises of many kinds where a change does not fit
        return []
    finally:
        forget()
    return list(change.steps)
