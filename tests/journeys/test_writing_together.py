"""Several write one element: live in two windows, one of which loses its network, and in a form without scripts."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask_world
from tests.journeys.conftest import School

pytestmark = pytest.mark.browser
Sit = Callable[..., Page]
NewSchool = Callable[[str, int], School]

# The text of the editor without what is only shown in it: carets, prompts.
WRITTEN = """() => {
  const shown = document.querySelector('.ProseMirror').cloneNode(true);
  shown.querySelectorAll('.caret, .guide, .ProseMirror-trailingBreak, .ProseMirror-separator').forEach(each => each.remove());
  shown.querySelectorAll('.of-others').forEach(each => each.replaceWith(...each.childNodes));
  shown.querySelectorAll('[class]').forEach(each => each.removeAttribute('class'));
  shown.normalize();
  return shown.innerHTML;
}"""


def alike(*pages: Page) -> str:
    """What all of them show, as soon as it is the same and saved."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        texts = {page.evaluate(WRITTEN) for page in pages}
        states = {page.locator("[data-state]").get_attribute("data-now") for page in pages}
        if len(texts) == 1 and states == {"saved"}:
            return str(texts.pop())
        time.sleep(0.05)
    raise AssertionError("\n".join([*texts, str(states)]))


def opened(page: Page, place: str) -> Page:
    page.goto(place)
    expect(page.locator("[data-editor][data-ready]")).to_be_attached(timeout=30_000)
    return page


def put_caret(page: Page, selector: str) -> None:
    page.locator(f".ProseMirror {selector}").first.click()
    page.wait_for_timeout(200)  # as fast as a person, so that the browser has said where the caret is
    page.keyboard.press("End")
    page.wait_for_timeout(200)


