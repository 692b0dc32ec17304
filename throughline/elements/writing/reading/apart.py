"""Reading in a process apart (`kit.apart`): what a large or a hostile file takes of memory and time stays there.

Answers the document with marks of nothing in it, the pictures one after the other, comments with their places, and what
was lost as words of a kind (`incoming` has the sentences).
"""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from io import BytesIO

from throughline.elements.writing.reading import soup
from throughline.elements.writing.reading.anchors import anchored
from throughline.elements.writing.reading.docx import read_docx
from throughline.elements.writing.reading.fitting import fitted
from throughline.elements.writing.reading.found import Loose, Unreadable
from throughline.elements.writing.reading.html import read_html
from throughline.elements.writing.reading.markdown import read_markdown
from throughline.elements.writing.reading.typed import read_typed
from throughline.elements.writing.rules import MOST_NODES
from throughline.kit.apart import Told, serve

MEGABYTES = 768
MOST_BESIDE = 40_000_000
MOST_COMMENTS = 2_000


def _html(content: bytes) -> Loose:
    return read_html(soup.charset_of(content))


def _markdown(content: bytes) -> Loose:
    return read_markdown(_text(content))


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").replace("\x00", "")


def _zip(content: bytes) -> Loose:
    """Our own Markdown with its pictures: one text, and what it shows beside it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()][:500]
            texts = [part for part in parts if part.filename.lower().endswith((".md", ".markdown"))]
            if len(texts) != 1:
                raise Unreadable("no-text")
            left, held = MOST_BESIDE, {}
            for part in [*texts, *(each for each in parts if each not in texts)]:
                with archive.open(part) as opened:
                    held[part.filename] = opened.read(left + 1)
                left -= len(held[part.filename])
                if left < 0:
                    raise Unreadable("too-large")
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, NotImplementedError):
        raise Unreadable("broken") from None
    folder = texts[0].filename.rpartition("/")[0]
    beside = {name.removeprefix(f"{folder}/") if folder else name: each for name, each in held.items()}
    return read_markdown(_text(held[texts[0].filename]), beside)


_READERS: dict[str, Callable[[bytes], Loose]] = {
    "html": _html,
    "docx": read_docx,
    "markdown": _markdown,
    "zip": _zip,
}


def read(told: Told, content: bytes) -> tuple[Told, bytes]:
    """What `told["kind"]` of file this is, read; or a word for why it cannot be."""
    wrong: Mapping[str, list[str]] = {}
    try:
        if told["kind"] == "typed":
            typed = read_typed(_text(content), told["pictures"])
            loose, wrong = typed.loose, typed.wrong()
        else:
            loose = _READERS[told["kind"]](content)
    except Unreadable as why:
        return {"unreadable": str(why)}, b""
    except RecursionError:
        return {"unreadable": "nested"}, b""
    document = fitted(loose)
    comments = anchored(document, loose.comments)
    if _count(document) > MOST_NODES:
        return {"unreadable": "too-long"}, b""
    pictures = [(name, len(picture.content), picture.alt) for name, picture in loose.pictures.items()]
    answer = {
        "document": document,
        "title": loose.title,
        "pictures": pictures,
        "comments": [asdict(comment) for comment in comments[:MOST_COMMENTS]],
        "comments_left": max(0, len(comments) - MOST_COMMENTS),
        "lost": dict(+loose.lost),
        "elsewhere": loose.elsewhere[:50],
        "wrong": wrong,
    }
    return answer, b"".join(picture.content for picture in loose.pictures.values())


def _count(document: Told) -> int:
    count, waiting = 0, [document]
    while waiting:
        node = waiting.pop()
        count += 1
        waiting += node.get("content", ())
    return count


if __name__ == "__main__":
    serve(read, megabytes=MEGABYTES)
