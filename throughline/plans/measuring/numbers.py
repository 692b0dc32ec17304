"""Numbers as people type and read them: 1,5 or 1.5, never a guess. Pure."""

import re
from decimal import Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from throughline.plans.models.measures import DIGITS, PLACES

_SPACES = "\u0020\u00a0\u202f\u2009'\u2019"
_PLAIN = re.compile(r"[+\u2212-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+\u2212-]?\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?")


class NoNumber(ValueError):
    """What was typed is no number that we can be sure of; says why."""


def number_typed(text: str) -> Decimal:
    """The number that somebody typed. Raises `NoNumber` with a sentence.

    One sign with digits after it is the decimal sign, a comma as well as a point. Only where three digits follow it the
    reader's language decides: 1,234 is a thousand and more in English, 1.234 in Spanish.
    """
    typed = text.strip().removesuffix("%").strip().translate({ord(each): None for each in _SPACES})
    signs = [each for each in typed if each in ".,"]
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise NoNumber(_("Please type a number, like 12 or 1.5."))
    decimal = _decimal_sign(typed, signs)
    whole, _sep, part = typed.rpartition(decimal) if decimal else (typed, "", "")
    digits = re.sub(r"[.,]", "", whole)
    found = Decimal((f"{digits}.{part}" if decimal else digits).replace("\u2212", "-"))
    if len(part) > PLACES:
        raise NoNumber(_("Please use at most %(most)d decimals.") % {"most": PLACES})
    if abs(found) >= 10 ** (DIGITS - PLACES):
        raise NoNumber(_("This number is too large."))
    return bare(found)


def _decimal_sign(typed: str, signs: list[str]) -> str:
    """The sign before the decimals, or nothing when the signs only group digits."""
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return ""
    after = len(typed.rpartition(signs[0])[2])
    # three digits after a single sign may be thousands: only the language knows
    groups = after == 3 and signs[0] != get_format("DECIMAL_SEPARATOR")
    return "" if groups and not typed.lstrip("+-\u2212").startswith("0") else signs[0]


def bare(value: Decimal) -> Decimal:
    """The same number without zeros that say nothing."""
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain


def in_words(value: Decimal, unit: str = "") -> str:
    """The number as the reader's language writes it, without zeros that say nothing, and its unit."""
    plain = bare(value)
    sign, digits = ("\u2212" if plain < 0 else ""), f"{abs(plain):f}"
    whole, _sep, part = digits.partition(".")
    mark = str(get_format("THOUSAND_SEPARATOR"))
    grouped = f"{int(whole):,}".replace(",", mark) if len(whole) > 4 else whole
    number = f"{sign}{grouped}" + (f"{get_format('DECIMAL_SEPARATOR')}{part}" if part else "")
    if not unit:
        return number
    return f"{number}%" if unit == "%" else f"{number} {unit}"
