"""Begin the page, write its sections, publish it as a whole, and say who can read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.languages import language_names
from throughline.kit import clock
from throughline.plans.families.document import cleaned, says_nothing, ties_in
from throughline.plans.families.locks import held
from throughline.plans.families.policy import may_open_page, may_write_page
from throughline.plans.families.queries import draft_document, editions_of
from throughline.plans.families.sections import BY_KEY
from throughline.plans.models import Action, FamilyDraft, FamilyEdition, Goal, PageForFamilies
from throughline.schools.log import note
from throughline.schools.models import Membership, hash_of, new_token

Way = PageForFamilies.Way


@dataclass(frozen=True, slots=True)
class Linked:
    """The page and the secret of its link, which is kept nowhere."""

    page: PageForFamilies
    token: str


@transaction.atomic
def begin_page(*, language: str, by: Membership) -> PageForFamilies:
    """Begin the page of this organization in a language. Safe to repeat: there is one."""
    may_write_page(by).enforce()
    if language not in language_names():
        raise ValidationError({"language": _("Choose the language in which you write.")})
    page, made = PageForFamilies.objects.get_or_create(
        organisation_id=by.organisation_id, defaults={"language": language, "begun_by": by}
    )
    if made:
        note("family.begun", by=by, subject=page)
    return page


@transaction.atomic
def write_section(
    *, page: PageForFamilies, section: str, told: Mapping[str, Any], by: Membership
) -> FamilyDraft:
    """Keep what was typed for one section. Readers see it once the page is published. Raises `ValidationError`."""
    may_write_page(by).enforce()
    here = held(page, by)
    known = BY_KEY.get(section)
    if known is None:
        raise ValidationError({"section": _("There is no such section.")})
    content = cleaned(known, told)
    _only_ours(section, content, by)
    draft = FamilyDraft.objects.filter(
        organisation_id=by.organisation_id, page=here, section=section
    ).first() or FamilyDraft(organisation_id=by.organisation_id, page=here, section=section)
    if draft.content == content and not draft._state.adding:
        return draft
    draft.content, draft.changed_by, draft.changed_at = content, by, clock.now()
    draft.save()
    note("family.written", by=by, subject=here, section=section)
    return draft


def _only_ours(section: str, content: dict[str, Any], by: Membership) -> None:
    wanted = ties_in({section: content})
    here = {"organisation_id": by.organisation_id}
    found = Goal.objects.filter(pk__in=wanted["goal"], **here).count() if wanted["goal"] else 0
    found += Action.objects.filter(pk__in=wanted["action"], **here).count() if wanted["action"] else 0
    if found != len(wanted["goal"]) + len(wanted["action"]):
        raise ValidationError(_("Choose goals and actions of this plan."))


@transaction.atomic
def publish_page(*, page: PageForFamilies, by: Membership) -> FamilyEdition:
    """Put all sections as they are now in the place of what is read. Whoever publishes has checked it today."""
    may_open_page(by).enforce()
    here = held(page, by)
    document = dict(draft_document(here))
    if says_nothing(document):
        raise ValidationError(_("There is nothing to read yet. Write a section first."))
    here.checked_on = clock.today()
    here.save(update_fields=["checked_on"])
    last = editions_of(here).first()
    if last is not None and last.document == document:
        return last
    made = FamilyEdition.objects.create(
        organisation_id=by.organisation_id,
        page=here,
        number=last.number + 1 if last else 1,
        document=document,
        by=by,
    )
    note("family.published", by=by, subject=here, number=made.number)
    return made


@transaction.atomic
def check_page(*, page: PageForFamilies, by: Membership) -> PageForFamilies:
    """Say that what is read is right today."""
    may_write_page(by).enforce()
    here = held(page, by)
    if here.checked_on != clock.today():
        here.checked_on = clock.today()
        here.save(update_fields=["checked_on"])
        note("family.checked", by=by, subject=here)
    return here


@transaction.atomic
def open_page(
    *, page: PageForFamilies, way: str, may_be_found: bool, takes_questions: bool, by: Membership
) -> PageForFamilies:
    """Say who can read the page, whether search engines may show it, and whether people can ask."""
    may_open_page(by).enforce()
    here = held(page, by)
    if way not in Way.values:
        raise ValidationError({"way": _("Choose who can read the page.")})
    before = (here.way, here.may_be_found, here.takes_questions)
    here.way, here.takes_questions = way, takes_questions
    here.may_be_found = may_be_found and way == Way.EVERYONE
    here.was_open = here.was_open or way == Way.EVERYONE
    if before == (here.way, here.may_be_found, here.takes_questions):
        return here
    here.save(update_fields=["way", "may_be_found", "takes_questions", "was_open"])
    note("family.opened", by=by, subject=here, way=way)
    return here


@transaction.atomic
def replace_family_link(*, page: PageForFamilies, by: Membership) -> Linked:
    """Make a new link; the one before opens nothing any more."""
    may_open_page(by).enforce()
    here, token = held(page, by), new_token()
    here.token_hash = hash_of(token)
    here.save(update_fields=["token_hash"])
    note("family.linked", by=by, subject=here)
    return Linked(here, token)


@transaction.atomic
def withdraw_family_link(*, page: PageForFamilies, by: Membership) -> PageForFamilies:
    """The link opens nothing from now on. Safe to repeat."""
    may_open_page(by).enforce()
    here = held(page, by)
    if here.token_hash:
        here.token_hash = None
        here.save(update_fields=["token_hash"])
        note("family.unlinked", by=by, subject=here)
    return here
