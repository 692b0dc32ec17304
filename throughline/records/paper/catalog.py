"""The papers of a framework: which there are, what each is for, where to find them and where their codes lead."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from throughline.frameworks.addresses import public_address
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.presenters import domains_on_page
from throughline.frameworks.registry import Download
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.records.paper.blank import blank_pdf
from throughline.records.paper.cards import cards_pdf
from throughline.records.paper.compiling import Way
from throughline.records.paper.parts import Part
from throughline.records.paper.words import spoken
from throughline.records.paper.workbook import workbook_pdf


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper in words."""

    key: str
    title: str | Promise
    about: str | Promise


KINDS = (
    Kind(
        "workbook",
        _("Workbook"),
        _("The whole framework, to read and write in: for a table, a staff day, or a binder."),
    ),
    Kind(
        "cards",
        _("Wall cards"),
        _("One page per competency in large type, with a code to scan for more about it."),
    ),
    Kind(
        "profile",
        _("Credit profile to color in"),
        _("The empty ring, with a table of names. All you need is a pencil."),
    ),
)


def paper_of(
    kind: str,
    version: FrameworkVersion,
    framework: Tree,
    part: Part,
    *,
    link: Callable[[CompetencyItem], str],
    way: Way,
) -> bytes:
    """The file of this kind, in the language of `way` as far as the framework speaks it."""
    words, made_at = spoken(version, way.language), version.published_at
    if kind == "cards":
        return cards_pdf(framework, part, link=link, words=words, way=way, made_at=made_at)
    if kind == "workbook":
        return workbook_pdf(framework, part, words=words, way=way, made_at=made_at)
    return blank_pdf(framework, part, words=words, way=way, made_at=made_at)


def leads_to(version: FrameworkVersion, framework: Tree, school: str) -> Callable[[CompetencyItem], str]:
    """Where the code of a competency leads: to its public page, or to the framework's page inside the school."""
    if version.framework.public_at or not school:
        return lambda item: f"{settings.SITE_ADDRESS}{public_address(version, item)}"
    page = reverse("frameworks:framework", kwargs={"school": school, "version_id": version.pk})
    large, _shown = domains_on_page(framework, "")
    codes = {item.id: domain.code for domain in framework.domains for item in domain.competencies}

    def inside(item: CompetencyItem) -> str:
        query = f"?{urlencode({'domain': codes[item.id]})}" if large else ""
        return f"{settings.SITE_ADDRESS}{page}{query}#domain-{item.hue}"

    return inside


def to_take_along(version: FrameworkVersion) -> Download:
    """The way to the papers from the public page."""
    return Download(_WORKBOOK, _ABOUT, reverse("records:open-papers", kwargs={"version_id": version.pk}), 20)


def to_print(version: FrameworkVersion, school: str) -> Download:
    """The way to the papers from the page inside a school."""
    address = reverse("records:papers", kwargs={"school": school, "version_id": version.pk})
    return Download(_("Print"), _ABOUT, address, 20)


_WORKBOOK = _("To print: workbook, wall cards, blank profile")
_ABOUT = _("Tagged PDFs in US Letter and A4. They look good in black and white.")
