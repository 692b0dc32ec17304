"""The questions of a page as HTML, drawn once for everybody and filled in for each: only what is chosen differs.

A template marks where `checked` or somebody's own words go; the text between is kept by the process. Filling a page in
costs a tenth of drawing it (bench: 50,000 learners in a morning).
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from throughline.voices.answering.languages import Said, said_in
from throughline.voices.answering.parts import Part
from throughline.voices.answering.queries import Questionnaire
from throughline.voices.asking.background import in_familiar_words
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Question
from throughline.voices.scales import NOT_ANSWERING, SCALES

MARK = "\ue000"  # in no text: taken out of what somebody wrote
RATHER_NOT = "rather-not"
CHECKED = SafeString(" checked")
Content = Mapping[str, Any]


class Drawn:
    """A drawn page: what stands around the marks, and the marks."""

    def __init__(self, html: str) -> None:
        pieces = html.split(MARK)
        self._pieces = pieces
        self._marks: list[tuple[int, str, str, str]] = []
        for place in range(1, len(pieces), 2):
            kind, code, value = pieces[place].split("=", 2)
            self._marks.append((place, kind, code, value))

    def filled(self, content: Content) -> SafeString:
        """With what somebody has chosen and written so far."""
        pieces = self._pieces.copy()
        for place, kind, code, value in self._marks:
            said = content.get(kind, {}).get(code)
            if kind == "words":
                pieces[place] = str(escape(said or ""))
            elif kind == "wrong":
                pieces[place] = str(format_html('<p class="wrong">{}</p>', said)) if said else ""
            else:
                pieces[place] = CHECKED if said is not None and str(said) == value else ""
        return mark_safe("".join(pieces))  # noqa: S308  (the template escaped all, `filled` what somebody wrote)


def mark(kind: str, code: str, value: object = "") -> str:
    """Where what was answered goes."""
    return f"{MARK}{kind}={code}={value}{MARK}"


def drawn(whole: Questionnaire, part: Part, block: int, language: str, interface: str) -> Drawn:
    """The questions of a page in a language; the language around them is active."""
    key = (part.number, block, language, interface)
    if key not in whole.drawn:
        told = {
            "fields": [field_of(whole, each, language) for each in part.steps],
            "words": [word_of(whole, each, language) for each in part.words],
            "about_you": background_of(whole, language) if part.about_you else [],
            "contact": said_in(whole.listening.contact, language),
            "place": whole.asked.place,
            "interface": interface,
            "young": whole.asked.young,
        }
        whole.drawn[key] = Drawn(render_to_string("voices/answering/_part.html", told))
    found: Drawn = whole.drawn[key]
    return found


def field_of(whole: Questionnaire, question: Question, language: str) -> dict[str, Any]:
    """A question with steps: what is asked, and what can be answered."""
    young = whole.asked.young
    scale = SCALES[question.scale]
    labels = scale.simple if young else scale.labels
    return {
        **word_of(whole, question, language),
        "steps": [_option("steps", question.code, step, label) for step, label in enumerate(labels)],
        "others": [_option("steps", question.code, step, label) for step, label in NOT_ANSWERING.items()],
    }


def word_of(whole: Questionnaire, question: Question, language: str) -> dict[str, Any]:
    """A question, without what can be answered."""
    text = _clean(said_in(question.words, language, simple=whole.asked.young))
    return {
        "code": question.code,
        "text": text,
        "own": question.own,
        "spoken": whole.spoken(question, text.language),
        "mark": mark("words", question.code),
        "wrong": mark("wrong", question.code),
    }


def background_of(whole: Questionnaire, language: str) -> list[dict[str, Any]]:
    """What is asked of the person, always with a way not to say it."""
    return [
        {
            "code": each["code"],
            "text": _clean(said_in(as_asked(whole, each), language)),
            "steps": [
                _option(
                    "background", each["code"], choice["code"], _clean(said_in(choice["words"], language))
                )
                for choice in each["choices"]
            ],
            "others": [_option("background", each["code"], RATHER_NOT, NOT_ANSWERING[-2])],
        }
        for each in whole.listening.background
    ]


def as_asked(whole: Questionnaire, each: dict[str, Any]) -> dict[str, str]:
    """The words of a question about the person; learners are asked one that came along as one speaks to them."""
    words: dict[str, str] = each["words"]
    if not BY_CODE[whole.asked.group].children:
        return words
    return {language: in_familiar_words(each["code"], text, language) for language, text in words.items()}


def _option(kind: str, code: str, value: object, label: object) -> dict[str, Any]:
    said = label if isinstance(label, Said) else Said(str(label), "")
    return {"value": value, "label": said, "mark": mark(kind, code, value)}


def _clean(said: Said) -> Said:
    return Said(said.text.replace(MARK, ""), said.language)
