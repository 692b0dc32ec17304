"""Collects the texts of the product and brings `locale/<language>/LC_MESSAGES/django.po` up to date, with Babel alone.

A variant of English (en-gb) is an overlay: its file holds only the texts that differ. Spelling is filled in by itself;
what depends on the sentence is added by hand, and stays. So is how learners are spoken to (`kit.familiar`): its file
holds what somebody wrote there, and nothing else.

python -m tools.messages        (or: make messages)
"""

import os
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from throughline.kit.familiar import FAMILIAR
from throughline.kit.spelling import british

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "en"
SPANISH = Path("locale") / "es" / "LC_MESSAGES" / "django.po"
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


def sources(root: Path = ROOT) -> Iterator[Path]:
    """The product's own Python and templates, without tests and migrations."""
    for path in sorted((root / "throughline").rglob("*")):
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


def set_up() -> None:
    """Templates are read with Django's own reader, which wants to know its settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")


def collect() -> Catalog:
    """All texts of the product as a catalogue without translations."""
    catalog = Catalog(project="Throughline", charset="utf-8")
    for path in sources():
        for message, context, line, comments in texts_in(path):
            place = (str(path.relative_to(ROOT)), line)
            catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def is_overlay(language: str) -> bool:
    """Whether a language is a variant of the one that the texts are written in."""
    return language.startswith(f"{SOURCE}-")


def place_of(language: str) -> Path:
    """Where the texts of a language are kept."""
    from django.utils.translation import to_locale  # noqa: PLC0415  (needs settings)

    return ROOT / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"


def update(language: str, template: Catalog) -> Catalog:
    """Bring one language's file up to date; texts that are gone go, new ones come in untranslated."""
    from django.utils.translation import to_locale  # noqa: PLC0415  (needs settings)

    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        with place.open("rb") as old:
            catalog = read_po(old, locale=to_locale(language))
    else:
        catalog = Catalog(locale=to_locale(language), project="Throughline", charset="utf-8")
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    if is_overlay(language):
        overlay(catalog)
    with place.open("wb") as out:
        write_po(out, catalog, width=110, include_lineno=False, sort_output=False, omit_header=False)
    return catalog


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A text, or each of its forms where it has a plural."""
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def overlay(catalog: Catalog) -> None:
    """Keep only the texts that differ, spelled the other way where nobody has written them yet."""
    for message in [message for message in catalog if message.id]:
        forms, written = forms_of(message.id), forms_of(message.string)
        if not all(written):
            written = tuple(british(form) for form in forms)
        if written == forms:
            catalog.delete(message.id, message.context)
        else:
            message.string = written if len(forms) > 1 else written[0]


def update_familiar(language: str, template: Catalog) -> Catalog:
    """Take out of an overlay by hand what is said no more."""
    place = place_of(FAMILIAR[language])
    with place.open("rb") as old:
        catalog = read_po(old, locale=language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    for message in [message for message in catalog if message.id and not any(forms_of(message.string))]:
        catalog.delete(message.id, message.context)
    with place.open("wb") as out:
        write_po(out, catalog, width=110, include_lineno=False, sort_output=False, omit_header=False)
    return catalog


def main() -> None:
    """Update every language but English, which is what the texts are written in."""
    set_up()
    from django.conf import settings  # noqa: PLC0415

    template = collect()
    for code, _name in settings.LANGUAGES:
        if code != SOURCE:
            catalog = update(
                code, deepcopy(template)
            )  # Babel takes its messages over, and an overlay fills them
            left = sum(1 for message in catalog if message.id and not message.string)
            print(f"{code}: {len(catalog)} texts, {left} to translate")
    for code in FAMILIAR:
        print(f"{FAMILIAR[code]}: {len(update_familiar(code, deepcopy(template)))} texts")


if __name__ == "__main__":
    main()
