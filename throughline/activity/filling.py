"""Put what somebody typed back into a form of a page, whatever form it is. Pure: text in, text out.

Only what people fill in is touched. Hidden fields stay as the page has them now, but for those that say which version
was seen: so that a change made meanwhile is still noticed when the form is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

# Says of a form which kept words are in it, so that sending it, and only that, is known to send them.
MARK = "_kept"
OURS = frozenset({"csrfmiddlewaretoken", "_once", "_by", MARK})
SEEN = frozenset({"seen", "seen_version", "mark", "as_seen"})
_UNTOUCHED = frozenset({"password", "file", "submit", "image", "button", "reset"})
Typed = Mapping[str, list[str]]
Attributes = dict[str, str | None]


@dataclass(slots=True)
class Tag:
    """A start tag where it stands."""

    name: str
    attributes: Attributes
    start: int
    end: int

    def again(self, **changed: str | bool) -> str:
        kept: Attributes = {**self.attributes}
        for key, value in changed.items():
            if value is False:
                kept.pop(key, None)
            else:
                kept[key] = None if value is True else str(value)
        parts = [key if value is None else f'{key}="{escape(value)}"' for key, value in kept.items()]
        return f"<{' '.join([self.name, *parts])}>"


@dataclass(slots=True)
class Control:
    """Something that a form sends."""

    tag: Tag
    form: int | None
    options: list[tuple[Tag, int]] = field(default_factory=list)
    inner: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        return self.tag.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        own = (
            (self.tag.attributes.get("type") or "text").lower() if self.tag.name == "input" else self.tag.name
        )
        return "hidden" if own == "text" and "hidden" in self.tag.attributes else own


@dataclass(frozen=True, slots=True)
class Filled:
    """The page with the words in it, and those for which it has no place."""

    page: str
    lost: dict[str, list[str]]
    found: bool


def fill(page: str, *, here: str, action: str, typed: Typed, mark: str = "") -> Filled:
    """The page at the address `here` with the form that goes to `action` filled in; which of several, its fields tell."""
    words = {name: values for name, values in typed.items() if name not in OURS}
    form, best = _best(page, here, action, words)
    if form is None:
        return Filled(
            page, {name: values for name, values in words.items() if not is_seen(name)}, found=False
        )
    edits = sorted(_edits(page, best, words), reverse=True)
    for start, end, text in [*edits, *_marks(form, [mark] if mark else [])]:
        page = page[:start] + text + page[end:]
    placed = {each.name for each in best}
    lost = {name: values for name, values in words.items() if name not in placed and not is_seen(name)}
    return Filled(page, lost, found=True)


def mark_again(page: str, *, here: str, typed: Typed) -> str:
    """The page that a form was answered with instead of being carried out: its form says again which words are in it."""
    form, _controls = _best(page, here, here, {name: typed[name] for name in typed if name not in OURS})
    for start, end, text in [] if form is None else _marks(form, typed.get(MARK, [])):
        page = page[:start] + text + page[end:]
    return page


def same_address(one: str, other: str) -> bool:
    """Path and query; however they are quoted. One path can be many pages: `?part=…`."""
    return _address(one) == _address(other)


def _address(told: str) -> tuple[str, list[tuple[str, str]]]:
    parts = urlsplit(told)
    return unquote(parts.path), parse_qsl(parts.query, keep_blank_values=True)


def _best(page: str, here: str, action: str, words: Typed) -> tuple[Tag | None, list[Control]]:
    """Of the forms that go to the address, the one that the words fit best, with what it sends."""
    reader = Reader(page)
    candidates = [
        (form, [each for each in reader.controls if each.form == number])
        for number, form in enumerate(reader.forms)
        if same_address(_goes_to(form, here), action)
    ]
    form, controls = max(candidates, key=lambda each: _fits(each[1], words), default=(None, []))
    takes = any(each.name in words and each.kind not in _UNTOUCHED | {"hidden"} for each in controls)
    return (form, controls) if takes else (None, [])


def _marks(form: Tag, marks: list[str]) -> list[tuple[int, int, str]]:
    """Right behind the start of the form, so in front of all that is filled in."""
    hidden = "".join(f'<input type="hidden" name="{MARK}" value="{escape(each)}">' for each in marks)
    return [(form.end, form.end, hidden)]


def is_seen(name: str) -> bool:
    """Also where a page has several forms in one, each with a prefix."""
    return name.rpartition("-")[2] in SEEN


def _goes_to(form: Tag, here: str) -> str:
    if (form.attributes.get("method") or "").lower() != "post":
        return ""
    return urljoin(here, form.attributes.get("action") or "")


def _fits(controls: list[Control], words: Typed) -> int:
    """How many names it shares with what was typed; a hidden field with the same value tells most."""
    shared = len({each.name for each in controls} & set(words))
    same = sum(
        each.kind == "hidden" and each.name not in OURS and not is_seen(each.name)
        and each.tag.attributes.get("value") in words.get(each.name, [])
        for each in controls
    )  # fmt: skip
    return shared + 100 * same


def _edits(page: str, controls: list[Control], words: Typed) -> list[tuple[int, int, str]]:
    waiting = {name: list(values) for name, values in words.items()}
    made: list[tuple[int, int, str]] = []
    for each in controls:
        given, tag = waiting.get(each.name), each.tag
        if each.kind in ("checkbox", "radio"):
            if given is not None or each.kind == "checkbox":
                chosen = (tag.attributes.get("value") or "on") in words.get(each.name, [])
                made.append((tag.start, tag.end, tag.again(checked=chosen)))
        elif each.kind == "select" and given is not None:
            for option, end in each.options:
                value = option.attributes.get("value")
                said = page[option.end : end].strip() if value is None else value
                made.append((option.start, option.end, option.again(selected=said in given)))
        elif not given or each.kind in _UNTOUCHED:
            continue
        elif each.kind == "textarea":
            made.append((*each.inner, "\n" + escape(given.pop(0))))
        elif each.kind != "hidden" or is_seen(each.name):
            made.append((tag.start, tag.end, tag.again(value=given.pop(0))))
    return made


class Reader(HTMLParser):
    """Forms and what they send, each with its place in the text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Tag] = []
        self.controls: list[Control] = []
        self._lines = [0, *(place + 1 for place, sign in enumerate(page) if sign == "\n")]
        self._open: int | None = None
        self._within: Control | None = None
        self.feed(page)
        self.close()
        self._belong_by_id()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        met = Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""))
        if tag == "form":
            self.forms.append(met)
            self._open = len(self.forms) - 1
        elif tag in ("input", "textarea", "select"):
            control = Control(met, self._open, inner=(met.end, met.end))
            self.controls.append(control)
            self._within = None if tag == "input" else control
        elif tag == "option" and self._within:
            self._within.options.append((met, met.end))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "option" and self._within and self._within.options:
            self._within.options[-1] = (self._within.options[-1][0], self._place())
        elif tag in ("textarea", "select") and self._within:
            self._within.inner = (self._within.inner[0], self._place())
            self._within = None

    def _belong_by_id(self) -> None:
        """A field may name its form and stand elsewhere."""
        by_id = {form.attributes.get("id"): number for number, form in enumerate(self.forms)}
        for each in self.controls:
            if "form" in each.tag.attributes:
                each.form = by_id.get(each.tag.attributes["form"])
