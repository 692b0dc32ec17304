"""In which of its languages a page is read."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def wanted_language(request: HttpRequest, languages: Sequence[str]) -> str:
    """The one that was asked for (`?in=`), or the first of the browser's that there is, or the page's own (the first)."""
    asked = request.GET.get("in", "")
    if asked in languages:
        return asked
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for known in (code, code.split("-")[0]):
            if known in languages:
                return known
    return languages[0]
