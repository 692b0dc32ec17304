"""Posters and slips as tagged PDFs: a code to scan, a short address to type, and what it is for, in each language."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from throughline.kit import clock
from throughline.kit.familiar import familiar
from throughline.records.paper.cards import code_of
from throughline.records.paper.compiling import Way, make_pdf
from throughline.voices.asking.promise import is_anonymous
from throughline.voices.groups import BY_CODE
from throughline.voices.inviting.queries import groups_of
from throughline.voices.models import Asked
from throughline.voices.spool.marks import in_groups

FOLDER = Path(__file__).parent


def poster_pdf(asked: Asked, *, address: str, school: str, paper: str) -> bytes:
    """One page for a wall. `address`: the whole address of the group's first page."""
    told = {
        **_common(asked, school, _("Poster")),
        "code": code_of(address),
        "code_words": _("Code to scan: it opens the questions."),
        "address": _typed(address),
        "said": [_invitation(asked, language) for language in asked.listening.languages],
    }
    return make_pdf(FOLDER / "poster.typ", told, way=Way.now(paper), made_at=_today())


def slips_pdf(
    asked: Asked, codes: Sequence[str], *, address: str, link: str, school: str, paper: str
) -> bytes:
    """Slips to cut apart, each with its code. `link`: the whole address to which a code is added."""
    languages = asked.listening.languages
    told = {
        **_common(asked, school, _("Slips")),
        "address": _typed(address),
        "slips": [{"typed": in_groups(code), "code": code_of(f"{link}{code}")} for code in codes],
        "code_words": _("Code to scan: it opens the questions with this slip’s code."),
        "said": [_on_slip(asked, language) for language in languages],
        "until": [_until(asked, language) for language in languages],
    }
    return make_pdf(FOLDER / "slips.typ", told, way=Way.now(paper), made_at=_today())


def _common(asked: Asked, school: str, title: str) -> dict[str, Any]:
    name = str(BY_CODE[asked.group].name)
    return {
        "title": f"{title}: {name}",
        "author": school,
        "footer": f"{school} · {name}",
        "page": _("Page %(page)s of %(pages)s"),
        "school": {"text": school, "direction": ""},
    }


def _typed(address: str) -> str:
    """As one types it: without what a browser adds."""
    return address.partition("://")[2].rstrip("/")


def _until(asked: Asked, language: str) -> str:
    if asked.listening.closes_on is None:
        return ""
    with _spoken(asked, language):
        return _("Until %(day)s") % {"day": date_format(asked.listening.closes_on, "DATE_FORMAT")}


def _spoken(asked: Asked, language: str) -> override:
    return override(familiar(language) if BY_CODE[asked.group].children else language)


def _on_slip(asked: Asked, language: str) -> str:
    with _spoken(asked, language):
        return _("What do you think? Scan, or type the address and the code. Each code counts once.")


def _invitation(asked: Asked, language: str) -> dict[str, str]:
    listening = asked.listening
    anonymous = is_anonymous(asked, groups_of(listening), listening.threshold)
    with _spoken(asked, language):
        return {
            "title": _("What do you think?"),
            "text": _("A few minutes, on any phone, without an account. You decide what you answer."),
            "promise": _("Anonymous: nobody can find out what you said.")
            if anonymous
            else _("Confidential: only what many say together is shown."),
            "until": _until(asked, language),
        }


def _today() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today(), time()))
