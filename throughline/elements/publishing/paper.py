"""An edition on paper: its text, then what is structured in it, in one language, as a tagged PDF."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.elements.adopting.pictures import pictures_in
from throughline.elements.adopting.showing import ShownItem
from throughline.elements.models import Edition
from throughline.elements.publishing.page import direction_of, page_of
from throughline.elements.publishing.units import Said, paragraph, translated
from throughline.elements.structure.snapshots import Fact, words_in
from throughline.elements.writing.pdf import to_pdf
from throughline.elements.writing.schema import EMPTY, plain_text
from throughline.files import kinds
from throughline.files.models import StoredFile
from throughline.records.paper.compiling import Way
from throughline.ui.times import day_in_words

Node = dict[str, Any]


def edition_pdf(edition: Edition, said: Said, language: str, paper: str) -> bytes:
    """The edition in a language, on a paper of `PAPERS`. The same edition gives the same bytes. Two queries at most."""
    document, _missing = translated(edition.document, said)
    files = _files(edition)

    def image(file: str) -> bytes | None:
        path = files.get(file)
        try:
            return default_storage.open(path).read() if path else None
        except FileNotFoundError:
            return None

    with translation.override(language):
        page = page_of(edition, said, language, lambda _file: "")
        told = {
            "number": edition.number,
            "body": edition.adopted_by_body,
            "date": day_in_words(edition.adopted_on),
        }
        line = paragraph(_("Edition %(number)s, adopted by %(body)s on %(date)s") % told)
        blocks: list[Node] = [line, *(document["content"] if edition.document != EMPTY else ())]
        for group in page.kept:
            blocks += [_heading(group.label), {"type": "bullet_list", "content": [*map(_item, group.items)]}]
        return to_pdf(
            {"type": "doc", "content": blocks},
            title=page.title,
            footer=f"{edition.element.organisation.name} · {edition.digest[:16]}",
            way=Way(paper, language, direction_of(language) == "rtl"),
            image=image,
            made_at=edition.at,
        )


def _files(edition: Edition) -> dict[str, str]:
    wanted = set(pictures_in(edition.document))
    if not wanted:
        return {}
    rows = StoredFile.objects.filter(
        organisation=edition.organisation_id, pk__in=wanted, media_type=kinds.PICTURE.media_type
    )
    return {str(key): path for key, path in rows.values_list("pk", "path")}


def _heading(words: str) -> Node:
    return {"type": "heading", "attrs": {"level": 2, "key": ""}, "content": [{"type": "text", "text": words}]}


def _item(item: ShownItem) -> Node:
    return {"type": "list_item", "content": [*_about(item)]}


def _about(item: ShownItem) -> Iterator[Node]:
    strong = {"type": "text", "marks": [{"type": "strong"}], "text": item.title}
    yield {"type": "paragraph", "content": [strong]}
    yield from (paragraph(line) for line in item.text.split("\n") if line.strip())
    for fact in item.facts:
        yield from _fact(fact)
    if item.children:
        yield {"type": "bullet_list", "content": [*map(_item, item.children)]}


def _fact(fact: Fact) -> Iterator[Node]:
    """What a field is called, then what it says."""
    first, *more = [line for line in fact.said.split("\n") if line.strip()]
    said: Node = {"type": "text", "text": first}
    if fact.href:
        said["marks"] = [{"type": "link", "attrs": {"href": fact.href}}]
    label = {"type": "text", "marks": [{"type": "em"}], "text": _("%(label)s:") % {"label": fact.label}}
    yield {"type": "paragraph", "content": [label, {"type": "text", "text": " "}, said]}
    yield from map(paragraph, more)


def words_of(edition: Edition) -> str:
    """All that will be printed, to look for characters that no font has."""
    return "\n".join(
        [plain_text(edition.document), *(words for item in edition.items for words in words_in(item))]
    )
