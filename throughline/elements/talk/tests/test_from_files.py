"""Comments of a Word file become conversations at their words, said by whoever the file names."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from throughline.elements.models import Element, Thread
from throughline.elements.setup.actions import begin_element
from throughline.elements.writing.tests.word_files import W, p, run, word_file
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/elements/graduate-profile"


@pytest.fixture
def begun(lead: Membership) -> Element:
    return begin_element(kind="graduate-profile", title="Who leaves", language="en", outline=[], by=lead)


def test_a_comment_of_a_file_is_talked_about_where_it_stood(lead: Membership, begun: Element) -> None:
    browser = client_of(lead)
    body = p(
        run("Then ") + '<w:commentRangeStart w:id="1"/>' + run("listen") + '<w:commentRangeEnd w:id="1"/>'
    )
    said = (
        f'<w:comments {W}><w:comment w:id="1" w:author="Salma سلمى">{p("To whom?")}</w:comment></w:comments>'
    )
    file = SimpleUploadedFile("ours.docx", word_file(body, comments=said))
    assert browser.post(f"{HERE}/bring/", {"file": file}).status_code == 302
    assert browser.post(f"{HERE}/bring/text/", {"how": "replace", "seen": "0"}).status_code == 302
    thread = Thread.objects.get(element=begun)
    assert (thread.words, thread.is_open, thread.begun_by) == ("listen", True, lead)
    page = browser.get(f"{HERE}/talk/").content.decode()
    assert "Salma سلمى" in page and "To whom?" in page and "listen" in page
