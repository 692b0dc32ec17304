"""Named reads of the page for families: what readers see, and what those inside work on."""

import zoneinfo
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from throughline.elements.models import ElementKind, Item, ItemKind
from throughline.elements.publishing.queries import public_element, shown_edition
from throughline.elements.publishing.queries import said_in as said_in_element
from throughline.elements.publishing.units import words as title_in
from throughline.elements.writing.schema import plain_text, textblocks
from throughline.frameworks.languages import name_of
from throughline.kit import clock
from throughline.plans.families.document import Document, ties_in
from throughline.plans.families.page import Answered, Cited, FamilyPage, Part, Stand, Teller, parts_of
from throughline.plans.families.words import fixed_in
from throughline.plans.models import (
    Action,
    FamilyDraft,
    FamilyEdition,
    FamilyQuestion,
    FamilyTranslation,
    Goal,
    PageForFamilies,
)
from throughline.schools.models import Organisation
from throughline.schools.tenant import is_there
from throughline.ui.times import day_in_words
from throughline.voices.models import ReplyEdition

Way = PageForFamilies.Way
LONGEST_CITED = 600


def page_for(organisation: Organisation) -> PageForFamilies | None:
    """The page of an organization as those inside see it; none when nobody has begun it. One query."""
    found = PageForFamilies.objects.filter(organisation=organisation.pk).first()
    return _with(found, organisation)


def _with(found: PageForFamilies | None, organisation: Organisation) -> PageForFamilies | None:
    if found is not None:
        found.organisation = organisation
    return found


def page_at(place: str) -> PageForFamilies | None:
    """The page at a public address, when its school has ever opened it to everyone. One query."""
    rows = PageForFamilies.objects.filter(is_there(), organisation__slug=place)
    return rows.filter(Q(way=Way.EVERYONE) | Q(was_open=True)).select_related("organisation").first()


def page_by_link(link: str) -> PageForFamilies | None:
    """The page that the holder of a link is shown. One query."""
    if not link:
        return None
    rows = PageForFamilies.objects.filter(is_there(), token_hash=link)
    return rows.select_related("organisation").first()


def editions_of(page: PageForFamilies) -> QuerySet[FamilyEdition]:
    """What was published, the newest first."""
    return FamilyEdition.objects.filter(organisation=page.organisation_id, page=page).order_by("-number")


def drafts_of(page: PageForFamilies) -> dict[str, FamilyDraft]:
    """Each section as it is being written. One query."""
    rows = FamilyDraft.objects.filter(organisation=page.organisation_id, page=page)
    return {each.section: each for each in rows.select_related("changed_by")}


def draft_document(page: PageForFamilies) -> Document:
    """All sections as they are being written. One query."""
    return {key: draft.content for key, draft in drafts_of(page).items()}


def _translations(page: PageForFamilies) -> QuerySet[FamilyTranslation]:
    return FamilyTranslation.objects.filter(organisation=page.organisation_id, page=page)


def said_in(page: PageForFamilies, language: str) -> dict[str, FamilyTranslation]:
    """What has been translated into a language, by the fingerprint of what it says. One query."""
    rows = _translations(page).filter(language=language).order_by("at", "pk")
    found = {each.says: each for each in rows}
    return {name: row for name, row in found.items() if row.text}


def said_in_all(page: PageForFamilies) -> dict[str, dict[str, FamilyTranslation]]:
    """The same for every language. One query."""
    found: dict[str, dict[str, FamilyTranslation]] = {}
    for each in _translations(page).order_by("at", "pk"):
        found.setdefault(each.language, {})[each.says] = each
    return {
        language: {name: row for name, row in rows.items() if row.text} for language, rows in found.items()
    }


def languages_of(page: PageForFamilies) -> list[str]:
    """The languages into which something has been translated. One query."""
    return sorted(set(_translations(page).values_list("language", flat=True).distinct()) - {page.language})


def questions_of(page: PageForFamilies) -> QuerySet[FamilyQuestion]:
    """What people asked, the newest first."""
    rows = FamilyQuestion.objects.filter(organisation=page.organisation_id, page=page)
    return rows.select_related("moderated_by").order_by("-on", "-pk")


def stands_of(organisation: UUID, document: Document) -> dict[str, Stand]:
    """What the plan says today of everything that a document follows. Two queries at most."""
    wanted = ties_in(document)
    found: dict[str, Stand] = {}
    if wanted["action"]:
        actions = Action.objects.filter(organisation=organisation, pk__in=wanted["action"])
        for each in actions.only("state", "starts_on", "due_on", "state_on"):
            found[f"action:{each.pk}"] = Stand(each.state, each.starts_on, each.due_on, each.state_on)
    if wanted["goal"]:
        states = {Goal.State.OPEN: "under-way", Goal.State.REACHED: "done", Goal.State.DROPPED: "dropped"}
        goals = Goal.objects.filter(organisation=organisation, pk__in=wanted["goal"])
        for goal in goals.only("state", "by_when", "state_on"):
            state = states[Goal.State(goal.state)]
            found[f"goal:{goal.pk}"] = Stand(state, None, goal.by_when, goal.state_on)
    return found


