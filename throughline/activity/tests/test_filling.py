"""Whatever form a page has, what was typed comes back into it, and nothing else of the page changes."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.activity.filling import fill, mark_again

HERE = "/s/harbour/rounds/1/"
PAGE = """<!doctype html><p>Before &amp; after</p>
<form method="post" action="/elsewhere/"><input name="title" value="other"></form>
<form class="form" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="new">
<input type="text" hidden name="_once" value="new"><input type="hidden" name="seen" value="7">
<input type="hidden" name="item" value="a">
<input type="text" name="title" maxlength="20" value="as it was"><input type=date name=day>
<textarea name="why" rows="3">
old &lt;words&gt;</textarea>
<label><input type="radio" name="step" value="1" checked> 1</label><input type="radio" name="step" value="2">
<input type="checkbox" name="tick" value="x" checked><input type="checkbox" name="tick" value="y">
<select name="zone"><option value="a" selected>A</option><option value="b">B</option><option>C d</option></select>
<input type="password" name="password1"><input type="file" name="files"><button name="stop" value="1">Go</button></form>
<form method="post"><input type="hidden" name="item" value="b"><input name="title" value="second"></form>
<input name="far" form="nowhere">"""


def filled(**typed: list[str]) -> str:
    return fill(PAGE, here=HERE, action=HERE, typed=typed).page


def test_every_kind_of_field_is_filled() -> None:
    page = filled(
        item=["a"], title=['a "quote" <b>'], day=["2026-11-29"], why=["\nnew\nlines & <i>"], step=["2"],
        tick=["y"], zone=["C d"],
    )  # fmt: skip
    assert '<input type="text" name="title" maxlength="20" value="a &quot;quote&quot; &lt;b&gt;">' in page
    assert '<input type="date" name="day" value="2026-11-29">' in page
    assert '<textarea name="why" rows="3">\n\nnew\nlines &amp; &lt;i&gt;</textarea>' in page
    assert '<input type="radio" name="step" value="1">' in page
    assert '<input type="radio" name="step" value="2" checked>' in page
    assert '<input type="checkbox" name="tick" value="x">' in page
    assert '<input type="checkbox" name="tick" value="y" checked>' in page
    assert '<option value="a">' in page and "<option selected>C d" in page


def test_what_the_page_itself_says_stays_but_the_version_that_was_seen_comes_back() -> None:
    page = filled(
        item=["a"], title=["x"], seen=["3"], csrfmiddlewaretoken=["old"], _once=["old"], password1=["secret"]
    )
    assert 'name="csrfmiddlewaretoken" value="new"' in page and 'name="_once" value="new"' in page
    assert 'name="seen" value="3"' in page and "secret" not in page
    assert page.count("second") == 1 and page.count('value="other"') == 1


def test_of_several_forms_the_right_one_is_filled() -> None:
    page = filled(item=["b"], title=["for the second"])
    assert 'value="as it was"' in page and "second" in page and 'value="for the second"' in page


def test_a_form_of_another_query_is_another_form() -> None:
    page = '<form method="post" action="?part=B&amp;x=%C3%A9"><input name="t"></form><form method="post"><input name="t"></form>'
    there = "/s/?x=é&part=A"
    at_b = fill(page, here=there, action="/s/?part=B&x=é", typed={"t": ["for B"]}, mark="m1").page
    assert at_b.startswith(
        '<form method="post" action="?part=B&amp;x=%C3%A9"><input type="hidden" name="_kept"'
    )
    at_a = fill(page, here=there, action="/s/?x=%C3%A9&part=A", typed={"t": ["for A"]}).page
    assert at_a.endswith('<input name="t" value="for A"></form>') and "_kept" not in at_a
    assert not fill(page, here=there, action="/s/", typed={"t": ["for none"]}).found


def test_a_form_that_comes_back_says_again_which_words_are_in_it() -> None:
    page = mark_again(PAGE, here=HERE, typed={"item": ["b"], "title": ["x"], "_kept": ['a"', "b"]})
    marks = '<input type="hidden" name="_kept" value="a&quot;"><input type="hidden" name="_kept" value="b">'
    second = '<form method="post"><input type="hidden" name="item" value="b">'
    assert page == PAGE.replace(second, second.replace('post">', f'post">{marks}'))
    assert mark_again("<p>", here=HERE, typed={"title": ["x"], "_kept": ["a"]}) == "<p>"


def test_words_without_a_place_are_told() -> None:
    done = fill(PAGE, here=HERE, action=HERE, typed={"item": ["a"], "title": ["x"], "gone": ["long words"]})
    assert done.lost == {"gone": ["long words"]}
    nowhere = fill(
        PAGE, here=HERE, action="/no/form/", typed={"why": ["words"], "_once": ["k"], "seen": ["1"]}
    )
    assert nowhere.page == PAGE and nowhere.lost == {"why": ["words"]}


def test_fields_that_stand_elsewhere_and_name_their_form_are_found() -> None:
    page = '<form id="f" method="post" action=""></form><input name="t" form="f" value="">'
    assert 'value="kept"' in fill(page, here=HERE, action=HERE, typed={"t": ["kept"]}).page


def test_the_version_that_was_seen_comes_back_for_each_of_several_forms_in_one() -> None:
    page = '<form method="post"><input type="hidden" name="c1-as_seen" value="now"><input name="c1-t"></form>'
    done = fill(page, here=HERE, action=HERE, typed={"c1-as_seen": ["then"], "c1-t": ["words"]})
    assert 'value="then"' in done.page and 'value="words"' in done.page and done.lost == {}


def test_repeated_names_keep_their_order() -> None:
    page = '<form method="post"><input name="t"><input name="t"><textarea name="t"></textarea></form>'
    done = fill(page, here=HERE, action=HERE, typed={"t": ["1", "2", "3"]}).page
    assert done.index('value="1"') < done.index('value="2"') < done.index("\n3</textarea>")


@pytest.mark.parametrize(
    "broken", ["", "<form method=post", "<form method=post><textarea name=why>", "<a <b <"]
)
def test_a_strange_page_is_left_as_it_is(broken: str) -> None:
    assert fill(broken, here=HERE, action=HERE, typed={"x": ["y"]}).page == broken


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_any_words_come_back_as_they_were(words: str) -> None:
    page = filled(item=["a"], why=[words])
    begun = page.index('<textarea name="why" rows="3">\n') + len('<textarea name="why" rows="3">\n')
    assert unescape(page[begun : page.index("</textarea>")]) == words
