"""The pieces of one paragraph, made tidy: the same words, without what nobody sees.

Runs of blanks become one, none stands at the edges; a mark ends with its last word; a break between two paragraphs in one
makes two of them. Whatever is read becomes tidy, and what is tidy is read the same from every format.
"""

from throughline.elements.writing.reading.found import Node, clean

_BLANKS = " \xa0"


def tidy(pieces: list[Node]) -> list[list[Node]]:
    """The pieces of each paragraph that these make: none for nothing that is seen (marks of comments stay)."""
    parts: list[list[Node]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece["type"] == "hard_break":
            breaks += 1
            continue
        if breaks and piece["type"] == "text" and not piece["text"].strip(_BLANKS):
            continue
        if breaks == 1 and parts[-1]:
            parts[-1].append({"type": "hard_break"})
        elif breaks > 1 and is_seen(parts[-1]):
            parts.append([])
        breaks = 0
        parts[-1].append(_plain(piece))
    return [found for part in parts if (found := joined(_spaced(_split(part))))]


def is_seen(pieces: list[Node]) -> bool:
    """Whether there is anything to read in it."""
    return any(
        piece["type"] == "footnote" or (piece["type"] == "text" and piece["text"].strip(_BLANKS))
        for piece in pieces
    )


def _plain(piece: Node) -> Node:
    """Clean words, and marks on words alone."""
    if piece["type"] == "text":
        return {**piece, "text": clean(piece["text"])}
    return {key: value for key, value in piece.items() if key != "marks"}


def _split(pieces: list[Node]) -> list[Node]:
    """Blanks at the edges of a piece as pieces of their own, without marks."""
    found: list[Node] = []
    for piece in pieces:
        if piece["type"] != "text":
            found.append(piece)
            continue
        text = piece["text"]
        core = text.strip(_BLANKS)
        before = text[: len(text) - len(text.lstrip(_BLANKS))] if core else text
        after = text[len(text.rstrip(_BLANKS)) :] if core else ""
        if before:
            found.append({"type": "text", "text": before})
        if core:
            found.append({**piece, "text": core})
        if after:
            found.append({"type": "text", "text": after})
    return found


def _spaced(pieces: list[Node]) -> list[Node]:
    """One blank between words, with the marks that both sides have; none at an edge or beside a break."""
    found: list[Node] = []
    held: list[Node] = []  # a comment begins behind the blank
    waiting = ""
    for piece in pieces:
        if piece["type"] == "here":
            (held if waiting and not piece["ends"] else found).append(piece)
            continue
        if piece["type"] == "text" and not piece["text"].strip(_BLANKS):
            waiting += piece["text"]
            continue
        last = _last(found)
        if waiting and last is not None and "hard_break" not in (last["type"], piece["type"]):
            marks = [mark for mark in last.get("marks", ()) if mark in piece.get("marks", ())]
            blank = waiting if waiting == "\xa0" else " "
            found.append({"type": "text", "text": blank, **({"marks": marks} if marks else {})})
        waiting = ""
        found += [*held, piece]
        held = []
    found += held
    return _without_breaks_at_the_edges(found)


def _last(pieces: list[Node]) -> Node | None:
    return next((piece for piece in reversed(pieces) if piece["type"] != "here"), None)


def _without_breaks_at_the_edges(pieces: list[Node]) -> list[Node]:
    seen = [place for place, piece in enumerate(pieces) if piece["type"] not in {"hard_break", "here"}]
    if not seen:
        return [piece for piece in pieces if piece["type"] == "here"]
    first, last = seen[0], seen[-1]
    return [
        piece for place, piece in enumerate(pieces) if piece["type"] != "hard_break" or first < place < last
    ]


def joined(pieces: list[Node]) -> list[Node]:
    """Neighboring words with the same marks as one piece."""
    found: list[Node] = []
    for piece in pieces:
        if (
            found
            and piece["type"] == found[-1]["type"] == "text"
            and piece.get("marks") == found[-1].get("marks")
        ):
            found[-1] = {**piece, "text": found[-1]["text"] + piece["text"]}
        else:
            found.append(piece)
    return found
