"""What a kind of item is made of: fields, parents, ties. Plain values, no database."""

from dataclasses import dataclass

from django.utils.functional import Promise

from throughline.elements.models import ElementKind, ItemKind

Words = str | Promise
LINE, TEXT, CHOICE, NUMBER, LINK, DATE = "line", "text", "choice", "number", "link", "date"
TITLE_LIMIT, LINE_LIMIT, TEXT_LIMIT, LINK_LIMIT = 300, 300, 4_000, 2_000
MOST_DEMONSTRATIONS = 20
OWN = ("title", "text")  # columns of their own; every other field stands in `Item.data`


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `sort` says how it is typed; `offer` proposes what other items of the element say there."""

    key: str
    label: Words
    help: Words = ""
    sort: str = LINE
    required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()
    offer: bool = False

    @property
    def limit(self) -> int:
        """How many characters it may have."""
        return {LINE: LINE_LIMIT, TEXT: TEXT_LIMIT, LINK: LINK_LIMIT}.get(self.sort, LINE_LIMIT)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item. `ties` are the kinds that it may serve, besides the competencies of the journey."""

    kind: ItemKind
    element: ElementKind
    plural: Words
    add: Words
    about: Words
    fields: tuple[Field, ...]
    parent: ItemKind | None = None
    ties: tuple[ItemKind, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of its fields, in order."""
        return tuple(each.key for each in self.fields)


def title(label: Words, help_text: Words = "") -> Field:
    """What an item is called: every kind has it, and it cannot be empty."""
    return Field("title", label, help_text, required=True)


def text(label: Words, help_text: Words = "") -> Field:
    """What an item says at length."""
    return Field("text", label, help_text, sort=TEXT)
