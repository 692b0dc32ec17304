"""What the page for families brings into the browser world."""

from datetime import date

from throughline.kit.ids import opaque_id
from throughline.plans import models as parts
from throughline.plans.doing.actions import add_action
from throughline.plans.families.actions.asking import answer_question, ask
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import (
    begin_page,
    open_page,
    publish_page,
    replace_family_link,
    write_section,
)
from throughline.plans.families.translations import to_translate
from throughline.schools.models import Membership, Organisation


def family_page_of(lead: Membership) -> parts.PageForFamilies:
    """The page for families of a school, open to everyone; made here when there is none."""
    page = begin_page(language="en", by=lead)
    if not page.editions.exists():
        write_section(page=page, section="why", told={"text": "Our students ask for more."}, by=lead)
        item = {"title": "Tests can be taken again", "for_whom": "Grade 9", "text": "Twice."}
        write_section(page=page, section="changes", told={"items": [item]}, by=lead)
        publish_page(page=page, by=lead)
    page = open_page(page=page, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    if not page.questions.exists():
        asked = [
            ask(page=page, text=text, language="es", key=opaque_id(), address="192.0.2.1")
            for text in ("¿Y las notas?", "¿Y el deporte?")
        ]
        answer_question(question=asked[0], wording="", answer="They stay.", by=lead)
    return page


def family_link(lead: Membership) -> str:
    """The secret of a new link to it."""
    return replace_family_link(page=family_page_of(lead), by=lead).token


def _lead_of(school: Organisation) -> Membership:
    return Membership.objects.filter(organisation=school, holdings__role="lead", joined_at__isnull=False)[0]


def new_family_page(slug: str, day: str) -> dict[str, str]:
    """The page of a new school, in English, Spanish and Arabic, with one entry that follows an action due on `day`."""
    lead = _lead_of(Organisation.objects.get(slug=slug))
    action = add_action(title="Inside words", due_on=date.fromisoformat(day), by=lead)
    page = begin_page(language="en", by=lead)
    item = {"title": "Tests can be taken again", "for_whom": "Grade 9", "tie": f"action:{action.pk}"}
    write_section(page=page, section="changes", told={"items": [item]}, by=lead)
    publish_page(page=page, by=lead)
    open_page(page=page, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    for language, says in (
        ("es", {"Tests can be taken again": "Los exámenes se pueden repetir"}),
        ("ar", {}),
    ):
        units = to_translate(page, language)
        typed = {
            each.name: Typed(says.get(each.text, f"عربي {each.text}" if language == "ar" else ""), None)
            for each in units
        }
        translate_page(page=page, language=language, typed=typed, by=lead)
    return {"path": f"/families/{slug}/", "action": str(action.pk)}


def move_action(action: str, day: str) -> dict[str, str]:
    """The plan says another day from now on."""
    parts.Action.objects.filter(pk=action).update(due_on=date.fromisoformat(day))
    return {}
