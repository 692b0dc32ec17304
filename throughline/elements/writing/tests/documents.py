"""Documents for property tests: every node, mark and attribute of the format, with the texts that hurt."""

from typing import Any

from hypothesis import strategies as st

Node = dict[str, Any]
WORDS = st.text(
    st.one_of(
        st.sampled_from("abcdeé ñ  ?*_#[]<>&\"'`\\|~!:-+1.)“”—"),
        st.sampled_from("مدرسةשלום漢字𝒳😀🏫"),  # right to left, wide, and outside the basic plane
    ),
    min_size=1,
    max_size=24,
)
LINE = st.one_of(st.just(""), WORDS.map(lambda text: " ".join(text.split())))
HREF = st.sampled_from(
    [
        "https://example.org/",
        "http://example.org/a?b=c&d=(e)",
        "mailto:office@example.org",
        "https://example.org/ñ_*",
    ]
)
FILES = st.uuids(version=4).map(str)


@st.composite
def marks(draw: st.DrawFn) -> list[Node]:
    """Marks in their order, each at most once."""
    found: list[Node] = []
    if draw(st.integers(0, 5)) == 0:
        found.append({"type": "link", "attrs": {"href": draw(HREF)}})
    found += [{"type": kind} for kind in ("strong", "em") if draw(st.integers(0, 3)) == 0]
    return found


@st.composite
def inline(draw: st.DrawFn) -> list[Node]:
    """What stands in a paragraph."""
    found: list[Node] = []
    for _each in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["text"] * 5 + ["hard_break", "footnote"]))
        if kind == "text":
            node: Node = {"type": "text", "text": draw(WORDS)}
            given = draw(marks())
            if given:
                node["marks"] = given
        elif kind == "footnote":
            url = draw(st.sampled_from(["", "https://example.org/source"]))
            node = {"type": "footnote", "attrs": {"text": draw(LINE) or "Note", "url": url}}
        else:
            node = {"type": "hard_break"}
        found.append(node)
    return found


def _of(kind: str, content: list[Node], **attrs: Any) -> Node:
    node: Node = {"type": kind}
    if attrs:
        node["attrs"] = attrs
    if content:
        node["content"] = content
    return node


PARAGRAPH = inline().map(lambda content: _of("paragraph", content))
HEADING = st.builds(
    lambda content, level, key: _of("heading", content, level=level, key=key),
    inline(),
    st.integers(2, 4),
    st.sampled_from(["", "", "vision", "who-is-missing"]),
)
QUOTE = st.builds(
    lambda content, voice, group: _of("quote", content, voice=voice, group=group),
    st.lists(PARAGRAPH, min_size=1, max_size=2),
    LINE,
    LINE,
)
IMAGE = st.builds(
    lambda file, alt, caption: _of("image", [], file=file, alt=alt, caption=caption), FILES, LINE, LINE
)


def _lists(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    item = st.builds(
        lambda first, rest: _of("list_item", [first, *rest]), PARAGRAPH, st.lists(inner, max_size=2)
    )
    items = st.lists(item, min_size=1, max_size=3)
    return st.one_of(
        items.map(lambda content: _of("bullet_list", content)),
        st.builds(
            lambda content, start: _of("ordered_list", content, start=start), items, st.integers(0, 12)
        ),
    )


@st.composite
def tables(draw: st.DrawFn) -> Node:
    """A table without holes: some cells are two columns or two rows wide."""
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    taken: set[tuple[int, int]] = set()
    rows: list[Node] = []
    for y in range(height):
        cells: list[Node] = []
        for x in range(width):
            if (x, y) in taken:
                continue
            free = (x + 1 < width) and (x + 1, y) not in taken
            across = 2 if free and draw(st.integers(0, 5)) == 0 else 1
            # A row of which every cell comes from above would be empty: only where a cell stays.
            down = 2 if y + 1 < height and x > 0 and draw(st.integers(0, 5)) == 0 else 1
            taken |= {(x + i, y + j) for i in range(across) for j in range(down)}
            kind = "table_header" if y == 0 or draw(st.integers(0, 6)) == 0 else "table_cell"
            inside = draw(
                st.lists(st.one_of(PARAGRAPH, PARAGRAPH, _lists(PARAGRAPH)), min_size=1, max_size=2)
            )
            cells.append(_of(kind, inside, colspan=across, rowspan=down))
        rows.append(_of("table_row", cells))
    return _of("table", rows)


BLOCK = st.recursive(st.one_of(PARAGRAPH, PARAGRAPH, HEADING, QUOTE, IMAGE, tables()), _lists, max_leaves=6)
DOCUMENTS = st.lists(BLOCK, min_size=1, max_size=5).map(lambda content: _of("doc", content))
