"""The words of a framework as they stand on paper: plain text, each with its direction, in lengths that a page can hold."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from throughline.frameworks.markup import flattened
from throughline.frameworks.models import Competency, FrameworkVersion, VersionTranslation
from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.records.paper.compiling import theirs

LONGEST = 6000
_GAP = re.compile(r"\n\s*\n")


def spoken(version: FrameworkVersion, language: str) -> str:
    """The language in which a version's words come when asked for in `language`."""
    tongue = language.split("-")[0]
    if tongue == version.language:
        return tongue
    known = VersionTranslation.objects.filter(version=version, language=tongue).exists()
    return tongue if known else version.language


def paragraphs(text: str, limit: int = LONGEST) -> list[dict[str, str]]:
    """A statement as paragraphs of plain text, whatever markup it came in; cut with “…” beyond `limit` characters."""
    found = []
    for each in _GAP.split(text):
        plain = flattened(each, limit)
        if plain:
            found.append(theirs(plain))
            limit -= len(plain)
        if limit <= 1:
            break
    return found


def plain(text: str, limit: int = LONGEST) -> dict[str, str]:
    """A statement as one paragraph."""
    return theirs(flattened(text, limit))


def level_of(competency: CompetencyItem) -> str:
    """Foundational or advanced, in the reader's language."""
    return str(Competency.Level(competency.level).label)


def steps_of(competency: CompetencyItem, framework: Tree, limit: int = LONGEST) -> list[dict[str, Any]]:
    """The steps with their digits, in the competency's own words where it has them."""
    own = competency.steps or tuple(step.hint for step in framework.step_labels)
    return [
        {"digit": str(number), "label": plain(label.label), "words": plain(words, limit)}
        for number, (label, words) in enumerate(zip(framework.step_labels, own, strict=False), start=1)
    ]


def common(framework: Tree, kind: str, part_name: str, language: str) -> dict[str, Any]:
    """What every paper about a framework needs. `language`: that of the framework's words."""
    title = flattened(framework.title, 300)
    shown = _("%(title)s, %(part)s") % {"title": title, "part": part_name} if part_name else title
    return {
        "title": f"{kind}: {shown}",
        "kind": kind,
        "heading": theirs(title),
        "part": theirs(part_name),
        "version": _("Version %(number)s") % {"number": framework.number},
        "author": _source_of(framework),
        "attribution": paragraphs(framework.attribution),
        "source_url": framework.source_url,
        "words": language,
        "footer": f"{shown} · {_('Version %(number)s') % {'number': framework.number}}",
        "page": _("Page %(page)s of %(pages)s"),
        "made_with": _("Printed from Throughline, %(address)s") % {"address": settings.SITE_ADDRESS},
    }


def _source_of(framework: Tree) -> str:
    return flattened(framework.attribution or framework.title, 300)
