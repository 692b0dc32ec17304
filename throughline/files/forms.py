"""The field for bringing a file: it states the limits and checks the size; `keep_file` looks at the content."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from throughline.files.policy import Limits, limits, sound_limits, sound_too_large, too_large
from throughline.ui.forms import FileDrop


class UploadDrop(FileDrop):
    """The place to drop or choose a file, with the limits in force when the page is drawn."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit_mb=0, **kwargs)

    def now(self) -> Limits:
        """The limits in force."""
        return limits()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        now = self.now()
        self.limit_mb, self.kinds = now.megabytes, now.kinds
        return super().get_context(name, value, {**(attrs or {}), "accept": now.accept})


class UploadField(forms.FileField):
    """One file within the limits. The form around it needs `enctype="multipart/form-data"`.

    Give what it cleans to `actions.keep_file`; what that refuses belongs to a field named `file`.
    """

    widget = UploadDrop
    default_error_messages = {
        "empty": _("This file is empty."),
        "required": _("Choose a file."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("File"))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        if isinstance(data, UploadedFile) and (data.size or 0) > limits().most:
            raise ValidationError(too_large(), code="too-large")
        super().to_python(data)
        return data or None


class SoundDrop(UploadDrop):
    """The same for a recording."""

    def __init__(self, most_mb: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_mb = most_mb

    def now(self) -> Limits:
        """The limits of a recording."""
        return sound_limits(self.most_mb)


class SoundField(UploadField):
    """One recording. Give what it cleans to `actions.keep_sound`."""

    def __init__(self, most_mb: int, **kwargs: Any) -> None:
        super().__init__(widget=SoundDrop(most_mb), **kwargs)
        self.most_mb = most_mb

    def to_python(self, data: Any) -> UploadedFile | None:
        if isinstance(data, UploadedFile) and (data.size or 0) > sound_limits(self.most_mb).most:
            raise ValidationError(sound_too_large(self.most_mb), code="too-large")
        return super().to_python(data)
