"""Fields are drawn by functions of ours; what they say is what Django's own templates say."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

NASTY = "\"><b>&'\n"
GROUPS = [("", "all"), (NASTY, [("1", NASTY), (2, "two")]), ("3", "three")]


class Form(forms.Form):
    line = forms.CharField(label=NASTY, help_text=NASTY, widget=forms.TextInput(attrs={"class": NASTY}))
    number = forms.IntegerField(required=False)
    tick = forms.BooleanField(label="A tick", help_text="Help", required=False)
    lines = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    one = forms.ChoiceField(choices=GROUPS, required=False)
    several = forms.MultipleChoiceField(choices=GROUPS, widget=forms.SelectMultiple)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    secret = forms.CharField(widget=forms.PasswordInput)
    unseen = forms.CharField(widget=forms.HiddenInput)


SAID: list[dict[str, Any] | None] = [
    None,
    {},
    {
        "line": NASTY,
        "number": "7",
        "tick": "on",
        "lines": NASTY,
        "one": "2",
        "several": ["1", "3"],
        "day": "x",
    },
]


@pytest.mark.parametrize("said", SAID, ids=["new", "empty", "filled"])
@pytest.mark.parametrize("name", Form.base_fields)
def test_an_element_is_the_one_that_django_draws(name: str, said: dict[str, Any] | None) -> None:
    ours, theirs = str(Form(said)[name]), str(Form(said, renderer=DjangoTemplates())[name])
    assert ours != "" and parse_html(ours) == parse_html(theirs)


@pytest.mark.parametrize("name", [name for name in Form.base_fields if name != "unseen"])
def test_a_field_says_what_is_wrong_with_it_beside_its_label(name: str) -> None:
    form = Form({})
    drawn = form[name].as_field_group()
    assert form.fields[name].required is (f'id="id_{name}_error"' in drawn)
    assert form.fields[name].required is ('class="field wrong"' in drawn)
    assert (form.fields[name].required or name == "tick") is ("optional" not in drawn)
    assert "<b>" not in drawn


def test_a_group_of_choices_names_its_help_and_its_errors_to_readers() -> None:
    class Group(forms.Form):
        pick = forms.ChoiceField(choices=[("1", "One")], widget=forms.RadioSelect, help_text="One of them.")

    assert 'aria-describedby="id_pick_helptext"' in Group()["pick"].as_field_group()
    assert 'aria-describedby="id_pick_helptext id_pick_error"' in Group({})["pick"].as_field_group()
    assert '<p class="help" id="id_pick_helptext">One of them.</p>' in Group()["pick"].as_field_group()
