"""A field, its help and its error belong together for everyone who reads the page."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError

from throughline.ui.forms import ChoicePills, FileDrop, ManyPills, StepCards, attempt
from throughline.ui.samples import SampleForm


class Ids(HTMLParser):
    """Every id of a page, and every id that something refers to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.wanted.update(given.get(name, "").split())


def refused() -> SampleForm:
    return SampleForm({"email": "amara", "kind": "school", "step": "9"})


def test_everything_that_is_referred_to_is_there_once() -> None:
    for form in (SampleForm(), refused()):
        page = Ids(form.render())
        assert page.wanted <= set(page.ids), page.wanted - set(page.ids)
        assert len(page.ids) == len(set(page.ids))


def test_a_wrong_field_is_tied_to_its_error_and_to_its_help() -> None:
    html = refused().render()
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert re.search(
        r'<ul class="error errorlist" id="id_title_error"><li>.*This field is required\.', html, re.S
    )
    assert html.count('aria-invalid="true"') >= 3


def test_a_wrong_group_of_choices_is_tied_to_its_error() -> None:
    assert re.search(
        r'<fieldset class="field wrong" aria-describedby="id_step_error"><legend>', refused().render()
    )


def test_a_refused_form_says_that_nothing_is_lost_and_keeps_what_was_typed() -> None:
    class Typed(forms.Form):
        title = forms.CharField()
        email = forms.EmailField()

    html = Typed({"email": "amara"}).render()
    assert 'role="alert"' in html and "Nothing is lost" in html
    assert 'value="amara"' in html
    assert 'value="amara"' in refused().render()


def test_a_refused_form_promises_only_what_it_keeps() -> None:
    class Brought(forms.Form):
        title = forms.CharField()
        file = forms.FileField()

    class Alone(forms.Form):
        file = forms.FileField()

    class Secret(forms.Form):
        name = forms.CharField()
        word = forms.CharField(widget=forms.PasswordInput)

    for form, says in (
        (Brought({}), "You need to choose the file again"),
        (Alone({}), "The file was not saved"),
        (Secret({"word": "xyz"}), "except for passwords"),
    ):
        html = form.render()
        assert says in html and "Nothing is lost" not in html and "xyz" not in html


def test_what_may_stay_empty_says_so_in_words() -> None:
    html = SampleForm().render()
    assert re.search(r'What makes you say so\? <span class="need">optional</span>', html)
    assert not re.search('Email address <span class="need">', html)


def test_a_file_field_states_its_limit_before_anything_is_chosen() -> None:
    class Bring(forms.Form):
        work = forms.FileField(
            widget=FileDrop(limit_mb=5, kinds="A photo or a PDF.", accept="image/*"), help_text="Anything."
        )

    html = Bring().render()
    assert "A photo or a PDF. Up to 5 MB." in html
    assert f'data-limit="{5 * 1024 * 1024}"' in html and 'accept="image/*"' in html
    assert 'aria-describedby="id_work_helptext id_work_limits"' in html


def test_steps_carry_their_sentence_and_pills_can_stand_apart() -> None:
    class Rate(forms.Form):
        step = forms.ChoiceField(
            choices=[("1", "Not yet")], widget=StepCards(about={"1": "Adults decide."}, hide_label=True)
        )
        sure = forms.ChoiceField(choices=[("x", "cannot say")], widget=ChoicePills(apart=["x"], even=True))

    html = Rate().render()
    assert '<b>Not yet</b><span class="about">Adults decide.</span>' in html
    assert '<legend class="visually-hidden">' in html
    assert 'class="choice-pill apart"' in html and 'class="choice-pills even"' in html


@pytest.mark.parametrize("widget", [ManyPills, forms.CheckboxSelectMultiple])
def test_what_is_chosen_from_in_groups_stands_under_their_names(widget: type[forms.Widget]) -> None:
    groups = [("Purpose", [("1", "Vision"), ("2", "Voice")]), ("Learning & more", [("3", "Time")])]

    class Choose(forms.Form):
        grouped = forms.MultipleChoiceField(choices=groups, widget=widget())
        plain = forms.MultipleChoiceField(choices=[("1", "Vision")], widget=widget())

    grouped, plain = Choose().render().split('name="plain"')[0], str(Choose()["plain"])
    first, second = grouped.split('<fieldset class="group">')[1:]
    assert "<legend><bdi>Purpose</bdi></legend>" in first and first.count("<input") == 2
    assert "<legend><bdi>Learning &amp; more</bdi></legend>" in second and "Time" in second
    assert "grouped" in grouped and "fieldset" not in plain and "grouped" not in plain


def test_what_a_verb_refuses_comes_back_on_the_form() -> None:
    form = SampleForm(
        {
            "title": "A",
            "email": "a@example.org",
            "kind": "school",
            "step": "1",
            "sure": "very",
            "roles": ["learners"],
        }
    )
    assert form.is_valid()

    def verb() -> None:
        raise ValidationError(
            {"title": "Another journey has this name.", "unknown": "This is not possible now."}
        )

    assert attempt(form, verb) is None
    assert form.errors["title"] == ["Another journey has this name."]
    assert form.non_field_errors() == ["This is not possible now."]
    assert attempt(form, lambda: 7) == 7
