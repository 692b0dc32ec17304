"""What is in force is shown to everyone, with the throughline of it, and said in another language."""

import tomllib
from collections.abc import Callable, Iterator
from functools import partial

from throughline.elements.adopting.queries import editions_of
from throughline.elements.line.actions import show_line
from throughline.elements.models import Edition
from throughline.elements.publishing.actions import Typed, publish_element, translate_edition
from throughline.elements.publishing.typed import to_typed
from throughline.elements.publishing.units import paragraph
from throughline.elements.setup.templates_read import template_of
from throughline.elements.writing.schema import fingerprint, textblocks
from throughline.home.demo.elements import texts
from throughline.home.demo.elements.drafting import Drafts
from throughline.home.demo.elements.texts import Told

Day = tuple[int, Callable[[], object]]


def doings(drafts: Drafts, kind: str, told: Told) -> Iterator[Day]:
    """What happens, each on its day."""
    if "published" in told:
        yield told["published"]["day"], partial(_publish, drafts, kind, told["published"])
    if "translated" in told:
        yield told["translated"]["day"], partial(_translate, drafts, kind, told)


def _publish(drafts: Drafts, kind: str, told: Told) -> None:
    element = drafts.element(kind)
    by = drafts.who(told["by"])
    publish_element(element=element, is_open=True, may_be_found=False, by=by)
    show_line(is_open=True, may_be_found=False, by=by)


def _translate(drafts: Drafts, kind: str, told: Told) -> None:
    language = told["translated"]["language"]
    edition = editions_of(drafts.element(kind))[0]
    said = _text_said(drafts, kind, edition, language) | _items_said(kind, told, language)
    translate_edition(
        edition=edition,
        language=language,
        typed={name: Typed(words, None) for name, words in said.items()},
        by=drafts.who(told["translated"]["by"]),
    )


def _text_said(drafts: Drafts, kind: str, edition: Edition, language: str) -> dict[str, str]:
    """The paragraphs of both texts stand in the same order."""
    outline = template_of(kind, language).outline()
    written = texts.sections_of(f"{kind}.{language}")
    document = texts.document_of(outline, written, drafts.dated(language))
    pairs = zip(textblocks(edition.document), textblocks(document), strict=True)
    return {one.fingerprint: to_typed(other.node) for one, other in pairs}


def _items_said(kind: str, told: Told, language: str) -> dict[str, str]:
    other = tomllib.loads((texts.HERE / f"{kind}.{language}.toml").read_text(encoding="utf-8"))
    said = {told["title"]: other["title"]}
    for each in told["items"]:
        own = [each[name] for name in ("title", "text", "source") if name in each]
        said |= dict(zip(own, other["items"][each["key"]], strict=True))
    return {fingerprint(paragraph(one)): two for one, two in said.items()}