def newest_replies(organisation: Organisation) -> ReplyEdition | None:
    """What was published last of *you said → we did*, with its listening. One query."""
    rows = ReplyEdition.objects.filter(organisation=organisation.pk).select_related("listening")
    return rows.order_by("-at", "-pk").first()


def in_zone(organisation: Organisation) -> AbstractContextManager[object]:
    """Days as the school counts them, whoever reads."""
    try:
        return timezone.override(zoneinfo.ZoneInfo(organisation.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return nullcontext()


def family_page(organisation: Organisation, language: str = "") -> FamilyPage | None:
    """What families read, as published, in a language (its own when there is no such one); None when nothing is published.

    Says nothing about who may read it: `way` tells. Twelve queries at most.
    """
    page = page_for(organisation)
    return shown_page(page, language) if page else None


def shown_page(page: PageForFamilies, language: str = "") -> FamilyPage | None:
    """As `family_page`, of a page that was found already."""
    edition = editions_of(page).first()
    return page_of(page, edition.document, language, edition.number) if edition else None


def page_of(page: PageForFamilies, document: Document, language: str = "", number: int = 0) -> FamilyPage:
    """A document, published or not, as families read it."""
    organisation = page.organisation
    languages = [page.language, *languages_of(page)]
    chosen = language if language in languages else page.language
    said = {name: row.text for name, row in said_in(page, chosen).items()}
    stands = stands_of(page.organisation_id, document)
    cites = document.get("why", {}).get("cites")
    with in_zone(organisation), translation.override(chosen):
        words = fixed_in(chosen, said)
        teller = Teller(page.language, chosen, said, words)
        parts = parts_of(document, teller, stands, clock.today())
        return FamilyPage(
            organisation=organisation.name,
            place=organisation.slug,
            language=chosen,
            source=page.language,
            title=words["title"],
            parts=parts,
            questions=_answered(page, teller),
            cited=cited_call(organisation, chosen) if cites else None,
            checked=_checked(page, words),
            number=number,
            languages=[(code, name_of(code)) for code in languages],
            missing=len(teller.missing),
            words=words,
            takes_questions=page.takes_questions,
            way=page.way,
            may_be_found=page.may_be_found,
        )


def plain_parts(page: PageForFamilies, document: Document) -> list[Part]:
    """The sections of a document in its own language, with what the plan says today. Two queries at most."""
    stands = stands_of(page.organisation_id, document)
    with in_zone(page.organisation):
        teller = Teller(page.language, page.language, {}, fixed_in(page.language, {}))
        return parts_of(document, teller, stands, clock.today())


def _checked(page: PageForFamilies, words: Mapping[str, str]) -> str:
    return words["checked"] % {"date": day_in_words(page.checked_on)} if page.checked_on else ""


def _answered(page: PageForFamilies, teller: Teller) -> list[Answered]:
    rows = questions_of(page).filter(state=FamilyQuestion.State.ANSWERED).select_related(None)
    return [
        Answered(each.pk, teller.tell(each.wording, each.language), teller.tell(each.answer, page.language))
        for each in rows.order_by("-answered_on", "-pk")
    ]


def cited_call(organisation: Organisation, language: str) -> Cited | None:
    """The first paragraph of the Call to Action, while it is in force and open to everyone, in a language that it has been
    translated into and else as it was adopted. Five queries at most."""
    kind = ElementKind.CALL_TO_ACTION.value
    found = public_element(organisation.slug, kind)
    edition = shown_edition(found[0]) if found else None
    if edition is None:
        return None
    said = said_in_element(edition.element, language) if language != edition.language else {}
    for block in textblocks(edition.document):
        text = plain_text(block.node).strip()
        if block.node["type"] != "paragraph" or not text:
            continue
        address = reverse("elements:public", kwargs={"place": organisation.slug, "kind": kind})
        theirs = said.get(block.fingerprint)
        if theirs is None or not theirs.block:
            return Cited(edition.title, _short(text), edition.language, address)
        text = plain_text(theirs.block).strip()
        return Cited(title_in(edition.title, said), _short(text), language, f"{address}?in={language}")
    return None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CITED else text[:LONGEST_CITED].rsplit(" ", 1)[0] + " …"


def vocabulary_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The terms that the school has explained in its elements. One query."""
    rows = Item.objects.filter(organisation=organisation.pk, kind=ItemKind.TERM, removed_at__isnull=True)
    return list(rows.order_by("title").values_list("title", "text")[:500])


def ties_to_choose(organisation: Organisation) -> list[tuple[str, list[tuple[str, str]]]]:
    """The goals and actions that an entry can follow, in groups. Two queries."""
    goals = Goal.objects.filter(organisation=organisation.pk).order_by("position", "made_at")
    actions = Action.objects.filter(organisation=organisation.pk).order_by(
        "goal__position", "position", "made_at"
    )
    return [
        (_("Goals"), [(f"goal:{key}", title) for key, title in goals.values_list("pk", "title")]),
        (_("Actions"), [(f"action:{key}", title) for key, title in actions.values_list("pk", "title")]),
    ]
