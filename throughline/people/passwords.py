"""What a password must be."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator


class NotCommon(CommonPasswordValidator):
    """Django's check, whose twenty thousand passwords take 2 MB: they are read when one is set, and not kept."""

    def __init__(self) -> None:
        pass

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError` when many people use it."""
        CommonPasswordValidator().validate(password, user)
