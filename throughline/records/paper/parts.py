"""How a framework is cut for printing: whole while it is small, else by domain, and a large domain in pieces.

Papers are made while somebody waits, so no file holds more than `MOST` competencies.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree

MOST = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Some domains of a framework, each with the competencies printed here. `name` is empty for the whole framework."""

    key: str
    name: str
    domains: tuple[DomainItem, ...]


def parts_of(framework: Tree) -> list[Part]:
    """The files into which a framework is cut, in its order; domains without a competency are left out."""
    domains = tuple(domain for domain in framework.domains if domain.competencies)
    if len(framework.competencies) <= MOST:
        return [Part("", "", domains)]
    return [part for domain in domains for part in _pieces(domain)]


def part_named(framework: Tree, key: str) -> Part | None:
    """The part with this key."""
    return next((part for part in parts_of(framework) if part.key == key), None)


def _pieces(domain: DomainItem) -> list[Part]:
    if len(domain.competencies) <= MOST:
        return [Part(f"{domain.hue}", domain.name, (domain,))]
    starts = range(0, len(domain.competencies), MOST)
    pieces = [domain.competencies[start : start + MOST] for start in starts]
    return [
        Part(f"{domain.hue}-{number}", _piece_name(domain, piece), (replace(domain, competencies=piece),))
        for number, piece in enumerate(pieces, start=1)
    ]


def _piece_name(domain: DomainItem, piece: tuple[CompetencyItem, ...]) -> str:
    return _("%(domain)s, %(first)s to %(last)s") % {
        "domain": domain.name,
        "first": piece[0].number,
        "last": piece[-1].number,
    }
