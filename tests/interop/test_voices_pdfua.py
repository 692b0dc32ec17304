"""What a listening prints against PDF/UA-1, by the checker of `test_pdfua`, with what must fail: the poster, slips with codes,
the guide for a conversation, and the paper form in usual and large letters, in parts, with whatever a school wrote.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.utils import translation

from tests.interop.test_pdfua import (
    figure_without_words,
    not_marked,
    skipped_heading,
    verdict,
    without_language,
    without_metadata,
    written,
)
from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.tests.steps import a_place
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.answering.queries import forget_questionnaires, questionnaire_of
from throughline.voices.asking.actions import (
    add_own_question,
    ask_group,
    begin_listening,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.conversations.guide import guide_pdf, questions_for
from throughline.voices.inviting.papers import poster_pdf, slips_pdf
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.paper.document import form_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("what Typst makes of the same words")]
SCHOOL = "مدرسة الميناء #box[x] *no* \\ <tag> $a^2$ 水 \U0001f331 \ue000"
WILD = "#strong[Ours] *no* \\ <tag> @ref مدرسة 水 \U0001f331 \ue000 "
ADDRESS = "https://throughline.example/v/abc234/"
CODES = [f"abcd-efg{number}" for number in range(14)]
Made = Callable[..., bytes]


@pytest.fixture
def learners(lead: Membership, educator: Membership, journey_version: FrameworkVersion) -> Asked:
    """Learners in a listening that asks them everything that can be asked, in two parts."""
    forget_questionnaires()
    journey = a_place(lead, journey_version, [lead, educator]).journey
    begun = begin_listening(journey=journey, title="What we hear", by=lead)
    asked = ask_group(listening=begun, group="learner", invited=400, by=lead)
    about = ["stakeholder-buy-in", "learning-is-constant-time-is-variable"]
    compose(listening=begun, competencies=about, languages=["en", "es"], by=lead)
    add_own_question(asked=asked, words={"en": {"text": WILD}, "es": {"text": WILD}}, by=lead)
    change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": WILD, "es": "La oficina"},
        reader=educator,
        by=lead,
    )
    open_listening(listening=begun, by=lead)
    choices = [{"code": f"{n}", "words": {"en": f"{WILD} {n}"[:80]}} for n in range(12)]
    Listening.objects.update(background=[{"code": "program", "words": {"en": WILD}, "choices": choices}])
    for number, each in enumerate(Question.objects.filter(asked=asked, kind="steps").order_by("position")):
        Question.objects.filter(pk=each.pk).update(block=number % 2 + 1)
    Asked.objects.filter(pk=asked.pk).update(by_code=True, blocks=2)
    return Asked.objects.select_related("listening__journey", "organisation").get(pk=asked.pk)


def poster(asked: Asked, language: str, paper: str) -> bytes:
    with translation.override(language):
        return poster_pdf(asked, address=ADDRESS, school=SCHOOL, paper=paper)


def slips(asked: Asked, language: str, paper: str) -> bytes:
    with translation.override(language):
        return slips_pdf(
            asked, CODES, address=ADDRESS, link="https://throughline.example/c/", school=SCHOOL, paper=paper
        )


def guide(asked: Asked, language: str, paper: str) -> bytes:
    with translation.override(language):
        questions = questions_for(asked.listening, "learner", asked.listening.competencies)
        return guide_pdf(asked.listening.journey, "learner", questions, paper)


def form(asked: Asked, language: str, paper: str, *, large: bool = False, part: int = 1) -> bytes:
    """`language` is also that of whoever prints it, where the listening does not speak it."""
    with translation.override(language):
        return form_pdf(
            questionnaire_of(asked),
            part=part,
            language=language if language in asked.listening.languages else "en",
            large=large,
            address="throughline.example/v/abc234",
            school=SCHOOL,
            paper=paper,
        )


def large_form(asked: Asked, language: str, paper: str) -> bytes:
    return form(asked, language, paper, large=True, part=2)


EVERY: list[Made] = [poster, slips, guide, form, large_form]


@pytest.mark.parametrize(("language", "paper"), [("en", "a4"), ("es", "letter"), ("ar", "a4")])
@pytest.mark.parametrize("make", EVERY)
def test_every_paper_meets_what_a_machine_can_check_of_pdf_ua(
    learners: Asked, make: Made, language: str, paper: str
) -> None:
    found = verdict(make(learners, language, paper))
    assert (found.is_compliant, found.failures) == (True, [])


@pytest.mark.parametrize(
    ("make", "spoil"),
    [
        (poster, figure_without_words),
        (slips, figure_without_words),
        (guide, without_language),
        (form, not_marked),
        (form, skipped_heading),
        (large_form, without_metadata),
    ],
)
def test_control_a_spoilt_paper_fails(learners: Asked, make: Made, spoil: Callable[[Any], None]) -> None:
    good = pypdf.PdfWriter(BytesIO(make(learners, "en", "a4")))
    assert verdict(written(good)).is_compliant
    spoil(good._root_object)
    assert not verdict(written(good)).is_compliant


def test_each_page_of_a_form_says_whose_it_is_and_each_part_asks_its_own(learners: Asked) -> None:
    texts = [
        [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(each)).pages]
        for each in (form(learners, "en", "a4", part=part) for part in (1, 2))
    ]
    for part, pages in enumerate(texts, start=1):
        assert all(f"Learners · Part {part} of 2 · English" in page for page in pages)
        assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    for each in Question.objects.filter(asked=learners, kind="steps", own=False):
        said = each.words["en"]["text"]
        assert [said in " ".join(pages) for pages in texts] == [each.block == 1, each.block == 2]
