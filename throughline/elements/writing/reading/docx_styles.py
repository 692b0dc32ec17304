"""What the styles and the numbering of a Word file say about a paragraph: which heading, which list, which number."""

import re
from dataclasses import dataclass, field
from typing import Any

from throughline.elements.writing.reading.package import Package, W

_HEADING = re.compile(r"heading ([1-9])")
_OFF = frozenset({"0", "false", "off", "none"})
_PLAIN = frozenset({"bullet", "none"})


def value(element: Any, name: str) -> str | None:
    """The value of a property that stands in another."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val")


def is_on(element: Any, name: str) -> bool | None:
    """Whether a switch is on; None when nothing is said."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF


def whole(text: str | None, otherwise: int) -> int:
    """A number, or another one."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else otherwise


@dataclass(slots=True)
class Style:
    """A style with what it takes from those it is based on."""

    name: str = ""
    outline: int | None = None
    numbering: tuple[str | None, int | None] = (None, None)
    strong: bool = False
    em: bool = False


class Styles:
    """The styles of a file, by id."""

    def __init__(self, tree: Any) -> None:
        self._raw = (
            {each.get(f"{W}styleId"): each for each in tree.iter(f"{W}style")} if tree is not None else {}
        )
        self._known: dict[str, Style] = {}
        self.usual = next(
            (
                key or ""
                for key, each in self._raw.items()
                if each.get(f"{W}type") == "paragraph"
                and (each.get(f"{W}default") or "") in {"1", "true", "on"}
            ),
            "",
        )

    def of(self, key: str | None, _above: int = 0) -> Style:
        """A style; an empty one when there is none, or when they are based on each other."""
        key = key or self.usual
        if key in self._known:
            return self._known[key]
        raw = self._raw.get(key)
        if raw is None or _above > 20:
            return Style()
        base = value(raw, "basedOn")
        before = self.of(base, _above + 1) if base and base != key else Style()
        paragraph, run = raw.find(f"{W}pPr"), raw.find(f"{W}rPr")
        outline = value(paragraph, "outlineLvl")
        strong, em = is_on(run, "b"), is_on(run, "i")
        name = (value(raw, "name") or "").lower()
        heading = _HEADING.fullmatch(name)
        found = Style(
            name,
            int(heading[1]) - 1 if heading else (whole(outline, 9) if outline else before.outline),
            numbering_of(paragraph)
            if paragraph is not None and value(paragraph.find(f"{W}numPr"), "numId")
            else before.numbering,
            before.strong if strong is None else strong,
            before.em if em is None else em,
        )
        self._known[key] = found
        return found


def numbering_of(paragraph: Any) -> tuple[str | None, int | None]:
    """The list and the level that the properties of a paragraph name."""
    numbering = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = value(numbering, "ilvl")
    return value(numbering, "numId"), whole(level, 0) if level is not None else None


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    start: int = 1
    restart: int | None = None


@dataclass(slots=True)
class _Count:
    levels: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file, which counts on as Word does: a list may be interrupted, restarted, and share its numbers."""

    def __init__(self, tree: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, _Count] = {}
        self._begun: set[tuple[str, int]] = set()
        if tree is None:
            return
        styled: dict[str, str] = {}
        links: dict[str, str] = {}
        for each in tree.iter(f"{W}abstractNum"):
            key = each.get(f"{W}abstractNumId") or ""
            self._levels[key] = {
                whole(level.get(f"{W}ilvl"), 0): _level(level) for level in each.iter(f"{W}lvl")
            }
            if style := value(each, "styleLink"):
                styled[style] = key
            if link := value(each, "numStyleLink"):
                links[key] = link
        for each in tree.iter(f"{W}num"):
            number, abstract = each.get(f"{W}numId") or "", value(each, "abstractNumId") or ""
            self._of[number] = styled.get(links.get(abstract, ""), abstract)
            self._overrides[number] = {
                whole(override.get(f"{W}ilvl"), 0): whole(start, 1)
                for override in each.iter(f"{W}lvlOverride")
                if (start := value(override, "startOverride")) is not None
            }

    def format(self, number: str, level: int) -> str:
        """How a level counts: `bullet`, `decimal`, `lowerLetter` …; nothing where there is no such list."""
        if number not in self._of:
            return ""
        found = self._levels.get(self._of[number], {}).get(level)
        return found.format if found else "decimal"

    def next(self, number: str, level: int) -> int:
        """The number of the next paragraph of a list."""
        key = self._of[number]
        levels = self._levels.get(key, {})
        count = self._counts.setdefault(key, _Count()).levels
        start = levels.get(level, _Level()).start
        override = self._overrides.get(number, {}).get(level)
        if override is not None and (number, level) not in self._begun:
            count[level] = override
        else:
            count[level] = count[level] + 1 if level in count else (start if override is None else override)
        self._begun.add((number, level))
        for deeper in [each for each in count if each > level]:
            restart = levels.get(deeper, _Level()).restart
            if restart is None or (restart > 0 and level < restart):
                del count[deeper]
        return count[level]


def _level(element: Any) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        value(element, "numFmt") or "decimal",
        whole(value(element, "start"), 1),
        None if restart is None else whole(restart, 0),
    )


def is_plain(form: str) -> bool:
    """Whether a level does not count."""
    return form in _PLAIN


def read_styles(package: Package, targets: dict[str, Any]) -> tuple[Styles, Numbering]:
    """The styles and the numbering of a file."""
    parts = {target.kind: target.where for target in targets.values() if not target.outside}
    return Styles(package.tree(parts.get("styles", "word/styles.xml"))), Numbering(
        package.tree(parts.get("numbering", "word/numbering.xml"))
    )
