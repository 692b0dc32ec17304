"""Where comments stand: their marks taken out of the text, as positions in it (UTF-16 units, as ProseMirror counts)."""

from typing import Any

from throughline.elements.writing.reading.found import Comment, Node
from throughline.elements.writing.reading.tidying import joined


def anchored(document: Node, comments: dict[str, Comment]) -> list[Comment]:
    """The comments in the order in which they begin, with their places; the document loses their marks, in place."""
    walk = _Walk(comments)
    walk.inside(document, 0)
    seen = [comment for name, comment in comments.items() if name in walk.begun]
    for name, comment in comments.items():
        if name not in walk.ended:
            comment.end = comment.start
        comment.about = "".join(walk.words.get(name, ()))[:500].strip()
        if name not in walk.begun:
            seen.append(comment)  # it stood nowhere: at the beginning
    return sorted(seen, key=lambda comment: (comment.start, comment.end))


class _Walk:
    def __init__(self, comments: dict[str, Comment]) -> None:
        self.comments = comments
        self.begun: set[str] = set()
        self.ended: set[str] = set()
        self.open: set[str] = set()
        self.words: dict[str, list[str]] = {}

    def inside(self, node: Node, at: int) -> int:
        """The position behind the content of a node that begins here."""
        content: list[Node] | None = node.get("content")
        if content is None:
            return at
        kept: list[Node] = []
        for inner in content:
            kind = inner["type"]
            if kind == "here":
                self.here(inner, at)
                continue
            kept.append(inner)
            if kind == "text":
                at += len(inner["text"].encode("utf-16-le")) // 2
                self.say(inner["text"])
            elif kind in {"hard_break", "footnote", "image"}:
                at += 1
                self.say(" ")
            else:
                at = self.inside(inner, at + 1) + 1
                self.say(" ")
        if len(kept) != len(content):
            kept = joined(kept)
            if kept:
                node["content"] = kept
            else:
                del node["content"]
        return at

    def here(self, mark: dict[str, Any], at: int) -> None:
        name = mark["comment"]
        comment = self.comments.get(name)
        if comment is None:
            return
        if mark["ends"]:
            comment.end = at
            self.ended.add(name)
            self.open.discard(name)
        elif name not in self.begun:
            comment.start = comment.end = at
            self.begun.add(name)
            self.open.add(name)
            self.words[name] = []

    def say(self, text: str) -> None:
        for name in self.open:
            held = self.words[name]
            if len(held) < 200:
                held.append(text)
