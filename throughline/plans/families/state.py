"""How the page stands, for those who work on it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from throughline.plans.families.document import Content, words_in
from throughline.plans.families.queries import drafts_of, editions_of, plain_parts
from throughline.plans.families.sections import SECTIONS
from throughline.plans.families.translations import Progress, progress_of, sources_of
from throughline.plans.families.warnings import warnings_of
from throughline.plans.models import FamilyEdition, PageForFamilies


@dataclass(frozen=True, slots=True)
class Written:
    """A section: whether there is a draft, whether readers see something else, who wrote last."""

    key: str
    title: str | Promise
    state: str  # empty, new, changed, published
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All of it. `is_ahead`: there is something to publish."""

    sections: list[Written]
    edition: FamilyEdition | None
    warnings: list[str]
    languages: list[Progress]

    @property
    def is_ahead(self) -> bool:
        """Whether drafts say something that readers don't see yet."""
        return any(each.state in ("new", "changed") for each in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return all(each.state == "empty" for each in self.sections)


def state_of(page: PageForFamilies) -> State:
    """How the page stands."""
    drafts, editions = drafts_of(page), list(editions_of(page)[:2])
    edition = editions[0] if editions else None
    published = edition.document if edition else {}
    sections = []
    for each in SECTIONS:
        draft = drafts.get(each.key)
        state = _state(draft.content if draft else {}, published.get(each.key), each.key)
        name, at = (draft.changed_by.name, draft.changed_at) if draft else ("", None)
        sections.append(Written(each.key, each.title, state, name, at))
    draft_now = {key: each.content for key, each in drafts.items()}
    languages = progress_of(page, sources_of(page, draft_now, [each.document for each in editions]))
    warnings = warnings_of(page, published, plain_parts(page, published), languages) if edition else []
    return State(sections, edition, warnings, languages)


def _state(draft: Content, published: Content | None, key: str) -> str:
    if published is None:
        return "new" if words_in(draft, key) or draft.get("cites") else "empty"
    return "published" if draft == published else "changed"
