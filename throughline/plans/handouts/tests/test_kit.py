"""The meeting kit: papers made of what the family page says, with the day on them; drafts stay inside."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from django.test import Client
from django.utils import translation

from throughline.kit import clock
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import (
    begin_page,
    open_page,
    publish_page,
    replace_family_link,
    withdraw_family_link,
    write_section,
)
from throughline.plans.families.document import name_of_text
from throughline.plans.families.tests.conftest import page as _page
from throughline.plans.families.translations import to_translate
from throughline.plans.handouts import papers
from throughline.plans.handouts.papers import KINDS
from throughline.plans.models import Action, PageForFamilies
from throughline.records.paper.compiling import make_pdf
from throughline.schools.models import Membership, Role
from throughline.testing import client_of, make_member
from throughline.ui.times import day_in_words

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]
page = _page
PUBLIC = "/families/harbour-bridge/handout/"
KIT = "/s/harbour-bridge/plan/families/kit/"


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """All words, in one line: where a line ends is the layout's."""
    return " ".join(" ".join(each.extract_text() for each in read(content).pages).split())


def taken(client: Client, address: str, **asked: str) -> bytes:
    answer = client.get(address, asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def heights(content: bytes) -> set[float]:
    """The heights of all letters, in points."""
    found = set()

    def seen(text: str, outer: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * matrix[3] * outer[3]), 1))

    for each in read(content).pages:
        each.extract_text(visitor_text=seen)
    return found


def test_the_handout_says_what_the_page_says_with_the_dates_of_the_day(
    page: PageForFamilies, action: Action, lead: Membership
) -> None:
    Action.objects.filter(pk=action.pk).update(due_on=date(2031, 5, 6))
    said = words(taken(Client(), PUBLIC))
    assert "Our students ask for more." in said and "The better result counts." in said
    assert "planned by May 6, 2031" in said and "For: Grade 9" in said
    assert f"Dates and states as of {day_in_words(clock.today())}" in said
    assert "/families/harbour-bridge" in said and action.title not in said
    Action.objects.filter(pk=action.pk).update(due_on=date(2032, 7, 8), state="under-way")
    assert "under way by July 8, 2032" in words(taken(Client(), PUBLIC))


def test_drafts_never_leave_and_say_what_they_are_inside(page: PageForFamilies, lead: Membership) -> None:
    write_section(page=page, section="heard", told={"text": "Come on Tuesday."}, by=lead)
    inside = client_of(lead)
    for kind in KINDS:
        assert "Come on Tuesday." not in words(taken(inside, f"{KIT}{kind.key}/"))
        marked = words(taken(inside, f"{KIT}{kind.key}/", draft="1"))
        if kind.key != "cards":
            assert "Come on Tuesday." in marked and "Draft: please don’t hand out" in marked
        assert "/families/harbour-bridge" not in marked
    for asked in ({"draft": "1"}, {"draft": "1", "in": "en"}):
        assert "Come on Tuesday." not in words(taken(Client(), PUBLIC, **asked))
    publish_page(page=page, by=lead)
    said = words(taken(Client(), PUBLIC))
    assert "Come on Tuesday." in said and "Draft" not in said


def test_a_handout_is_there_for_everyone_as_long_as_the_page_is(
    page: PageForFamilies, lead: Membership
) -> None:
    assert taken(Client(), PUBLIC, paper="letter") and Client().get(PUBLIC)["X-Robots-Tag"]
    assert Client().get(PUBLIC, {"paper": "a9"}).status_code == 404
    for way, status in (("link", 410), ("nobody", 410)):
        open_page(page=page, way=way, may_be_found=False, takes_questions=True, by=lead)
        answer = Client().get(PUBLIC)
        assert answer.status_code == status and b"Our students" not in answer.content
        assert "/families/harbour-bridge" not in words(taken(client_of(lead), f"{KIT}handout/"))
    assert Client().get("/families/elsewhere/handout/").status_code == 404


