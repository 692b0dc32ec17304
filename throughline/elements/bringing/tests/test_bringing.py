"""A text comes from elsewhere: looked at first, put in as a whole, and taken along again."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from throughline.elements.bringing.registry import BroughtComment, comments_taken
from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import BroughtText, Change, ChangeKind, Element, ElementKind
from throughline.elements.setup.actions import begin_element, invite_participant
from throughline.elements.writing.incoming import from_docx, from_html_file, from_markdown, from_zip
from throughline.elements.writing.schema import EMPTY, SCHEMA, plain_text
from throughline.elements.writing.tests.test_fixpoint import PICTURE
from throughline.elements.writing.tests.test_schema import doc, paragraph
from throughline.elements.writing.tests.word_files import W, p, run, word_file
from throughline.files.models import StoredFile
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db
AT = "graduate-profile"


@pytest.fixture
def element(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="What we hope for", language="en", outline=[], by=lead
    )


@pytest.fixture
def mine(lead: Membership) -> Client:
    return client_of(lead)


def address(school: Organisation, page: str = "bring") -> str:
    return f"/s/{school.slug}/elements/{AT}/{page}/"


def written(element: Element, text: str, by: Membership) -> int:
    element.refresh_from_db()
    return replace_text(element=element, document=doc(paragraph(text)), seen=element.head, by=by)


def words_of(element: Element) -> str:
    return plain_text(text_at(element).document)


def a_file(content: bytes, name: str = "ours.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_word_file_is_shown_before_it_changes_anything_and_then_put_in(
    school: Organisation, lead: Membership, element: Element, mine: Client
) -> None:
    content = word_file(p("Our hopes") + p(run("seen", '<w:highlight w:val="yellow"/>')))
    answer = mine.post(address(school), {"file": a_file(content)})
    assert (answer.status_code, answer["Location"]) == (302, address(school, "bring/text"))
    assert words_of(element) == ""
    page = mine.get(address(school, "bring/text")).content.decode()
    assert "Our hopes" in page and "Highlighting was left out." in page
    answer = mine.post(address(school, "bring/text"), {"how": "replace", "seen": 0})
    assert answer.status_code == 302
    assert words_of(element) == "Our hopes\nseen"
    assert Change.objects.get(element=element).kind == ChangeKind.IMPORTED
    assert not BroughtText.objects.exists()
    assert mine.get(address(school, "bring/text")).status_code == 404


def test_a_paste_may_follow_the_present_text_and_another_waits_instead_of_the_first(
    school: Organisation, lead: Membership, element: Element, mine: Client
) -> None:
    written(element, "We began.", lead)
    mine.post(address(school), {"pasted": "<p>Not this</p>"})
    mine.post(address(school), {"pasted": "<p>We <b>go on</b>.</p>"})
    assert BroughtText.objects.count() == 1
    mine.post(address(school, "bring/text"), {"how": "append", "seen": 0})
    assert words_of(element) == "We began.\nWe go on."


def test_who_would_replace_what_others_have_written_since_is_told_and_nothing_is_lost(
    school: Organisation, lead: Membership, element: Element, mine: Client
) -> None:
    mine.post(address(school), {"pasted": "Ours"})
    written(element, "Theirs", lead)
    answer = mine.post(address(school, "bring/text"), {"how": "replace", "seen": 0})
    assert answer.status_code == 422 and "Others have changed the text" in answer.content.decode()
    assert words_of(element) == "Theirs"
    head = text_at(element).version
    assert f'value="{head}"' in answer.content.decode()
    mine.post(address(school, "bring/text"), {"how": "replace", "seen": head})
    assert words_of(element) == "Ours"


def test_pictures_become_files_of_the_school_painted_anew(
    school: Organisation, element: Element, mine: Client
) -> None:
    import base64

    source = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    broken = "data:image/png;base64," + base64.b64encode(b"no picture").decode()
    mine.post(
        address(school), {"pasted": f'<p>A</p><img src="{source}" alt="teal"><img src="{broken}" alt="gone">'}
    )
    held = BroughtText.objects.get()
    row = StoredFile.objects.get()
    assert row.media_type == "image/webp"
    images = [each["attrs"] for each in held.document["content"] if each["type"] == "image"]
    assert images == [{"file": str(row.pk), "alt": "teal", "caption": ""}]
    assert "gone" in plain_text(held.document) and any("picture" in each for each in held.lost)
    assert f"/files/{row.pk}/" in mine.get(address(school, "bring/text")).content.decode()


@pytest.fixture
def takers() -> Iterator[list[Any]]:
    taken: list[Any] = []

    def take(element: Element, version: int, comments: Any, by: Membership) -> None:
        taken.append((element.pk, version, list(comments), by.pk))

    before = list(comments_taken)
    comments_taken.add(take)
    yield taken
    comments_taken[:] = before


def test_comments_come_with_their_places_in_the_text_as_it_then_is(
    school: Organisation, lead: Membership, element: Element, mine: Client, takers: list[Any]
) -> None:
    written(element, "We began.", lead)
    body = p(
        run("Then ") + '<w:commentRangeStart w:id="1"/>' + run("listen") + '<w:commentRangeEnd w:id="1"/>'
    )
    comments = (
        f'<w:comments {W}><w:comment w:id="1" w:author="Salma">{p("To whom?")}</w:comment></w:comments>'
    )
    mine.post(address(school), {"file": a_file(word_file(body, comments=comments))})
    assert "To whom?" in mine.get(address(school, "bring/text")).content.decode()
    mine.post(address(school, "bring/text"), {"how": "append", "seen": 0})
    now = text_at(element)
    [(_element, version, [comment], by)] = takers
    assert (version, by) == (now.version, lead.pk)
    assert isinstance(comment, BroughtComment) and (comment.author, comment.text) == ("Salma", "To whom?")
    assert SCHEMA.node_from_json(now.document).text_between(comment.start, comment.end) == "listen"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or paste a text."),
        ({"file": a_file(b"%PDF-1.7 x", "adopted.pdf")}, "A PDF keeps how pages look"),
        ({"file": a_file(b"x", "ours.odt")}, "Save this file as Word"),
        ({"file": a_file(b"x", "ours.exe")}, "Bring a Word file"),
        ({"file": a_file(b"not a zip")}, "This is not a Word file"),
        ({"file": a_file(b"x" * 5_100_000)}, "larger than 5 MB"),
        ({"file": a_file(word_file(p("x"))), "pasted": "y"}, "Keep one of them"),
        ({"pasted": "<div>" * 5_000 + "x"}, "nests its parts deeper"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do_and_what_was_pasted_is_still_there(
    school: Organisation, element: Element, mine: Client, sent: dict[str, Any], said: str
) -> None:
    for each in sent.values():
        if hasattr(each, "seek"):
            each.seek(0)
    answer = mine.post(address(school), sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    if "pasted" in sent and "<" not in sent["pasted"]:
        assert f">\n{sent['pasted']}</textarea>" in page
    assert not BroughtText.objects.exists()
    assert text_at(element).document == EMPTY


def test_who_may_only_comment_neither_brings_nor_puts_in_but_takes_along(
    school: Organisation, lead: Membership, element: Element
) -> None:
    educator = client_of(make_member(school, "Ravi Nair", Role.EDUCATOR))
    assert educator.get(address(school)).status_code == 403
    assert educator.post(address(school), {"pasted": "x"}).status_code == 403
    assert educator.get(address(school, "take")).status_code == 200
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    assert client_of(learner).get(address(school, "take")).status_code == 404
    invite_participant(element=element, member=learner, may="write", by=lead)
    assert client_of(learner).get(address(school)).status_code == 200


def test_what_one_person_brought_is_shown_to_nobody_else(
    school: Organisation, element: Element, mine: Client
) -> None:
    mine.post(address(school), {"pasted": "only mine"})
    other = client_of(make_member(school, "Ada Obi", Role.TEAM))
    assert other.get(address(school, "bring/text")).status_code == 404
    assert "waiting" not in other.get(address(school)).content.decode()
    answer = mine.post(address(school, "bring/leave"))
    assert answer.status_code == 302 and not BroughtText.objects.exists()


def test_the_text_is_taken_along_in_every_format_and_can_be_brought_back(
    school: Organisation, lead: Membership, element: Element, mine: Client
) -> None:
    mine.post(address(school), {"pasted": "## Hopes\n\nWe *listen*.[^1]\n\n[^1]: A study"})
    mine.post(address(school, "bring/text"), {"how": "replace", "seen": 0})
    document = text_at(element).document

    def file(end: str, **asked: str) -> bytes:
        answer = mine.get(address(school, f"take/{end}"), asked)
        assert answer["Content-Disposition"].startswith('attachment; filename="what-we-hope-for.')
        return answer.content

    assert from_docx(file("docx")).document == document
    assert from_docx(file("docx", paper="letter")).document == document
    assert from_html_file(file("html")).document == document
    assert from_markdown(file("markdown")).document == document
    assert file("pdf", paper="letter").startswith(b"%PDF")
    assert b"<script" not in file("html")
    assert mine.get(address(school, "take/pdf"), {"paper": "x"}).status_code == 404


def test_markdown_with_pictures_comes_packed(school: Organisation, element: Element, mine: Client) -> None:
    import base64
    import zipfile

    source = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    mine.post(address(school), {"pasted": f'<p>A</p><img src="{source}" alt="teal">'})
    mine.post(address(school, "bring/text"), {"how": "replace", "seen": 0})
    content = mine.get(address(school, "take/markdown")).content
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert names == ["what-we-hope-for.md", "images/1.jpg"]
    read = from_zip(content)
    assert len(read.files) == 1 and read.lost == []


def test_each_page_asks_the_database_a_fixed_number_of_questions(
    school: Organisation,
    element: Element,
    mine: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    mine.post(address(school), {"pasted": "\n\n".join(f"paragraph {number}" for number in range(200))})
    for page in ("bring", "bring/text", "take"):
        mine.get(address(school, page))
        with django_assert_max_num_queries(12):
            assert mine.get(address(school, page)).status_code == 200
