"""Letters about signing in: in the reader's language, as rows that the worker sends."""

from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from throughline.activity.actions import queue_mail
from throughline.people.models import Person, normal_address


def queue_letter(
    template: str, *, to: str, context: dict[str, object], language: str = "", key: str = "", **more: object
) -> None:
    """Queue `<template>_subject.txt` and `<template>_message.txt`, written in `language` (empty: the present one)."""
    with translation.override(language or translation.get_language()):
        known = {**context, "site_address": settings.SITE_ADDRESS, "email": to}
        subject = " ".join(render_to_string(f"{template}_subject.txt", known).split())
        body = render_to_string(f"{template}_message.txt", known).strip() + "\n"
    queue_mail(key=key or f"{template}:{uuid4()}", to=to, subject=subject[:300], body=body, **more)  # type: ignore[arg-type]


def language_of(address: str) -> str:
    """The language that the person with this address has chosen, or none."""
    found = Person.objects.filter(email=normal_address(address)).values_list("language", flat=True).first()
    return found or ""
