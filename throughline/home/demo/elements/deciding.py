"""What became of the elements: put to people, adopted, in force, shown as evidence."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.files.base import ContentFile

from throughline.elements.adopting.actions import Adoption, Seen, adopt, change_stage, show_edition
from throughline.elements.adopting.freezing import frozen
from throughline.elements.adopting.queries import road_of
from throughline.elements.consulting.actions.answering import add_theme, answer_theme, moderate
from throughline.elements.consulting.actions.hearing import Said, comment_from_outside
from throughline.elements.consulting.actions.opening import Call, open_consultation
from throughline.elements.consulting.queries import paragraphs_of
from throughline.elements.models import Belongs, Consultation, Edition, Element, OutsideComment, Theme
from throughline.elements.writing.docx import to_docx
from throughline.elements.writing.schema import plain_text
from throughline.home.demo.elements import texts
from throughline.home.demo.elements.drafting import Drafts
from throughline.home.demo.elements.texts import Told
from throughline.kit import clock
from throughline.records.models import Mark, Record

Day = tuple[int, Callable[[], object]]
State = OutsideComment.State


def seen(element: Element) -> Seen:
    """What somebody has before them who decides now."""
    last, now = road_of(element).last, frozen(element)
    return Seen(last.pk if last else None, now.version, now.digest)


class Decided:
    """The decisions about one element."""

    def __init__(self, drafts: Drafts, kind: str, told: Told) -> None:
        self.drafts, self.kind, self.told = drafts, kind, told

    def doings(self) -> Iterator[Day]:
        """What happens, each on its day."""
        for each in self.told.get("consultations", ()):
            yield from Asked(self.drafts, self.kind, each).doings()
        for each in self.told.get("stages", ()):
            yield each["day"], partial(self.move, each)
        for each in self.told.get("adoptions", ()):
            yield each["day"], partial(self.adopt, each)
        for each in self.told.get("shown", ()):
            yield each["day"], partial(self.show, each)

    def move(self, told: Told) -> None:
        """It comes to another stage."""
        element = self.drafts.element(self.kind)
        change_stage(
            element=element,
            to=told["to"],
            on=clock.today(),
            seen=seen(element),
            by=self.drafts.who(told["by"]),
            reason=told["reason"],
        )

    def adopt(self, told: Told) -> None:
        """A body has adopted it: the text, or the file that lay on the table."""
        element, on = self.drafts.element(self.kind), self.drafts.built.on
        adoption = Adoption(
            body=told["body"],
            on=on(told["on"]),
            note=told["note"],
            in_force_on=on(told["in_force"]),
            file=self._file(element, told["file"]) if "file" in told else None,
        )
        adopt(element=element, adoption=adoption, seen=seen(element), by=self.drafts.who(told["by"]))

    def _file(self, element: Element, name: str) -> "ContentFile[bytes]":
        """The text as its first sitting brought it, as a Word file."""
        written = texts.after_sitting(texts.sections_of(self.kind), self.told["sittings"], 0)
        outline = [each for each in element.outline if each["key"] in written]
        content = to_docx(
            texts.document_of(outline, written, self.drafts.dated(element.language)),
            title=element.title,
            language=element.language,
            right_to_left=False,
            image=lambda _file: None,
            made_at=clock.now(),
        )
        return ContentFile(content, name=name)

    def show(self, told: Told) -> None:
        """What was adopted becomes evidence of the school's journey."""
        element = self.drafts.element(self.kind)
        here = {"organisation": element.organisation_id}
        edition = Edition.objects.get(element=element, number=told["edition"], **here)
        record = Record.objects.get(group=None, learner=None, version=self.drafts.built.version, **here)
        show_edition(
            edition=edition,
            record=record,
            competencies=[self.drafts.built.by_code[code].id for code in told["competencies"]],
            mark=Mark.DOCUMENT,
            why=told["why"],
            by=self.drafts.who(told["by"]),
        )


class Asked:
    """A consultation: what is asked, what was said from outside, and what became of it."""

    def __init__(self, drafts: Drafts, kind: str, told: Told) -> None:
        self.drafts, self.kind, self.told = drafts, kind, told
        self.themes: dict[str, Theme] = {}
        self.comments: dict[str, list[OutsideComment]] = {}

    def doings(self) -> Iterator[Day]:
        """What happens, each on its day."""
        yield self.told["day"], self.open
        for number, each in enumerate(self.told["comments"], start=1):
            yield each["day"], partial(self.say, each, f"192.0.2.{number}")
        for each in self.told["themes"]:
            yield each["day"], partial(self.group, each)

    def open(self) -> None:
        """The link is out."""
        element, told = self.drafts.element(self.kind), self.told
        call = Call(
            opens_on=clock.today(),
            closes_on=self.drafts.built.on(told["closes"]),
            introduction=told["introduction"],
            questions=tuple(told["questions"]),
        )
        by = self.drafts.who(told["by"])
        self.consultation = open_consultation(
            element=element, call=call, seen=seen(element), by=by
        ).consultation

    def say(self, told: Told, address: str) -> None:
        """Somebody comments by the link; some of it is read on the same day."""
        said = Said(
            text=told["text"],
            belongs=Belongs.NEIGHBOUR if told["belongs"] == "nearby" else told["belongs"],
            name=told.get("name", ""),
            about=_about(self.consultation, told["about"]) if "about" in told else "",
            question=told.get("question"),
        )
        made = comment_from_outside(consultation=self.consultation, said=said, address=address)
        self.comments.setdefault(told.get("theme", ""), []).append(made)
        if "state" in told:
            self._moderate([made], told["state"])

    def group(self, told: Told) -> None:
        """Some comments have something in common, and are answered together, or will be."""
        by = self.drafts.who(told["by"])
        theme = add_theme(consultation=self.consultation, title=told["title"], by=by)
        self._moderate(self.comments[told["key"]], State.TAKEN, theme)
        said = {name: told.get(name, "") for name in ("title", "heard", "answer")}
        answer_theme(theme=theme, **said, seen=theme.revision, by=by)

    def _moderate(self, comments: list[OutsideComment], state: str, theme: Theme | None = None) -> None:
        moderate(
            consultation=self.consultation,
            comments=[each.pk for each in comments],
            state=state,
            by=self.drafts.who(self.told["by"]),
            theme=theme.pk if theme else None,
        )


def _about(consultation: Consultation, words: str) -> str:
    """The fingerprint of the paragraph in which these words stand."""
    paragraphs = paragraphs_of(consultation.document)
    return next(key for key, block in paragraphs.items() if words in plain_text(block.node))
