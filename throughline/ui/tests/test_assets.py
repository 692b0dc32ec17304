"""Fonts come from their packages, once; what a page fetches stays small."""

import gzip
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.template.loader import render_to_string

from throughline.ui import assets
from throughline.ui.pieces import FONTS, MODULES, STYLESHEETS
from throughline.ui.tests.css import CSS

ROOM = CSS.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("assets")
    assert assets.prepare(place) is True
    return place


def test_a_second_run_makes_nothing(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    assert assets.prepare(made) is False
    assert before == {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}


def test_a_lost_font_is_made_again(made: Path) -> None:
    lost = made / "ui" / "fonts" / "sans-400-latin.woff2"
    lost.unlink()
    assert assets.prepare(made) is True
    assert lost.read_bytes()[:4] == b"wOF2"


def test_the_command_says_so_only_when_it_made_something(
    made: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ASSETS = made
    call_command("prepare_assets")
    assert capsys.readouterr().out == ""


def test_the_licence_travels_with_the_fonts(made: Path) -> None:
    texts = [path.read_text() for path in (made / "ui" / "fonts").glob("*-licence.txt")]
    assert len(texts) == 2
    assert all("SIL OPEN FONT LICENSE" in text.upper() for text in texts)


def test_every_font_named_in_the_stylesheet_is_made(made: Path) -> None:
    css = (CSS / "fonts.css").read_text()
    for path in (made / "ui" / "fonts").glob("*.woff2"):
        assert f"../fonts/{path.name}" in css
        css = css.replace(f"../fonts/{path.name}", "")
    assert "../fonts/" not in css


def test_styles_and_fonts_of_a_page_stay_under_100_kilobytes(made: Path) -> None:
    styles = sum(len(gzip.compress((CSS / f"{name}.css").read_bytes())) for name in STYLESHEETS)
    fonts = sum((made / "ui" / "fonts" / f"{name}.woff2").stat().st_size for name in FONTS)
    assert styles + fonts <= 100_000, (styles, fonts)


def test_our_own_scripts_stay_under_400_lines_and_never_make_code_or_styles() -> None:
    texts = [(ROOM / "js" / f"{name}.js").read_text() for name in MODULES]
    assert sum(text.count("\n") for text in texts) <= 400
    for text in texts:
        assert not any(
            word in text for word in ("eval(", "new Function", "innerHTML", ".style", "document.write")
        )


def test_no_template_of_the_room_has_an_inline_style_or_script() -> None:
    for template in (ROOM.parent.parent / "templates").rglob("*.html"):
        text = template.read_text()
        assert "<style" not in text and " style=" not in text and "onclick" not in text, template
        assert "<script>" not in text, template


def test_the_head_names_every_stylesheet_once() -> None:
    head = render_to_string("ui/head.html")
    for name in STYLESHEETS:
        assert head.count(f"ui/css/{name}.css") == 1
    assert sorted(path.stem for path in CSS.glob("*.css")) == sorted([*STYLESHEETS, "gallery"])