def test_whoever_has_the_link_takes_the_handout_and_the_link_does_not_stand_on_it(
    page: PageForFamilies, lead: Membership
) -> None:
    open_page(page=page, way="link", may_be_found=False, takes_questions=True, by=lead)
    token = replace_family_link(page=page, by=lead).token
    holder = Client()
    read_page = holder.get(f"/to-families/{token}", follow=True)
    there = f"{read_page.request['PATH_INFO']}handout/"
    assert f'href="{there}?in=en&amp;paper=a4"' in read_page.content.decode()
    said = words(taken(holder, there, paper="letter"))
    assert "Our students ask for more." in said
    assert token not in said and "for-families" not in said and "/families/" not in said
    assert holder.get(there, {"paper": "a9"}).status_code == 404
    assert holder.get(there)["Referrer-Policy"] == "no-referrer"
    assert Client().get(there).status_code == 404  # the address alone opens nothing
    open_page(page=page, way="nobody", may_be_found=False, takes_questions=True, by=lead)
    assert holder.get(there).status_code == 410
    withdraw_family_link(page=page, by=lead)
    assert holder.get(there).status_code == 404


def test_nothing_published_is_no_handout_outside_and_drafts_inside(lead: Membership) -> None:
    held = begin_page(language="en", by=lead)
    open_page(page=held, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    assert "There is nothing to print yet" in client_of(lead).get(KIT).content.decode()
    assert client_of(lead).get(f"{KIT}handout/").status_code == 404
    write_section(page=held, section="why", told={"text": "Because."}, by=lead)
    assert Client().get(PUBLIC).status_code == 404
    assert "These are drafts" in client_of(lead).get(KIT).content.decode()
    assert "Draft: please don’t hand out" in words(taken(client_of(lead), f"{KIT}slides/"))


def test_what_does_not_fit_flows_on_and_no_letter_is_smaller_than_ten_points(
    page: PageForFamilies, lead: Membership
) -> None:
    short = taken(Client(), PUBLIC)
    assert len(read(short).pages) == 1 and min(heights(short)) >= 10
    assert "needs more than one page" not in client_of(lead).get(KIT, {"count": "1"}).content.decode()
    long = "A sentence that a school would rather not shorten. " * 55
    write_section(page=page, section="why", told={"text": long}, by=lead)
    write_section(page=page, section="heard", told={"text": long}, by=lead)
    publish_page(page=page, by=lead)
    content = taken(Client(), PUBLIC)
    assert len(read(content).pages) == 2 and min(heights(content)) >= 10
    assert "1 / 2" in words(content) and words(content).count("A sentence that") == 110
    said = client_of(lead).get(KIT, {"count": "1"}).content.decode()
    assert "needs more than one page" in said and "2 pages" in said
    said = client_of(lead).get(KIT).content.decode()
    assert "needs more than one page" in said, "it is known from then on"


def test_large_print_is_large_and_slides_are_wide(page: PageForFamilies, lead: Membership) -> None:
    inside = client_of(lead)
    large = taken(inside, f"{KIT}large-print/")
    assert min(heights(large)) >= 18
    slides = taken(inside, f"{KIT}slides/")
    first = read(slides).pages[0].mediabox
    assert round(float(first.width) / float(first.height), 2) == 1.78
    last = len(read(slides).pages)
    # a title, three sections, how to ask
    assert last == 5 and f"{last} / {last}" in words(slides) and min(heights(slides)) >= 16
    assert min(heights(taken(inside, f"{KIT}slides/", draft="1"))) >= 16


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_four_cards_stand_on_a_sheet(paper: str, width: int, page: PageForFamilies, lead: Membership) -> None:
    cards = taken(client_of(lead), f"{KIT}cards/", paper=paper)
    sheet = read(cards).pages
    assert len(sheet) == 1 and round(float(sheet[0].mediabox.width)) == width
    assert words(cards).count("What I want to ask") == 4


def test_every_language_of_the_page_has_its_papers(page: PageForFamilies, lead: Membership) -> None:
    known = {each.text: each.name for each in to_translate(page, "ar")}
    card = known["What I want to ask"]
    # in Latin letters: the reader of the test turns others round
    typed = {
        name_of_text("Tests can be taken again"): Typed("يمكن إعادة الاختبارات", None),
        card: Typed("Suali", None),
    }
    translate_page(page=page, language="ar", typed=typed, by=lead)
    spanish = {name_of_text("Tests can be taken again"): Typed("Los exámenes se repiten", None)}
    translate_page(page=page, language="es", typed=spanish, by=lead)
    inside = client_of(lead)
    for language in ("es", "ar"):
        kit = inside.get(KIT, {"in": language}).content.decode()
        assert f"handout/?in={language}&amp;paper=letter" in kit
        content = taken(inside, f"{KIT}handout/", **{"in": language})
        assert str(read(content).root_object["/Lang"]) == language
    with translation.override("es"):
        today = day_in_words(clock.today())
    assert "Los exámenes se repiten" in words(taken(Client(), PUBLIC, **{"in": "es"}))
    assert today in words(taken(Client(), PUBLIC, **{"in": "es"}))
    cards = words(taken(inside, f"{KIT}cards/", **{"in": "ar"}))
    assert "What I want to ask" not in cards and cards.count("Suali") == 4


def test_the_public_page_offers_the_handout_in_its_language(page: PageForFamilies, lead: Membership) -> None:
    said = Client().get("/families/harbour-bridge/", {"in": "en"}).content.decode()
    for paper in ("a4", "letter"):
        address = f"{PUBLIC}?in=en&amp;paper={paper}"
        assert f'href="{address}"' in said
        parts = urlsplit(address.replace("&amp;", "&"))
        assert taken(Client(), parts.path, **{name: each[0] for name, each in parse_qs(parts.query).items()})
    assert PUBLIC not in client_of(lead).get("/s/harbour-bridge/plan/families/preview/").content.decode()


def test_only_staff_take_the_kit(page: PageForFamilies, outsider: Membership, lead: Membership) -> None:
    family = make_member(lead.organisation, "Mona Haddad", Role.FAMILY)
    for whoever in (family, outsider):
        for address in (KIT, *(f"{KIT}{kind.key}/" for kind in KINDS)):
            assert client_of(whoever).get(address).status_code == 404
    educator = make_member(lead.organisation, "Ines Ortega", Role.EDUCATOR)
    assert client_of(educator).get(KIT).status_code == 200


def test_the_same_day_gives_the_same_bytes_and_the_kit_asks_little(
    page: PageForFamilies, lead: Membership, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    first, inside = taken(Client(), PUBLIC), client_of(lead)
    assert taken(Client(), PUBLIC) == first
    inside.get(KIT)
    with django_assert_max_num_queries(12):
        inside.get(KIT)


def test_a_paper_of_the_same_words_and_day_is_typeset_once(
    page: PageForFamilies, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*args: Any, **kwargs: Any) -> bytes:
        made.append(args)
        return make_pdf(*args, **kwargs)

    monkeypatch.setattr(papers, "make_pdf", counted)
    write_section(page=page, section="heard", told={"text": "Nobody else has said this."}, by=lead)
    publish_page(page=page, by=lead)
    first = taken(Client(), PUBLIC)
    before = len(made)
    assert before >= 1 and taken(Client(), PUBLIC) == first and len(made) == before
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert taken(Client(), PUBLIC) != first


def test_the_kit_opens_without_typesetting_and_counts_pages_when_asked(
    page: PageForFamilies, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*args: Any, **kwargs: Any) -> bytes:
        made.append(args)
        return make_pdf(*args, **kwargs)

    monkeypatch.setattr(papers, "make_pdf", counted)
    write_section(page=page, section="heard", told={"text": "Said for this test alone."}, by=lead)
    publish_page(page=page, by=lead)
    inside, asks = client_of(lead), "See whether it fits on one page"
    said = inside.get(KIT).content.decode()
    assert not made and asks in said and "1 page<" not in said
    said = inside.get(KIT, {"in": "en", "count": "1"}).content.decode()
    assert made and asks not in said and said.count("1 page<") == 2
    before = len(made)
    assert inside.get(KIT).content.decode().count("1 page<") == 2 and len(made) == before
