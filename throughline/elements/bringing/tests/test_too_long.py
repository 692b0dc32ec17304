"""A text longer than can be kept: a sentence that says what to do, and the file can be adopted as the file that it is."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from throughline.elements.bringing.tests.test_bringing import address, element, mine
from throughline.elements.editing.queries import text_at
from throughline.elements.models import BroughtText, Edition, Element
from throughline.elements.setup.actions import invite_participant
from throughline.elements.writing.docx import to_docx
from throughline.elements.writing.schema import EMPTY
from throughline.files.actions import keep_file
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

__all__ = ["element", "mine"]
pytestmark = pytest.mark.django_db
SENTENCE = "longer than about 400 pages"
ROW = "Every learner of our school is known well by an adult who asks how it goes and listens to the answer. "


@pytest.fixture(scope="module")
def long_file() -> bytes:
    """Five hundred pages of Word."""
    content = [{"type": "paragraph", "content": [{"type": "text", "text": ROW * 20}]}] * 650
    return to_docx(
        {"type": "doc", "content": content},
        title="Our report",
        language="en",
        right_to_left=False,
        image=lambda _file: None,
        made_at=clock.now(),
    )


def a_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("Our report.docx", content)


def test_it_says_what_to_do_and_the_file_that_was_sent_is_adopted_in_one_click(
    school: Organisation, lead: Membership, element: Element, mine: Client, long_file: bytes
) -> None:
    answer = mine.post(address(school), {"file": a_file(long_file)})
    page = answer.content.decode()
    assert answer.status_code == 422 and SENTENCE in page and "Divide it" in page
    kept = StoredFile.objects.get()
    there = f"{address(school, 'adopt')}?file={kept.pk}"
    assert f'href="{there}"' in page and kept.name == "Our report.docx"
    shown = mine.get(there)
    assert "The file that you sent is here" in shown.content.decode()
    form = shown.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("file", "shows")}
    assert sent["of"] == "file"
    sent |= {"body": "", "on": str(clock.today())}
    again = mine.post(there, sent)
    assert again.status_code == 422 and "The file that you sent is here" in again.content.decode()
    assert mine.post(there, sent | {"body": "The board"}).status_code == 302
    edition = Edition.objects.get()
    assert edition.file == kept and kept.sha256 == hashlib.sha256(long_file).hexdigest()
    assert not BroughtText.objects.exists() and text_at(element).document == EMPTY


def test_who_writes_but_does_not_decide_is_told_what_to_do(
    school: Organisation, lead: Membership, element: Element, long_file: bytes
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    invite_participant(element=element, member=learner, may="write", by=lead)
    page = client_of(learner).post(address(school), {"file": a_file(long_file)}).content.decode()
    assert SENTENCE in page and "adopt/?file" not in page
    assert not StoredFile.objects.exists()


def test_a_paste_that_is_too_long_stays_in_its_field(
    school: Organisation, element: Element, mine: Client
) -> None:
    pasted = "\n\n".join([ROW * 20] * 650).strip()
    answer = mine.post(address(school), {"pasted": pasted})
    page = answer.content.decode()
    assert answer.status_code == 422 and SENTENCE in page
    assert escape(pasted) in page and "adopt/?file" not in page
    assert text_at(element).document == EMPTY


def test_a_web_page_is_not_offered_as_what_was_adopted(
    school: Organisation, element: Element, mine: Client
) -> None:
    content = ("<p>" + ROW * 20 + "</p>") * 650
    page = mine.post(address(school), {"file": SimpleUploadedFile("a.html", content.encode())})
    assert page.status_code == 422 and SENTENCE in page.content.decode()
    assert "adopt/?file" not in page.content.decode() and not StoredFile.objects.exists()


@pytest.mark.parametrize("whose", ["another", "nobody", "none"])
def test_a_file_that_one_did_not_bring_is_not_adopted(
    whose: str, school: Organisation, element: Element, mine: Client
) -> None:
    other = make_member(school, "Ada Obi", Role.TEAM)
    file = keep_file(ContentFile(b"Theirs.", name="theirs.txt"), by=other)
    key = {"another": str(file.pk), "nobody": str(element.pk), "none": "x"}[whose]
    there = f"{address(school, 'adopt')}?file={key}"
    shown = mine.get(there)
    assert "theirs.txt" not in shown.content.decode()
    form = shown.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("file", "shows")}
    sent |= {"of": "file", "kept": key, "body": "The board", "on": str(clock.today())}
    assert mine.post(there, sent).status_code == 422
    assert not Edition.objects.exists()
