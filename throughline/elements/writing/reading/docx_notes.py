"""The footnotes, endnotes and comments of a Word file."""

from typing import Any

from throughline.elements.writing.reading.docx_runs import Around, Runs
from throughline.elements.writing.reading.fitting import text_of
from throughline.elements.writing.reading.found import Comment, Node, line
from throughline.elements.writing.reading.package import Package, Target, W


def notes_of(package: Package, targets: dict[str, Target], runs: Runs) -> None:
    """Put the notes of a file where `runs` looks for them."""
    for kind in ("footnote", "endnote"):
        for part in _parts(targets, f"{kind}s"):
            tree = package.tree(part)
            if tree is None:
                continue
            runs.targets[part] = package.targets(part)
            for note in tree.iter(f"{W}{kind}"):
                if note.get(f"{W}type") in {None, "normal"}:
                    runs.notes[kind, note.get(f"{W}id") or ""] = _note(note, part, runs)


def _note(note: Any, part: str, runs: Runs) -> dict[str, str]:
    """A note is words and the address of its source."""
    lines: list[str] = []
    source = ""
    for each in note.iter(f"{W}p"):
        pieces = runs.of(each, Around(part=part))
        if any(piece["type"] == "image" for piece in pieces):
            runs.lost["images-in-notes"] += 1
        for piece in pieces:
            href = _href(piece)
            if href.startswith(("http:", "https:")) and not source:
                source = href
        rest = [
            piece
            for piece in pieces
            if not (source and _href(piece) == source and piece["text"].strip() == source)
        ]
        lines.append("\n".join(line(part_, 4000) for part_ in _by_breaks(rest)))
    return {"text": "\n".join(lines).strip()[:4000], "url": source}


def _by_breaks(pieces: list[Node]) -> list[str]:
    parts: list[list[Node]] = [[]]
    for piece in pieces:
        if piece["type"] == "hard_break":
            parts.append([])
        else:
            parts[-1].append(piece)
    return [text_of(part) for part in parts]


def _href(piece: Node) -> str:
    return next((str(mark["attrs"]["href"]) for mark in piece.get("marks", ()) if mark["type"] == "link"), "")


def comments_of(package: Package, targets: dict[str, Target], runs: Runs) -> None:
    """The comments of a file, by their id."""
    for part in _parts(targets, "comments"):
        tree = package.tree(part)
        if tree is None:
            continue
        runs.targets[part] = package.targets(part)
        for each in tree.iter(f"{W}comment"):
            lines = [line(text_of(runs.of(p, Around(part=part))), 4000) for p in each.iter(f"{W}p")]
            runs.loose.comments[each.get(f"{W}id") or ""] = Comment(
                line(each.get(f"{W}author") or "", 200),
                (each.get(f"{W}date") or "")[:40],
                "\n".join(lines).strip()[:10_000],
            )


def _parts(targets: dict[str, Target], kind: str) -> list[str]:
    return [target.where for target in targets.values() if target.kind == kind and not target.outside]
