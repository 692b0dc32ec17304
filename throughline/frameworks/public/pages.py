"""What the public page of a framework holds, for everyone's page and for the lead who looks before opening it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.frameworks.addresses import Coded, framework_address
from throughline.frameworks.exporting.formats import public_files
from throughline.frameworks.languages import name_of
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import FrameworkVersion, ItemFate
from throughline.frameworks.presenters import competency_shown, domain_shown, domains_on_page, hue_of
from throughline.frameworks.public_queries import fates_of
from throughline.frameworks.registry import downloads_of, pictures_of
from throughline.frameworks.tree import CompetencyItem, Tree, tree

Address = Callable[[FrameworkVersion, Coded | None], str]
DESCRIPTION = 200  # characters that others show under a shared link


@dataclass(frozen=True, slots=True)
class Page:
    """A version in one of its languages, and how its pages are addressed.

    `asked`: the language that the address names; `query`: all that it asks for.
    """

    version: FrameworkVersion
    versions: list[FrameworkVersion]
    languages: list[str]
    language: str
    asked: str
    query: Mapping[str, str]
    tree: Tree
    address: Address

    @classmethod
    def of(
        cls,
        version: FrameworkVersion,
        versions: list[FrameworkVersion],
        languages: list[str],
        query: Mapping[str, str],
        address: Address,
    ) -> "Page":
        """In the language asked for, else the reader's, else the framework's own."""
        asked = query.get("language", "")
        wanted = (asked, (translation.get_language() or "").split("-")[0])
        language = next((each for each in wanted if each in languages), version.language)
        asked = asked if asked in languages else ""
        return cls(version, versions, languages, language, asked, query, tree(version.pk, language), address)

    def link(self, competency: Coded | None = None) -> str:
        """The address of the version or one of its competencies, in the language the reader asked for."""
        there = self.address(self.version, competency)
        if not self.asked:
            return there
        return f"{there}{'&' if '?' in there else '?'}{urlencode({'language': self.asked})}"

    def _in(self, language: str) -> str:
        kept = {key: self.query[key] for key in ("domain", "competency") if key in self.query}
        return f"?{urlencode({**kept, 'language': language})}"

    def common(self) -> dict[str, Any]:
        """What every page of a version shows."""
        named = [(each, name_of(each), self._in(each)) for each in self.languages]
        return {
            "version": self.version,
            "tree": self.tree,
            "language": self.language,
            "asked": self.asked,
            "languages": named if len(named) > 1 else [],
            "owner": self.version.framework.owner,
            "version_url": self.link(),
            "newest": self.versions[0] if self.versions and self.versions[0] != self.version else None,
            "newest_url": framework_address(self.version.framework),
        }


def framework_page(page: Page, domain: str) -> dict[str, Any]:
    """The whole version, or one domain of a large one."""
    large, shown = domains_on_page(page.tree, domain)
    first = not (large and shown)
    return {
        **page.common(),
        **_shared(page.tree.title, page.tree.content.get("summary", ""), page.address(page.version, None)),
        "large": large,
        "first": first,
        "domains": [domain_shown(each, page.tree, page.link) for each in shown],
        "pictures": pictures_of(page.tree, page.link) if first else [],
        "downloads": [*downloads_of(page.version), *public_files(page.version)] if first else [],
        "changes": changes_of(page) if first else [],
        "others": [
            (each, page.address(each, None)) for each in page.versions if first and each.pk != page.version.pk
        ],
    }


def competency_page(page: Page, place: int) -> dict[str, Any]:
    """One competency, with the ones before and after it."""
    flat = page.tree.competencies
    item = flat[place]
    return {
        **page.common(),
        **_shared(item.name, item.description or page.tree.title, page.address(page.version, item)),
        "shown": competency_shown(item, page.tree),
        "hue": hue_of(item.hue),
        "before": _neighbour(page, flat[place - 1]) if place else None,
        "after": _neighbour(page, flat[place + 1]) if place + 1 < len(flat) else None,
    }


def _neighbour(page: Page, item: CompetencyItem) -> tuple[str, str]:
    return item.name, page.link(item)


def _shared(title: str, text: str, path: str) -> dict[str, str]:
    """What others show of a link to the page."""
    words = Truncator(flattened(text, DESCRIPTION * 2)).chars(DESCRIPTION)
    return {"share_title": title, "share_words": words, "canonical": f"{settings.SITE_ADDRESS}{path}"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a competency of the version before, as a sentence; `names` follow it."""

    sentence: str
    old: str
    new: str


def changes_of(page: Page) -> list[Change]:
    """What changed since the version that this one was made from; what stayed the same is left out."""
    before = page.version.supersedes_id
    if before is None:
        return []
    fates = fates_of(page.version)
    then, now = tree(before, page.language), page.tree
    said = [_change(fate, then, now) for fate in fates if fate.kind != ItemFate.Kind.SAME]
    told = {fate.new_id for fate in fates}
    new = [each.name for each in now.competencies if each.id not in told]
    return [*said, *(Change(_("New"), "", name) for name in new)]


def _change(fate: ItemFate, then: Tree, now: Tree) -> Change:
    sentences = {
        ItemFate.Kind.REWORDED: _("Reworded"),
        ItemFate.Kind.SPLIT: _("Split: this is one part"),
        ItemFate.Kind.MERGED: _("Merged with others"),
        ItemFate.Kind.DROPPED: _("No longer included"),
    }
    old = then.by_id[fate.old_id].name if fate.old_id in then.by_id else fate.old.name
    new = now.by_id[fate.new_id].name if fate.new_id in now.by_id else ""
    return Change(sentences[ItemFate.Kind(fate.kind)], old, "" if new == old else new)
