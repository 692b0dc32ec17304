"""Lines of *you said → we did* as entries of the page for families: pure, from an edition as it was published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from throughline.kit.text import clean_line, clean_text
from throughline.plans.families.document import Content
from throughline.plans.families.sections import LONGEST_LINE
from throughline.voices.models import Reply
from throughline.voices.replying.document import FOLLOWS

TOPIC = "did"


@dataclass(frozen=True, slots=True)
class Offer:
    """A line in the language of the page. `entry` is what it becomes, `others` the same in other languages."""

    nth: int
    entry: Content
    others: dict[str, Content]
    is_there: bool


def offers_of(document: Mapping[str, Any], language: str, content: Content) -> list[Offer]:
    """The lines that are said in the language of the page; those that stand there already say so."""
    known = {each["title"] for each in content.get("items", ())}
    found = []
    for nth, line in enumerate(document["lines"]):
        said = {code: _entry(line["kind"], code, words) for code, words in line["words"].items()}
        entry = said.pop(language, None)
        if entry:
            found.append(Offer(nth, entry, said, entry["title"] in known))
    return found


def _entry(kind: str, language: str, words: Mapping[str, str]) -> Content:
    """What was heard on one line, shortened where it must be; a no and a not-yet say so before their reason."""
    title, text = clean_line(words.get("heard", "")), clean_text(words.get("answer", ""))
    if len(title) > LONGEST_LINE:
        title = f"{title[: LONGEST_LINE - 2].rstrip()} …"
    if kind != Reply.Kind.WILL or not text:
        with override(language):
            text = f"{FOLLOWS[Reply.Kind(kind)]}. {text}".strip()
    return {"title": title, "text": text}
