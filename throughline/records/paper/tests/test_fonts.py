"""Papers show every script that schools write in; what no font has is said before printing and refuses nothing."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tests.plans import PLAN
from throughline.records.paper.catalog import KINDS
from throughline.records.paper.fonts import Unshown, han_of, unshown, unshown_in
from throughline.schools.models import Membership
from throughline.testing import client_of

SCRIPTS = {
    "am": "ተማሪዎች ይማራሉ",
    "ar": "يتعلم الطلاب معًا",
    "bn": "শিক্ষার্থীরা শেখে",
    "el": "Μαθητές μαθαίνουν",
    "gu": "વિદ્યાર્થીઓ શીખે છે",
    "he": "תלמידים לומדים",
    "hi": "हिन्दी पढ़ता है वाक्य",
    "hy": "Սովորողները սովորում են",
    "ja": "漢字を読む、読める",
    "ka": "მოსწავლეები სწავლობენ",
    "km": "សិស្សរៀន",
    "kn": "ವಿದ್ಯಾರ್ಥಿಗಳು ಕಲಿಯುತ್ತಾರೆ",
    "ko": "학생들이 배웁니다",
    "lo": "ນັກຮຽນຮຽນ",
    "ml": "വിദ്യാർത്ഥികൾ പഠിക്കുന്നു",
    "my": "ကျောင်းသားများ သင်ယူသည်",
    "pa": "ਵਿਦਿਆਰਥੀ ਸਿੱਖਦੇ ਹਨ",
    "ru": "Ученики учатся",
    "si": "සිසුන් ඉගෙන ගනී",
    "ta": "மாணவர்கள் கற்கிறார்கள்",
    "te": "విద్యార్థులు నేర్చుకుంటారు",
    "th": "นักเรียนเรียนรู้",
    "vi": "Học sinh học tập cùng nhau",
    "zh-Hans": "学生们一起学习",
    "zh-TW": "學生們一起學習",
}
HIEROGLYPH = "\U00013000"  # a script for which no package of ours has a font


def framework_in(language: str, words: str, by: Membership) -> FrameworkVersion:
    """A framework whose names are these words."""
    first = PLAN.domains[0]
    named = replace(first.competencies[0], name=words)
    domain = replace(first, name=words, competencies=(named, *first.competencies[1:]))
    plan = replace(
        PLAN,
        code=f"in-{language}".lower(),
        title=words,
        language=language,
        domains=(domain, *PLAN.domains[1:]),
    )
    return publish(plan, owner=by.organisation, by=by).version


def papers_of(version: FrameworkVersion, by: Membership) -> str:
    return f"/s/{by.organisation.slug}/frameworks/{version.pk}/papers/"


def read(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS)
def test_every_script_has_its_fonts(words: str) -> None:
    assert unshown(words) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["hi", "ja", "th", "ko", "zh-TW"])
def test_papers_are_made_in_scripts_that_were_question_marks(language: str, lead: Membership) -> None:
    words = SCRIPTS[language]
    version = framework_in(language, words, lead)
    for kind in KINDS:
        answer = client_of(lead).get(f"{papers_of(version, lead)}{kind.key}.pdf")
        assert answer.status_code == 200, kind.key
        shown = read(answer.content)
        assert "??" not in shown
        assert words.split()[0][0] in shown
    assert "won’t print" not in client_of(lead).get(papers_of(version, lead)).content.decode()


@pytest.mark.django_db
def test_the_picture_is_made_in_every_script(lead: Membership) -> None:
    for language, words in SCRIPTS.items():
        version = framework_in(language, words, lead)
        answer = client_of(lead).get(f"{papers_of(version, lead)}profile.pdf")
        assert answer.status_code == 200, language


@pytest.mark.django_db
def test_what_has_no_font_is_named_before_printing_and_prints_as_a_question_mark(lead: Membership) -> None:
    version = framework_in("en", f'Reading {HIEROGLYPH} " {{ }} , : [ ] 1', lead)
    page = client_of(lead).get(papers_of(version, lead)).content.decode()
    assert HIEROGLYPH in page
    assert "U+13000 Egyptian hieroglyph a001" in page
    for kind in KINDS:
        answer = client_of(lead).get(f"{papers_of(version, lead)}{kind.key}.pdf")
        assert answer.status_code == 200
        assert "Reading ?" in read(answer.content)


def test_emoji_and_their_joiners_are_shown() -> None:
    assert unshown("読める👩🏽‍🏫 ✓ → ≥ ☑️") == ""


def test_characters_are_found_in_whatever_a_paper_is_made_of() -> None:
    known = Unshown(HIEROGLYPH, "U+13000", "Egyptian hieroglyph a001")
    assert unshown_in({"a": ["b", (HIEROGLYPH,)]}, known, 3, None) == [known]
    assert unshown_in("plain") == []


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("ja", "JP"),
        ("zh", "SC"),
        ("zh-Hans", "SC"),
        ("zh-TW", "TC"),
        ("zh_Hant", "TC"),
        ("ko-KR", "KR"),
        ("en", "JP"),
    ],
)
def test_chinese_characters_take_the_shapes_of_the_language(language: str, family: str) -> None:
    assert han_of(language) == f"Noto Sans CJK {family}"
