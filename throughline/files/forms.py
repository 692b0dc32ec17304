"""The field for bringing a file: it states the limits and checks the size; `keep_file` looks at the content."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from throughline.files.policy import limits, too_large


class UploadField(forms.FileField):
    """One file within the limits. The form around it needs `enctype="multipart/form-data"`.

    Give what it cleans to `actions.keep_file`; what that refuses belongs to a field named `file`.
    """

    default_error_messages = {
        "empty": _("This file is empty."),
        "required": _("Choose a file."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault("help_text", lazystr(_Limits()))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": limits().accept}

    def to_python(self, data: Any) -> UploadedFile | None:
        if isinstance(data, UploadedFile) and (data.size or 0) > limits().most:
            raise ValidationError(too_large(), code="too-large")
        super().to_python(data)
        return data or None


class _Limits:
    def __str__(self) -> str:
        return limits().text
