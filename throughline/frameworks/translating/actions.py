"""Verbs on translations: begin a language, put texts to it from the page or from a table. Every change is an edition."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.languages import language_names
from throughline.frameworks.models import FrameworkVersion, TranslationEdition
from throughline.frameworks.policy import may_translate
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.translating.editions import How, newest_edition, write_edition
from throughline.frameworks.translating.texts import Entries, Entry, entries_of, mark_of, sources_of
from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Kept:
    """How many texts changed, and the edition that holds them (none when nothing did)."""

    changed: int
    edition: TranslationEdition | None


@transaction.atomic
def translate_texts(
    *,
    version: FrameworkVersion,
    language: str,
    by: Membership,
    texts: Mapping[str, str],
    still_right: Collection[str] = (),
    seen_edition: int = 0,
    how: str = How.PAGE,
) -> Kept:
    """Put texts to a translation, by path; an empty one takes the translation of that text away.

    What equals the edition that the person has seen is left as it is now, so two people can work at once. `still_right`
    names texts that were behind and say the new words too, as somebody has looked.
    """
    may_translate(by, version.framework).enforce()
    FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    _check_language(version, language)
    plan = stored_blueprint(version)
    sources = sources_of(plan)
    held = newest_edition(version, language)
    entries = entries_of(held.entries) if held else {}
    seen = _seen(version, language, held, seen_edition)
    wanted = dict(entries)
    for path, said in texts.items():
        if path in sources:
            _put(wanted, path, clean_text(said), sources[path], seen, path in still_right)
    changed = sum(wanted.get(path) != entries.get(path) for path in {*wanted, *entries})
    if not changed:
        return Kept(0, None)
    edition = write_edition(version, plan, language, wanted, how=how, changed=changed, by=by)
    note(
        "framework.translated", by=by, subject=version, title=plan.title, language=language_names()[language]
    )
    return Kept(changed, edition)


def _check_language(version: FrameworkVersion, language: str) -> None:
    if language == version.language or language not in language_names():
        raise ValidationError({"language": _("Choose a language other than the framework’s own.")})


def _seen(version: FrameworkVersion, language: str, held: TranslationEdition | None, number: int) -> Entries:
    if held is None or number == held.number:
        return entries_of(held.entries) if held else {}
    older = TranslationEdition.objects.filter(version=version, language=language, number=number).first()
    return entries_of(older.entries) if older else {}


def _put(
    wanted: Entries, path: str, said: str, source: str, seen: Mapping[str, Entry], still_right: bool
) -> None:
    if len(said) > LONGEST:
        raise ValidationError(_("A text is longer than %(limit)d characters.") % {"limit": LONGEST})
    before = seen.get(path)
    same = said == (before.said if before else "")
    if same and (
        not still_right or wanted.get(path) != before
    ):  # somebody has put other words there meanwhile
        return
    if said:
        wanted[path] = Entry(said, mark_of(source))
    else:
        wanted.pop(path, None)
