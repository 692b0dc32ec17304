"""Editions of translations: read the newest, write the next, keep what trees read in step. Called inside transactions."""

from collections.abc import Mapping

from django.db import transaction

from throughline.frameworks.blueprint import Blueprint, fingerprint_of
from throughline.frameworks.models import FrameworkVersion, ItemFate, TranslationEdition, VersionTranslation
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.translating.texts import (
    Entries,
    Entry,
    carried_over,
    current_of,
    entries_of,
    flat_of,
    mark_of,
    nested_of,
    path_origins,
    sources_of,
    state_of,
)
from throughline.frameworks.tree import forget_trees
from throughline.schools.models import Membership

How = TranslationEdition.How


def newest_edition(version: FrameworkVersion, language: str) -> TranslationEdition | None:
    """The translation as it is now; none if nobody began one. One query."""
    rows = TranslationEdition.objects.filter(version=version, language=language)
    return rows.order_by("-number").first()


def write_edition(
    version: FrameworkVersion,
    plan: Blueprint,
    language: str,
    entries: Entries,
    *,
    how: str,
    changed: int,
    by: Membership | None = None,
) -> TranslationEdition:
    """Keep `entries` as the next edition, and put what is current where trees read it."""
    before = newest_edition(version, language)
    edition = TranslationEdition.objects.create(
        version=version,
        language=language,
        number=before.number + 1 if before else 1,
        how=how,
        entries={path: entry.kept() for path, entry in entries.items()},
        changed=changed,
        by_name=by.name if by else "",
        by_id=by.pk if by else None,
    )
    sources = sources_of(plan)
    state = state_of(sources, entries)
    texts = nested_of(plan, current_of(sources, entries))
    values = {
        "texts": texts,
        "fingerprint": fingerprint_of(texts),
        "edition": edition.number,
        "behind": list(state.behind),
        "missing": list(state.missing),
        "follows": next((entries[path].since for path in state.behind if entries[path].since), ""),
    }
    VersionTranslation.objects.update_or_create(version=version, language=language, defaults=values)
    transaction.on_commit(forget_trees)
    forget_trees()
    return edition


def bring_file(version: FrameworkVersion, plan: Blueprint, language: str, texts: Mapping[str, object]) -> int:
    """Take over a translation that came as a file: its texts become current, others that are current stay.

    Says how many editions were written (0: all of it was there).
    """
    sources = sources_of(plan)
    told = flat_of(plan, dict(texts))
    before = newest_edition(version, language)
    known = entries_of(before.entries) if before else {}
    entries = {**known, **{path: Entry(text, mark_of(sources[path])) for path, text in told.items()}}
    changed = sum(known.get(path) != entry for path, entry in entries.items())
    if before is not None and not changed:
        return 0
    write_edition(version, plan, language, entries, how=How.SHIPPED, changed=changed)
    return 1


def carry_over(version: FrameworkVersion, plan: Blueprint, before: FrameworkVersion) -> int:
    """Take over the translations of the version before; says how many languages."""
    languages = (
        TranslationEdition.objects.filter(version=before)
        .exclude(language=version.language)
        .values_list("language", flat=True)
        .distinct()
        .order_by("language")
    )
    found = list(languages)
    if not found or before.language != version.language:
        return 0
    old_sources, new_sources = sources_of(stored_blueprint(before)), sources_of(plan)
    origins: dict[str, list[str]] = {}
    fates = ItemFate.objects.filter(version=version, new__isnull=False).values_list("new__code", "old__code")
    for new, old in fates.order_by("old__code"):
        origins.setdefault(new, []).append(old)
    for language in found:
        edition = newest_edition(before, language)
        assert edition is not None
        entries = carried_over(
            old_sources, entries_of(edition.entries), new_sources, path_origins(origins), before.number
        )
        write_edition(version, plan, language, entries, how=How.CARRIED, changed=len(entries))
    return len(found)
