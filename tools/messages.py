"""Collects the texts of the product and brings `locale/<language>/LC_MESSAGES/django.po` up to date, with Babel alone.

python -m tools.messages        (or: make messages)
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """The product's own Python and templates, without tests and migrations."""
    for path in sorted((ROOT / "throughline").rglob("*")):
        is_text = path.suffix == ".py" or (
            "templates" in path.parts and path.suffix in {".html", ".txt", ".svg"}
        )
        if is_text and not {"tests", "migrations"} & set(path.parts):
            yield path


def texts_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, int, list[str]]]:
    """Every text of one file: (message, context, line, comments for translators)."""
    from django.utils.translation.template import templatize  # noqa: PLC0415  (needs settings)

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # The template is turned into lines of calls; their indentation means nothing.
        called = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in called.splitlines())
    for line, message, comments, context in extract(
        "python", BytesIO(source.encode()), KEYWORDS, ["Translators"]
    ):
        yield message, context, line, comments


def collect() -> Catalog:
    """All texts of the product as a catalogue without translations."""
    catalog = Catalog(project="Throughline", charset="utf-8")
    for path in sources():
        for message, context, line, comments in texts_in(path):
            place = (str(path.relative_to(ROOT)), line)
            catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def update(language: str, template: Catalog) -> Catalog:
    """Bring one language's file up to date; texts that are gone go, new ones come in untranslated."""
    place = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        with place.open("rb") as old:
            catalog = read_po(old, locale=language)
    else:
        catalog = Catalog(locale=language, project="Throughline", charset="utf-8")
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    with place.open("wb") as out:
        write_po(out, catalog, width=110, include_lineno=False, sort_output=False, omit_header=False)
    return catalog


def main() -> None:
    """Update every language but English, which is what the texts are written in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    from django.conf import settings  # noqa: PLC0415

    template = collect()
    for code, _name in settings.LANGUAGES:
        if code != "en":
            catalog = update(code, template)
            left = sum(1 for message in catalog if message.id and not message.string)
            print(f"{code}: {len(catalog)} texts, {left} to translate")


if __name__ == "__main__":
    main()
