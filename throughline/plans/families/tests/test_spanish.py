"""Families are spoken to as *usted*, wherever they read without an account."""

import re

import pytest
from django.test import Client
from django.utils import translation

from throughline.kit.ids import opaque_id
from throughline.plans.families import limits
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import open_page
from throughline.plans.families.translations import to_translate
from throughline.plans.families.words import fixed_in
from throughline.plans.models import PageForFamilies
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db
HERE, SPANISH = "/families/harbour-bridge/", {"in": "es"}
FAMILIAR = re.compile(
    r"\b(tu|tus|tú|te|ti|contigo|tuy[oa]s?|eres|estás|has|dijiste|puedes|quieres|tienes|necesitas|usas|escribes"
    r"|escribiste|escribas|hiciste|haz|di|pon|pongas|responderte|decirte)\b",
    re.IGNORECASE,
)


def familiar_in(html: str) -> list[str]:
    """The words of a page that speak to somebody as *tú*."""
    text = re.sub(r"<(?:script|style).*?</(?:script|style)>|<[^>]*>", " ", html, flags=re.DOTALL)
    return FAMILIAR.findall(text)


def test_the_words_that_are_looked_for_are_found() -> None:
    assert familiar_in("<p>Responderte a <b>tu</b> pregunta</p>") == ["Responderte", "tu"]
    assert familiar_in('<p class="tu">Escriba su pregunta</p>') == []


def test_the_fixed_words_of_the_page_and_its_papers_say_usted(translated: None) -> None:
    with translation.override("es"):
        said = fixed_in("es", {})
    assert len(said) > 25
    assert {key: text for key, text in said.items() if familiar_in(text)} == {}


def test_asking_and_what_is_answered_to_it_says_usted(
    page: PageForFamilies, lead: Membership, translated: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {each.name: Typed(f"– {each.text}", None) for each in to_translate(page, "es")}
    translate_page(page=page, language="es", typed=typed, by=lead)
    spanish = Client(headers={"accept-language": "es"})
    ask = f"{HERE}ask/"
    told = {"language": "es", "key": str(opaque_id())}
    pages = [spanish.get(ask, SPANISH), spanish.get(ask, {"thanks": "1"})]
    wrong = ["", "me@example.org", "x" * (limits.LONGEST_QUESTION + 1)]
    pages += [spanish.post(ask, {**told, "text": text}, query_params=SPANISH) for text in wrong]
    monkeypatch.setattr(limits, "MOST_WAITING", 0)
    pages.append(spanish.post(ask, {**told, "text": "¿Por qué?"}, query_params=SPANISH))
    open_page(page=page, way="everyone", may_be_found=False, takes_questions=False, by=lead)
    pages += [spanish.get(ask), spanish.post(ask, {**told, "text": "¿Por qué?"}, query_params=SPANISH)]
    open_page(page=page, way="nobody", may_be_found=False, takes_questions=True, by=lead)
    pages += [spanish.get(HERE), spanish.get("/to-families/guess", follow=True)]
    said = [each.content.decode() for each in pages]
    assert all('<html lang="es"' in each for each in said)
    assert [familiar_in(each) for each in said] == [[]] * len(said)
