"""Which heading is which: pages and papers begin to count at different levels, the format has three below the title."""

from throughline.elements.writing.reading.fitting import text_of
from throughline.elements.writing.reading.found import Loose, Node, line


def settle_headings(loose: Loose) -> None:
    """A first heading that stands alone on the first level is the title; the others become levels 2 to 4."""
    headings = [each for each in _headings(loose.content) if text_of(each["content"]).strip()]
    tops = [each for each in headings if each["attrs"]["level"] == 1]
    if len(tops) == 1 and headings[0] is tops[0] and not loose.title and _is_first(loose.content, tops[0]):
        loose.title = line(text_of(tops[0]["content"]), 200)
        tops[0]["content"] = []
        tops, headings = [], headings[1:]
    if tops:
        for each in headings:
            each["attrs"]["level"] += 1
    loose.lost["deep-headings"] += sum(each["attrs"]["level"] > 4 for each in headings)


def _headings(nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if node["type"] == "heading":
            found.append(node)
        elif node["type"] in {
            "group",
            "quote",
            "list_item",
            "bullet_list",
            "ordered_list",
            "table",
            "table_row",
        }:
            found += _headings(node["content"])
    return found


def _is_first(nodes: list[Node], heading: Node) -> bool:
    """Whether nothing that is read stands before it."""
    for node in nodes:
        if node is heading:
            return True
        if node["type"] == "group":
            if _is_first(node["content"], heading):
                return True
            if not _is_blank(node):
                return False
        elif not _is_blank(node):
            return False
    return False


def _is_blank(node: Node) -> bool:
    if node["type"] in {"text", "here", "hard_break"}:
        return not node.get("text", "").strip()
    return node["type"] in {"paragraph", "group"} and all(map(_is_blank, node["content"]))
