"""A field for a number typed in the local way."""

from decimal import Decimal
from typing import Any

from django import forms

from throughline.plans.measuring.numbers import NoNumber, in_words, number_typed


class NumberField(forms.CharField):
    """Cleans to a `Decimal` or None; 1,5 and 1.5 are the same."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        text = super().clean(value)
        if not text:
            return None
        try:
            return number_typed(text)
        except NoNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
