"""A framework cut into parts to be translated side by side, and how far a translation is, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.translating.texts import (
    Entries,
    competency_path,
    domain_path,
    is_current,
    sources_of,
)

HEAD = "about"
LONG = 80  # characters above which a text gets room for several lines


@dataclass(frozen=True, slots=True)
class PartToTranslate:
    """A part that is kept in one form: what is said about the whole, or a domain. `open` counts what is left to do."""

    key: str
    name: str
    paths: tuple[str, ...]
    open: int


@dataclass(frozen=True, slots=True)
class TextToTranslate:
    """One text: source left, translation right. `was` is what the translation says, where it is behind."""

    path: str
    label: str
    heading: str
    source: str
    said: str
    state: str
    was: str
    since: str
    rows: int


def parts_of(plan: Blueprint, entries: Entries) -> list[PartToTranslate]:
    """What is said about the whole, then each domain."""
    sources = sources_of(plan)

    def part(key: str, name: str, starts: tuple[str, ...]) -> PartToTranslate:
        paths = tuple(
            path for path in sources if any(path == start or path.startswith(f"{start}/") for start in starts)
        )
        left = sum(not is_current(entries.get(path), sources[path]) for path in paths)
        return PartToTranslate(key, name, paths, left)

    head = ("title", "summary", "attribution", "steps", "design_elements")
    found = [part(HEAD, _("About the framework"), head)]
    for domain in plan.domains:
        starts = (domain_path(domain.code), *(competency_path(each.code) for each in domain.competencies))
        found.append(part(quote(domain.code, safe=""), domain.name, starts))
    return found


def texts_of_part(
    plan: Blueprint, entries: Entries, part: PartToTranslate, typed: Mapping[str, str] | None = None
) -> list[TextToTranslate]:
    """The texts of a part in order; `typed` is what somebody wrote that could not be kept."""
    sources = sources_of(plan)
    names = {competency_path(each.code): each.name for each in plan.competencies}
    found, last = [], ""
    for path in part.paths:
        entry, source = entries.get(path), sources[path]
        said = (typed or {}).get(f"t:{path}", entry.said if entry else "")
        current = is_current(entry, source)
        belongs = names.get("/".join(path.split("/")[:2]), "")
        found.append(
            TextToTranslate(
                path=path,
                label=label_of(path),
                heading=belongs if belongs != last else "",
                source=source,
                said=said,
                state="current" if current else "behind" if entry else "missing",
                was=entry.was if entry and not current else "",
                since=entry.since if entry and not current else "",
                rows=1 if max(len(source), len(said)) < LONG else 3,
            )
        )
        last = belongs
    return found


def label_of(path: str) -> str:
    """What a text is, in words."""
    parts = path.split("/")
    kind = parts[2] if len(parts) > 2 else parts[0]
    if len(parts) == 4:
        numbered = {
            "steps": _("Step %(number)s"),
            "indicators": _("Indicator %(number)s"),
            "evidence": _("Example of evidence %(number)s"),
        }
        return numbered[kind] % {"number": parts[3]}
    words = {
        "title": _("Title"),
        "summary": _("Summary"),
        "attribution": _("Where it comes from"),
        "name": _("Name"),
        "label": _("Short name of a step"),
        "hint": _("What the step means"),
        "question": _("Guiding question"),
        "description": _("Description"),
    }
    return words.get(kind, kind)


def state_in_words(total: int, behind: int, missing: int) -> str:
    """How far a translation is."""
    if not behind and not missing:
        return ngettext("%(total)s text, translated.", "All %(total)s texts are translated.", total) % {
            "total": total
        }
    said = []
    if behind:
        said.append(
            ngettext(
                "%(count)s of %(total)s texts is behind.", "%(count)s of %(total)s texts are behind.", behind
            )
            % {"count": behind, "total": total}
        )
    if missing:
        said.append(
            ngettext(
                "%(count)s of %(total)s texts is not translated yet.",
                "%(count)s of %(total)s texts are not translated yet.",
                missing,
            )
            % {"count": missing, "total": total}
        )
    return " ".join(said)
