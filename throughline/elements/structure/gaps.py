"""What is still missing in an element, each with a sentence and its next step. Pure: from items and ties, no database."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.elements.models import ElementKind, Item, ItemKind, Tie
from throughline.elements.structure.kinds import KINDS, LEVELS, kinds_of
from throughline.elements.structure.queries import Node, walk

ADD, CHANGE, TIES, SERVING = "add", "change", "ties", "serving"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `page` is where its next step is taken: `add` a `what` (under `item`, if there is one),
    `change` the item, choose its `ties`, or choose what is `serving` it.
    """

    code: str
    element: str
    sentence: str | Promise
    step: str | Promise
    page: str
    item: UUID | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What gaps are looked for in: the items of every element that has begun, by its kind, and the ties between them."""

    items: Mapping[str, Sequence[Node]]
    serves: Mapping[UUID, set[UUID]]  # item → the items it serves
    served: Mapping[UUID, set[UUID]]  # item → the items that serve it

    def all(self, element: str, kind: str) -> list[Item]:
        """The items of one kind in one element, in order."""
        return [node.item for node in walk(self.items.get(element, ())) if node.item.kind == kind]

    def has(self, kind: str) -> bool:
        """Whether there is any item of a kind."""
        return bool(self.all(KINDS[kind].element, kind))

    def serves_any(self, item: Item, *kinds: str) -> bool:
        """Whether an item serves one of these kinds."""
        return any(
            each.pk in self.serves.get(item.pk, ())
            for kind in kinds
            for each in self.all(KINDS[kind].element, kind)
        )

    def served_by(self, item: Item, kind: str) -> bool:
        """Whether any item of a kind serves this one."""
        found = self.served.get(item.pk, set())
        return any(each.pk in found for each in self.all(KINDS[kind].element, kind))


def ground_of(items: Mapping[str, Sequence[Node]], ties: Iterable[Tie]) -> Ground:
    """The items of each element by its kind, and the ties between them, ready to be looked through."""
    serves: dict[UUID, set[UUID]] = defaultdict(set)
    served: dict[UUID, set[UUID]] = defaultdict(set)
    for tie in ties:
        if tie.to_id:
            serves[tie.item_id].add(tie.to_id)
            served[tie.to_id].add(tie.item_id)
    return Ground(items, serves, served)


def gaps_of(element: str, ground: Ground) -> list[Gap]:
    """What is missing in the element of one kind: in the order of its items, what concerns it as a whole first."""
    found = [
        Gap("none-yet", element, _NONE_YET[kind.kind], kind.add, ADD, what=kind.kind)
        for kind in kinds_of(element)
        if not ground.all(element, kind.kind)
    ]
    for node in walk(ground.items.get(element, ())):
        for look in _LOOKS.get(node.item.kind, ()):
            found += look(node, ground)
    return found


_NONE_YET = {
    ItemKind.FACT: _("There are no facts yet."),
    ItemKind.VOICE: _("There are no voices yet."),
    ItemKind.VISION: _("There is no vision statement yet."),
    ItemKind.ATTRIBUTE: _("There are no attributes yet."),
    ItemKind.PRINCIPLE: _("There are no principles yet."),
    ItemKind.TERM: _("There are no shared words yet."),
    ItemKind.EDUCATOR_COMPETENCY: _("There are no educator competencies yet."),
    ItemKind.AREA: _("There are no credit areas yet."),
}

Look = Callable[[Node, Ground], Iterator[Gap]]


def _gap(node: Node, code: str, sentence: Promise, step: Promise, page: str, what: str = "") -> Gap:
    item = node.item
    said = sentence % {"name": f"\u2068{item.title}\u2069"}
    return Gap(code, KINDS[item.kind].element, said, step, page, item.pk, what)


def _words(*wanted: tuple[str, str, Promise, Promise]) -> Look:
    """Fields that say nothing: (code, field, sentence, next step)."""

    def look(node: Node, _ground: Ground) -> Iterator[Gap]:
        for code, key, sentence, step in wanted:
            said = node.item.text if key == "text" else node.item.data.get(key)
            if not said:
                yield _gap(node, code, sentence, step, CHANGE)

    return look


def _children(*wanted: tuple[str, ItemKind, Promise]) -> Look:
    """Kinds of which nothing belongs to the item: (code, kind, sentence)."""

    def look(node: Node, _ground: Ground) -> Iterator[Gap]:
        for code, kind, sentence in wanted:
            if not node.of(kind):
                yield _gap(node, code, sentence, _promise(KINDS[kind].add), ADD, kind)

    return look


def _promise(words: str | Promise) -> Promise:
    return words  # type: ignore[return-value]


def _unserved(node: Node, ground: Ground) -> Iterator[Gap]:
    if not ground.served_by(node.item, ItemKind.CREDIT):
        sentence = _("No mastery credit serves the attribute “%(name)s”.")
        yield _gap(node, "attribute-unserved", sentence, _("Choose the credits that serve it"), SERVING)


def _no_vision(node: Node, ground: Ground) -> Iterator[Gap]:
    if ground.has(ItemKind.VISION) and not ground.serves_any(node.item, ItemKind.VISION):
        sentence = _("The attribute “%(name)s” is not tied to the vision.")
        yield _gap(node, "attribute-no-vision", sentence, _("Choose what it serves"), TIES)


def _no_reason(node: Node, ground: Ground) -> Iterator[Gap]:
    if not ground.serves_any(node.item, ItemKind.FACT, ItemKind.VOICE):
        sentence = _("The vision statement “%(name)s” answers no fact and no voice.")
        yield _gap(node, "vision-no-reason", sentence, _("Choose what it answers"), TIES)


def _no_attribute(node: Node, ground: Ground) -> Iterator[Gap]:
    if ground.has(ItemKind.ATTRIBUTE) and not ground.serves_any(node.item, ItemKind.ATTRIBUTE):
        sentence = _("The credit “%(name)s” serves no attribute of the Graduate Profile.")
        yield _gap(node, "credit-no-attribute", sentence, _("Choose what it serves"), TIES)


def _levels(node: Node, _ground: Ground) -> Iterator[Gap]:
    if not all(node.item.data.get(level) for level in LEVELS):
        sentence = _("The criterion “%(name)s” does not describe all four levels.")
        yield _gap(node, "criterion-no-levels", sentence, _("Describe its levels"), CHANGE)


def same_word(title: str) -> str:
    """Two terms are the same word when this is equal."""
    return " ".join(title.casefold().split())


def _two_senses(node: Node, ground: Ground) -> Iterator[Gap]:
    terms = ground.all(ElementKind.LEARNING_FRAMEWORK, ItemKind.TERM)
    alike = [each for each in terms if same_word(each.title) == same_word(node.item.title)]
    if len(alike) > 1 and alike[0].pk != node.item.pk:
        sentence = _("The word “%(name)s” stands here in two senses.")
        yield _gap(node, "term-two-senses", sentence, _("Keep one sense, or find another word"), CHANGE)


_LOOKS: dict[str, tuple[Look, ...]] = {
    ItemKind.FACT: (
        _words(("fact-no-source", "source", _("The fact “%(name)s” has no source."), _("Say where it comes from"))),
    ),
    ItemKind.VOICE: (
        _words(("voice-no-group", "group", _("The voice “%(name)s” has no group."), _("Say which group it comes from"))),
    ),
    ItemKind.VISION: (_no_reason,),
    ItemKind.ATTRIBUTE: (
        _words(("attribute-no-definition", "text", _("The attribute “%(name)s” has no definition."), _("Define it"))),
        _children(
            ("attribute-no-indicator", ItemKind.INDICATOR, _("The attribute “%(name)s” has no indicator.")),
            ("attribute-no-place", ItemKind.PLACE, _("The attribute “%(name)s” is not lived anywhere yet.")),
        ),
        _unserved,
        _no_vision,
    ),
    ItemKind.PRINCIPLE: (
        _children(("principle-no-source", ItemKind.SOURCE, _("The principle “%(name)s” has no research source."))),
    ),
    ItemKind.TERM: (
        _words(("term-no-sense", "text", _("The word “%(name)s” has no meaning yet."), _("Say what it means here"))),
        _two_senses,
    ),
    ItemKind.AREA: (_children(("area-no-credit", ItemKind.CREDIT, _("The area “%(name)s” has no credits."))),),
    ItemKind.CREDIT: (
        _words(
            ("credit-no-standard", "text", _("The credit “%(name)s” has no standard."), _("Write its standard")),
            ("credit-no-evidence", "evidence", _("The credit “%(name)s” does not say what evidence it takes."), _("Say what counts")),
            ("credit-no-demonstrations", "demonstrations", _("The credit “%(name)s” does not say how many demonstrations it takes."), _("Say how many")),
            ("credit-no-decider", "decides", _("The credit “%(name)s” does not say who decides."), _("Say who decides")),
        ),
        _children(("credit-no-criteria", ItemKind.CRITERION, _("The credit “%(name)s” has no criteria."))),
        _no_attribute,
    ),
    ItemKind.CRITERION: (_levels,),
}  # fmt: skip
