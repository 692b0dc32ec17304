"""The product's own words are explained once, and a page leads there where it uses one for the first time."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from throughline.home.glossary import PAGE, TERMS
from throughline.home.guide import pages

TAG = re.compile(r"{%\s*term\s+\"([^\"]+)\"")


def anchors(language: str) -> set[str]:
    return set(re.findall(r'<h3 id="([\w-]+)"', pages(language)[PAGE].body))


def test_every_word_has_its_place_in_the_glossary_and_every_place_its_word() -> None:
    assert len(TERMS) > 30
    assert anchors("en") == set(TERMS)


def test_the_spanish_glossary_explains_the_same_words_under_the_same_anchors() -> None:
    assert pages("es")[PAGE].language == "es"
    assert anchors("es") == set(TERMS)
    assert "=</p>" not in pages("es")[PAGE].body


def test_pages_link_words_that_are_explained() -> None:
    used = {}
    for path in Path(settings.ROOT / "throughline").rglob("templates/**/*.html"):
        for name in TAG.findall(path.read_text(encoding="utf-8")):
            used[name] = path.name
    assert len(used) > 5
    assert set(used) <= set(TERMS)


def drawn(source: str) -> str:
    request = RequestFactory().get("/")
    return Template(source).render(Context({"request": request}))


def test_a_word_is_linked_the_first_time_only() -> None:
    html = drawn('{% term "standing" %} {% term "step" "Steps" %} {% term "standing" %}')
    link = '<a class="term" href="/help/glossary/#{}" title="What this word means">{}</a>'
    assert html == f"{link.format('standing', 'standing')} {link.format('step', 'Steps')} standing"


def test_a_word_stands_inside_a_translated_sentence() -> None:
    source = '{% load i18n %}{% term "round" as round %}{% blocktranslate %}This {{ round }} is open.{% endblocktranslate %}'
    assert 'This <a class="term" href="/help/glossary/#round"' in drawn(source)


@pytest.mark.usefixtures("translated")
def test_a_word_comes_in_the_readers_language() -> None:
    with translation.override("es"):
        assert ">ronda</a>" in drawn('{% term "round" %}')


def test_a_word_that_nobody_explained_is_an_error_not_a_dead_link() -> None:
    with pytest.raises(KeyError):
        drawn('{% term "nonsense" %}')


def test_what_somebody_typed_does_not_become_markup() -> None:
    request = RequestFactory().get("/")
    html = Template('{% term "round" text %}').render(Context({"request": request, "text": "<b>Bo</b>"}))
    assert "&lt;b&gt;Bo" in html


def test_where_there_is_no_page_the_word_stands_alone() -> None:
    assert Template('{% term "round" %}').render(Context({})) == "round"


@pytest.mark.django_db
def test_the_glossary_is_in_the_help(client: Client) -> None:
    assert "/help/glossary/" in client.get("/help/").content.decode()
    assert client.get("/help/glossary/").status_code == 200