def button(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
        const held = new DataTransfer();
        held.setData('text/html', html);
        document.querySelector('.ProseMirror').dispatchEvent(
          new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        html,
    )


@pytest.fixture
def place(new_school: NewSchool) -> tuple[School, str]:
    school = new_school("Two Pens", 2)
    ask_world(school.product, "element", school.slug)
    return school, school.address("elements/call-to-action/text/")


def test_two_write_at_once_and_one_comes_back_from_offline(place: tuple[School, str], sit: Sit) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    put_caret(one, "> p")
    one.keyboard.press("Enter")
    button(one, "List")
    one.keyboard.type("first")
    one.keyboard.press("Enter")
    one.keyboard.type("nested 👩‍🏫")
    one.keyboard.press("Tab")
    put_caret(two, "h2")
    for number in range(10):
        two.keyboard.type(f" w{number}")
        one.keyboard.type(f" v{number}")
    written = alike(one, two)
    assert all(f" w{number}" in written and f" v{number}" in written for number in range(10))
    assert '<li><p dir="auto">' not in written
    expect(one.locator("[data-people]")).to_contain_text(school.people[1].name)
    two.context.set_offline(True)
    put_caret(two, "h2")
    two.keyboard.press("Home")
    two.keyboard.type("Offline 🎈 ")
    expect(two.locator("[data-state]")).to_contain_text("Reconnecting", timeout=30_000)
    one.keyboard.type(" online")
    form = sit(school.people[2], java_script_enabled=False)
    form.goto(f"{there}plain/all/")
    lines = form.get_by_label("Text", exact=True)
    lines.fill(lines.input_value().replace("It begins here.", "It begins here, says a form."))
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved. What others wrote")).to_be_visible()
    two.context.set_offline(False)
    written = alike(one, two)
    for words in ("Offline 🎈 ", " online", "It begins here, says a form."):
        assert words in written
    form.goto(there)
    for words in ("Offline 🎈 ", " online", "says a form."):
        expect(form.locator("[data-shown]")).to_contain_text(words)


def test_what_was_typed_offline_outlives_the_page(place: tuple[School, str], sit: Sit) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    two.context.set_offline(True)
    put_caret(two, "> p")
    two.keyboard.type(" Kept on this device.")
    time.sleep(0.6)
    two.goto("about:blank")
    two.context.set_offline(False)
    opened(two, there)
    assert "Kept on this device." in alike(one, two)
    assert two.evaluate("Object.keys(localStorage).filter(name => name.startsWith('text:')).length") == 0


def test_words_without_a_place_are_handed_back(place: tuple[School, str], sit: Sit) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    alike(one, two)
    two.context.set_offline(True)
    put_caret(two, "> p")
    two.keyboard.type(" words of mine")
    one.locator(".ProseMirror").click()
    one.keyboard.press("Control+a")
    one.keyboard.press("Delete")
    expect(one.locator("[data-state]")).to_have_attribute("data-now", "saved")
    two.context.set_offline(False)
    expect(two.locator("#lost-words")).to_have_value(re.compile("words of mine"), timeout=30_000)
    expect(two.locator("[data-lost]")).to_be_visible()
    alike(one, two)


def test_everything_can_be_done_by_keyboard_and_undone(place: tuple[School, str], sit: Sit) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    put_caret(one, "> p")
    before = alike(one, two)
    one.keyboard.press("Alt+F10")
    expect(one.locator("[data-do]:focus")).to_have_count(1)
    one.keyboard.press("End")
    one.keyboard.press("Home")
    for _ in range(12):
        one.keyboard.press("ArrowRight")
    expect(one.locator("[data-do]:focus")).to_have_attribute("data-do", "picture")
    one.keyboard.press("ArrowLeft")
    one.keyboard.press("Enter")
    expect(one.get_by_role("dialog", name="Footnote")).to_be_visible()
    one.keyboard.type("A source")
    one.keyboard.press("Tab")
    one.keyboard.type("https://example.org/source")
    one.keyboard.press("Enter")
    noted = two.locator('.ProseMirror [data-footnote="A source"]')
    expect(noted).to_have_count(1)  # it comes through the dialog's closing and then through the line
    assert 'data-footnote="A source" data-url="https://example.org/source"' in alike(one, two)
    two.keyboard.press("Control+z")  # takes back only what is one's own: nothing
    assert "A source" in alike(one, two)
    one.keyboard.press("Control+z")
    expect(noted).to_have_count(0)
    assert alike(one, two) == before


def test_what_is_pasted_keeps_what_a_text_may_hold(place: tuple[School, str], sit: Sit) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    put_caret(one, "> p")
    one.keyboard.press("Enter")
    paste(
        one,
        """<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
          style='mso-list:Ignore'>1.</span><![endif]>alpha</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span
          style='mso-list:Ignore'>·</span>beta</p><p style="color:red" onclick="alert(1)">after <b style="font-weight:normal"><span
          style="font-weight:700">bold</span></b> <a href="javascript:alert(1)">bad</a><img src="http://example.invalid/x.png">
          <a href="#_ftn1" name="_ftnref1">[1]</a></p><div id=ftn1><p><a href="#_ftnref1">[1]</a> The note</p></div>""",
    )
    expect(two.locator(".ProseMirror strong", has_text="bold")).to_have_count(1)
    written = alike(one, two)
    assert "<ol><li><p>alpha</p><ul><li><p>beta</p></li></ul></li></ol>" in written
    assert "<strong>bold</strong>" in written
    assert 'data-footnote="The note"' in written
    assert "javascript" not in written and "example.invalid" not in written


# As Google Docs gives it to the clipboard, and the footnote as its web pages have it.
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f0c7d2a-7fff-5a3e">
<h1 dir="ltr" style="line-height:1.38"><span style="font-size:20pt;font-weight:400">Our title</span></h1><br />
<h2 dir="ltr"><span style="font-size:16pt;font-weight:400">Our heading</span></h2>
<p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:400;font-style:normal">Plain, </span><span
  style="font-weight:700;font-style:normal">strong</span><span style="font-weight:400;font-style:italic"> slanted</span><sup><a
  href="#ftnt1" id="ftnt_ref1">[1]</a></sup><a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D"
  style="text-decoration:none"><span style="font-weight:400;text-decoration:underline">linked</span></a></p><br />
<ol style="margin-top:0"><li dir="ltr" style="list-style-type:decimal" aria-level="1"><p dir="ltr" role="presentation"><span
  style="font-weight:400">one</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>in one</span></p></li>
  </ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>two</span></p></li></ol><br />
<div dir="ltr" style="margin-left:0pt;" align="left"><table style="border:none"><colgroup><col width="312" /><col width="312" /></colgroup>
<tbody><tr style="height:0pt"><td style="border:solid #000 1pt"><p dir="ltr"><span>cell</span></p></td><td colspan="1"><p
  dir="ltr"><span>other</span></p></td></tr></tbody></table></div><br />
<p><img src="https://lh7-rt.googleusercontent.com/x" width="9" height="9" /></p>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A survey, </span><a href="https://example.org/survey">2024</a></p></div>
</b><br class="Apple-interchange-newline">"""


def test_a_paste_from_google_docs_keeps_headings_lists_tables_and_notes(
    place: tuple[School, str], sit: Sit
) -> None:
    school, there = place
    one, two = (opened(sit(each), there) for each in school.people[:2])
    asked: list[str] = []
    one.on("request", lambda request: asked.append(request.url))
    put_caret(one, "> p")
    one.keyboard.press("Enter")
    paste(one, GOOGLE)
    expect(two.locator(".ProseMirror td", has_text="other")).to_have_count(1)
    written = alike(one, two)
    assert (
        "<h2>Our title</h2><h3>Our heading</h3><p>Plain, <strong>strong</strong><em> slanted</em><sup"
        in written
    )
    assert 'data-footnote="A survey, 2024" data-url="https://example.org/survey"' in written
    assert (
        '<a href="https://example.org/a" rel="noopener noreferrer">linked</a></p><ol><li><p>one</p><ul>'
        in written
    )
    assert (
        "<ul><li><p>in one</p></li></ul></li><li><p>two</p></li></ol><table><tbody><tr><td><p>cell</p></td>"
        in written
    )
    assert "<strong>Our" not in written and "[1]" not in written and "<br>" not in written
    assert not any("googleusercontent" in each for each in asked)


def side(page: Page, words: str) -> str:
    """At which edge of its paragraph a line of words stands."""
    found: str = page.evaluate(
        """words => {
        const held = [...document.querySelectorAll('.text-of-element p')].find(each => each.textContent.includes(words));
        const line = document.createRange();
        line.selectNodeContents(held);
        const [inner, outer] = [line.getBoundingClientRect(), held.getBoundingClientRect()];
        return outer.right - inner.right < inner.left - outer.left ? 'right' : 'left';
        }""",
        words,
    )
    return found


def test_arabic_is_written_from_right_to_left_and_english_in_it_from_the_left(
    new_school: NewSchool, sit: Sit
) -> None:
    school = new_school("From The Right", 2)
    ask_world(school.product, "element", school.slug, "ar")
    there = school.address("elements/call-to-action/text/")
    one, two = (opened(sit(each), there) for each in school.people[:2])
    expect(one.locator(".ProseMirror")).to_have_attribute("dir", "rtl")
    put_caret(one, "> p")
    one.keyboard.press("Enter")
    one.keyboard.type("كل متعلم معروف جيدا")
    for key, words in (("Home", "نعم: "), ("End", "\nThe survey of 2024\n")):
        one.wait_for_timeout(200)  # as fast as a person, so that the browser has said where the caret is
        one.keyboard.press(key)
        one.wait_for_timeout(200)
        one.keyboard.type(words)
    button(one, "List")
    one.keyboard.type("أولا")
    written = alike(one, two)
    assert "<p>نعم: كل متعلم معروف جيدا</p><p>The survey of 2024</p><ul><li><p>أولا</p></li></ul>" in written
    assert [side(page, "معروف") for page in (one, two)] == ["right", "right"]
    assert (side(one, "survey"), side(one, "أولا")) == ("left", "right")
    plain = sit(school.people[0], java_script_enabled=False)
    plain.goto(there)
    expect(plain.locator("[data-shown]")).to_have_attribute("dir", "rtl")
