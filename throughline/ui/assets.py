"""Fonts and the editor for the browser, made at set-up from the packages that ship them; nothing of theirs is in the repository.

Each face is cut in two by `unicode-range`: `latin` (English, Spanish and their neighbours, on every page) and `more`
(the other Latin alphabets, fetched only by a page that needs them). Other scripts fall back to the system's fonts.

The editor is one file of `django-prose-editor`, which holds all of ProseMirror; of its Django part nothing is used.
"""

import hashlib
import importlib.metadata
import io
import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont


class Face(NamedTuple):
    """One cut of a family: the file we write and where it comes from."""

    name: str
    package: str
    file: str


FACES = (
    Face("serif-600", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    Face("sans-400", "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    Face("sans-600", "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
)
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201F,"
    "U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)
MORE = "U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+1E00-1EFF,U+20A0-20AB,U+20AD-20C0"
RANGES = {"latin": LATIN, "more": MORE}
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
EDITOR = "django-prose-editor"
PACKAGES = ("font-source-serif-pro", "font-source-sans-pro", "fonttools", "brotli")
RECIPE = 1  # raise it when this module makes the same inputs into something else


def prepare(assets: Path) -> bool:
    """Make what is missing or out of date under `assets`; True when something was made."""
    made = [_prepare_fonts(assets), _prepare_editor(assets)]
    return any(made)


def _prepare_editor(assets: Path) -> bool:
    """Copy the editor and its licence, without the line that names a map which isn't there."""
    place = assets / "ui" / "editor"
    stamp, version = place / "version.txt", importlib.metadata.version(EDITOR)
    if stamp.exists() and stamp.read_text() == version and (place / "editor.js").exists():
        return False
    place.mkdir(parents=True, exist_ok=True)
    package = importlib.metadata.distribution(EDITOR)
    script = Path(str(package.locate_file("django_prose_editor/static/django_prose_editor/editor.js")))
    code, _, _map = script.read_text(encoding="utf-8").partition("//# sourceMappingURL=")
    _write(place / "editor.js", code.encode())
    licence = next(file for file in package.files or () if file.name == "LICENSE")
    _write(place / "licence.txt", Path(str(package.locate_file(licence))).read_bytes())
    _write(stamp, version.encode())
    return True


def _prepare_fonts(assets: Path) -> bool:
    place = assets / "ui" / "fonts"
    stamp = place / "stamp.json"
    wanted = _fingerprint()
    names = [f"{face.name}-{part}.woff2" for face in FACES for part in RANGES]
    made = stamp.exists() and stamp.read_text() == wanted
    if made and all((place / name).exists() for name in names):
        return False
    place.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        for part, unicodes in RANGES.items():
            _write(place / f"{face.name}-{part}.woff2", _cut(face, unicodes))
    for package in sorted({face.package for face in FACES}):
        shutil.copyfile(str(files(package) / "files" / "LICENSE.txt"), place / f"{package}-licence.txt")
    _write(stamp, wanted.encode())
    return True


def _fingerprint() -> str:
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    recipe = json.dumps([RECIPE, FACES, RANGES, FEATURES])
    return json.dumps({**versions, "recipe": hashlib.sha256(recipe.encode()).hexdigest()}, sort_keys=True)


def _cut(face: Face, unicodes: str) -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = FEATURES
    options.notdef_outline = True
    font = TTFont(
        str(files(face.package) / "files" / face.file), recalcTimestamp=False
    )  # the same file every time
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when two starts happen at once."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.write_bytes(content)
    beside.replace(path)
