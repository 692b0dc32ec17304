"""Which of the eight areas a school's own words may touch that US law protects when learners are asked. Pure.

The Protection of Pupil Rights Amendment (20 U.S.C. 1232h) names them; a school that asks about them needs the consent of
families, or must let them opt out. Words in English and Spanish tell of an area; they are a hint, never a verdict.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Area:
    """A protected area: its name, and how words about it begin, in English and Spanish."""

    name: str | Promise
    beginnings: tuple[str, ...]


AREAS = (
    Area(
        _("political affiliations or beliefs"),
        (
            "politic", "politiq", "polític", "democrat", "demócrat", "republican", "conservative", "liberal",
            "vote", "voting", "voter", "votar", "votas", "voto", "election", "eleccion", "elección", "partido político",
            "president", "immigra", "inmigra",
        ),
    ),
    Area(
        _("mental or psychological problems"),
        (
            "mental", "psych", "psico", "psiqui", "depress", "deprim", "depresi", "anxi", "ansie", "suicid", "self-harm",
            "autoles", "hurt yourself", "hacerte daño", "therap", "terap", "counseling for", "panic", "pánico", "trauma",
            "adhd", "tdah", "autis",
        ),
    ),
    Area(
        _("sexual behavior or attitudes"),
        (
            "sex", "gay", "lesbian", "transgender", "transgénero", "pregnan", "embaraz", "contracep", "anticoncep", "dating",
            "boyfriend", "girlfriend", "noviazgo", "novio", "novia", "porn",
        ),
    ),
    Area(
        _("illegal, antisocial, self-incriminating or demeaning behavior"),
        (
            "illegal", "ilegal", "drug", "droga", "alcohol", "beer", "cerveza", "drunk", "borrach", "marijuana", "marihuana",
            "vape", "vaping", "vapear", "vapeo", "smok", "fumar", "fumas", "tobac", "cigar", "steal", "stole", "robar", "robas",
            "robado", "weapon", "gun", "arma", "gang", "pandilla", "crime", "crimen", "delito", "arrest", "cheat", "copiar en",
            "fight", "pelea", "bully", "acoso", "acosar",
        ),
    ),
    Area(
        _("critical words about members of one’s family"),
        (
            "your parents fight", "parents argue", "your mother", "your father", "your mom", "your dad", "your brother",
            "your sister", "your parents", "your family", "at home", "tu madre", "tu padre", "tu mamá", "tu papá", "tu hermano",
            "tu hermana", "tus padres", "tu familia", "su familia", "en casa", "divorc",
        ),
    ),
    Area(
        _("what was said in confidence to lawyers, physicians or ministers"),
        ("lawyer", "attorney", "abogad", "doctor", "physician", "médic", "clergy", "confession", "confesi"),
    ),
    Area(
        _("religious practices, affiliations or beliefs"),
        (
            "relig", "church", "iglesia", "mosque", "mezquita", "synagog", "sinagog", "templo", "pray", "rezar", "rezas",
            "oraci", "god", "dios", "faith", "bible", "biblia", "christian", "cristian", "catholic", "católic", "muslim",
            "musulm", "jewish", "judí", "priest", "sacerdote", "pastor", "rabbi", "imam", "minister",
        ),
    ),
    Area(
        _("income"),
        (
            "income", "ingreso", "salary", "salario", "sueldo", "how much money", "cuánto dinero", "earn", "gana tu", "ganan",
            "poor", "pobre", "wealth", "rich", "welfare", "food stamp", "free lunch", "reduced-price", "almuerzo grat",
        ),
    ),
)  # fmt: skip


def _pattern(area: Area) -> re.Pattern[str]:
    words = "|".join(re.escape(each) for each in area.beginnings)
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


_PATTERNS = tuple((area, _pattern(area)) for area in AREAS)
# Words that only begin like one of them.
_HARMLESS = re.compile(
    r"(?<!\w)(?:learn\w*|earnest\w*|earth\w*|poorly|enrich\w*|richer\w*|votre|godparent\w*|sexto|sexta|armario\w*|fighter)(?!\w)",
    re.IGNORECASE,
)


def areas_in(texts: Iterable[str]) -> list[Area]:
    """The protected areas that these words may touch, in the order of the law."""
    plain = [_HARMLESS.sub(" ", text) for text in texts]
    return [area for area, pattern in _PATTERNS if any(pattern.search(text) for text in plain)]
