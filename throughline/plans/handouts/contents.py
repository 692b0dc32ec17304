"""What stands on a paper for families: pure, from the page as families read it (`families.page.FamilyPage`)."""

from typing import Any

from throughline.plans.families.page import Answered, Cited, FamilyPage, Line, Part, Words
from throughline.records.paper.cards import code_of
from throughline.records.paper.compiling import theirs

Data = dict[str, Any]
# Of a language that the product doesn't speak nobody knows how it counts pages.
PAGE = "%(page)s / %(pages)s"


def as_data(page: FamilyPage, *, stood: str, address: str, draft: bool) -> Data:
    """What the layouts of this folder lay out. `stood` is the day it is printed, `address` that of the page if all can open it.

    Fixed words may be untranslated, so they go by their own first letter (`theirs`).
    """
    words = page.words
    return {
        "title": f"{page.title} · {page.organisation}",
        "author": page.organisation,
        "footer": page.organisation,
        "page": PAGE,
        "heading": page.title,
        "organisation": _plain(page.organisation),
        "stood": theirs(words["stood"] % {"date": stood}),
        "missing": theirs(words["missing"] if page.missing else ""),
        "draft": words["not_yet"] if draft else "",
        "address": address,
        "short": address.partition("//")[2].rstrip("/"),
        "code": code_of(address) if address else "",
        "online": theirs(words["online"]),
        "card_note": theirs(words["card_note"]),
        "said": {name: words[name] for name in ("code", "card", "questions", "ask")},
        "parts": [_part(each, page) for each in page.parts],
        "questions": [_answered(each, page) for each in page.questions],
    }


def _part(part: Part, page: FamilyPage) -> Data:
    return {
        "title": part.title,
        "year": _words(part.year, page),
        "cited": _cited(page.cited, page) if part.cites and page.cited else None,
        "pieces": [
            {"heading": each.heading, "paragraphs": _paragraphs(each.text, page)} for each in part.pieces
        ],
        "lines": [_line(each, part, page) for each in part.lines],
    }


def _cited(cited: Cited, page: FamilyPage) -> Data:
    return {"text": _words(Words(cited.text, cited.language), page), "from": theirs(page.words["cited"])}


def _line(line: Line, part: Part, page: FamilyPage) -> Data:
    heard = part.key == "did"
    return {
        "lead": page.words["said"] if heard else "",
        "answer": theirs(page.words["did_it"] if heard and line.text else ""),
        "title": _words(line.title, page),
        "whom": page.words["for_whom"] if line.for_whom else "",
        "for_whom": _words(line.for_whom, page),
        "state": line.state,
        "when": line.when,
        "paragraphs": _paragraphs(line.text, page),
    }


def _answered(each: Answered, page: FamilyPage) -> Data:
    return {"question": _words(each.question, page), "paragraphs": _paragraphs(each.answer, page)}


def _paragraphs(words: Words, page: FamilyPage) -> list[Data]:
    return [
        _words(Words(each.strip(), words.language), page) for each in words.text.split("\n") if each.strip()
    ]


def _words(words: Words | None, page: FamilyPage) -> Data:
    """A text with its language and direction; both empty where it is in those of the page."""
    if words is None:
        return _plain("")
    if words.language == page.language:
        return _plain(words.text)
    return {
        "text": words.text,
        "language": words.language.split("-")[0],
        "direction": words.direction,
    }


def _plain(text: str) -> Data:
    return {"text": text, "language": "", "direction": ""}
