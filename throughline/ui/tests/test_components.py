"""Each component says what it is given, escapes it, and can be named."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.utils import timezone, translation

from throughline.kit import clock
from throughline.ui import pieces, times
from throughline.ui.forms import depends

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def draw(source: str, **values: object) -> str:
    return str(engines["django"].from_string(source).render(values))


BLOCKS = [
    "{% page_header x eyebrow=x lede=x badge=x hue=2 %}{{ x }}{% endpage_header %}",
    '{% section x name="part" note=x link="/a" link_text=x %}{{ x }}{% endsection %}',
    '{% card x tone="waiting" level=3 side=x %}{{ x }}{% endcard %}',
    "{% record_block x url='/a' mark=x note=x side=x %}{{ x }}{% endrecord_block %}",
    '{% notice "warn" title=x %}{{ x }}{% endnotice %}',
    "{% empty_state x %}{{ x }}{% endempty_state %}",
    '{% dialog "ask" x %}{{ x }}{% enddialog %}',
    '{% menu x name="plus" %}{{ x }}{% endmenu %}',
    "{% table_region x %}{{ x }}{% endtable_region %}",
    '{% button x "primary" name="do" value=x label=x icon="check" %}',
    '{% button_link "/a" x "danger" icon="check" label=x %}',
    '{% pill x tone="warn" name="clock" %}',
    "{% person x initials=True note=x %}",
    "{% progress 2 9 x %}",
    "{% copy x x %}",
    '{% crumbs x "/a" x %}',
    '{% nav_link "/a" x True %}',
    '{% open_dialog "ask" x %}',
    "{% tabs items %}",
]


@pytest.mark.parametrize("source", BLOCKS)
def test_what_a_person_typed_is_shown_and_never_becomes_markup(source: str) -> None:
    words = "Ana & <b>Bo</b>\"'"
    html = draw(source, x=words, items=[(words, "/a", True)])
    assert "Ana &amp; &lt;b&gt;Bo&lt;/b&gt;" in html
    assert "<b>Bo" not in html


def test_a_section_is_named_by_its_heading() -> None:
    html = draw('{% section "Priorities" name="priorities" %}x{% endsection %}')
    assert '<section class="section" id="priorities" aria-labelledby="priorities-title">' in html
    assert '<h2 id="priorities-title">Priorities</h2>' in html


def test_a_dialog_opens_by_its_address_when_there_are_no_scripts() -> None:
    assert 'href="#ask"' in draw('{% open_dialog "ask" "Close the round" %}')
    assert '<dialog class="dialog" id="ask" aria-labelledby="ask-title">' in draw(
        '{% dialog "ask" "T" %}{% enddialog %}'
    )


def test_a_table_scrolls_in_a_region_that_the_keyboard_reaches() -> None:
    html = draw('{% table_region "Ratings" %}<table></table>{% endtable_region %}')
    assert '<div class="table-region" role="region" aria-label="Ratings" tabindex="0">' in html


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    labelled = draw('{% icon "check" label="done" %}')
    assert 'role="img"' in labelled and 'aria-label="done"' in labelled and "aria-hidden" not in labelled


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Amara Okafor", "AO"),
        ("Mei", "M"),
        ("jonas@example.org", "J"),
        ("Ana María de la Cruz", "AC"),
        ("—", "·"),
        ("", "·"),
        ("سلمى حداد", "س"),
        ("سلمى Haddad", "س"),
        ("Salma حداد", "S"),
        ("Salma حداد Ruiz", "SR"),
        ("田中 芽衣", "田"),
        ("श्रीमती नायर", "श्"),
        ("E\u0301lise Roy", "ÉR"),
    ],
)
def test_initials_make_no_guess_about_the_parts_of_a_name(name: str, sign: str) -> None:
    assert pieces.initials_of(name) == sign


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=-40), "40 minutes ago"),
        (timedelta(minutes=25), "in 25 minutes"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(hours=5), "in 5 hours"),
        (timedelta(days=-1), "yesterday"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=12), "in 12 days"),
        (timedelta(days=-90), "3 months ago"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_times_are_told_from_now(away: timedelta, words: str) -> None:
    with clock.standing_at(NOON), timezone.override(UTC):
        assert times.ago(NOON + away) == words


def test_a_time_is_both_relative_and_absolute() -> None:
    with clock.standing_at(NOON), timezone.override(UTC):
        html = draw("{% moment at %}", at=NOON - timedelta(minutes=5))
    assert 'datetime="2026-11-22T11:55:00+00:00"' in html
    assert "November 22, 2026, 11:55 AM" in html and "5 minutes ago" in html


def test_a_date_can_stand_alone_and_nothing_stands_for_no_date() -> None:
    with clock.standing_at(NOON):
        html = draw('{% day on "absolute" %}|{% day none %}', on=date(2027, 1, 12), none=None)
    assert html == '<time datetime="2027-01-12">January 12, 2027</time>|'


def test_a_short_list_has_no_pages_and_a_long_one_keeps_its_question() -> None:
    assert draw("{% pages page %}", page=Paginator([1, 2], 20).page(1)) == ""
    html = draw('{% pages page "q=hope" %}', page=Paginator(list(range(50)), 20).page(2))
    assert "?page=1&amp;q=hope" in html and "?page=3&amp;q=hope" in html and "Page 2 of 3" in html


def test_each_form_carries_another_key() -> None:
    assert draw("{% once_key %}") != draw("{% once_key %}")


def test_the_page_says_its_language_and_direction() -> None:
    assert draw("{% html_attributes %}").startswith('lang="en" dir="ltr"')
    with translation.override("ar"):
        assert draw("{% html_attributes %}").startswith('lang="ar" dir="rtl"')


def test_a_field_that_is_needed_in_some_cases_is_not_called_optional() -> None:
    class Form(forms.Form):
        note = forms.CharField(required=False)
        title = depends(forms.CharField(required=False))

    form = Form()
    assert "optional" in form["note"].as_field_group()
    assert "optional" not in form["title"].as_field_group()
    assert "required" not in form["title"].as_field_group()
