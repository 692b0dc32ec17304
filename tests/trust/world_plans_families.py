"""The page for families in `world`: published, read by everyone, translated, with questions that wait and that are answered."""

from typing import TYPE_CHECKING

from throughline.kit.ids import opaque_id
from throughline.plans.families.actions.asking import answer_question, ask
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import (
    begin_page,
    open_page,
    publish_page,
    replace_family_link,
    write_section,
)
from throughline.plans.families.document import name_of_text
from throughline.plans.models import Action, Goal
from throughline.schools.models import Role

if TYPE_CHECKING:
    from tests.trust.world_plans import Holds


def bring_families(realm: "Holds", name: str, goal: Goal, action: Action) -> None:
    """Everything that the page can hold; two questions."""
    lead = realm.members[Role.LEAD]
    page = begin_page(language="en", by=lead)
    why = f"{name} reasons"
    write_section(page=page, section="why", told={"text": why}, by=lead)
    items = [
        {"title": f"{name} change", "for_whom": f"{name} grade", "tie": f"{kind}:{part.pk}"}
        for kind, part in (("goal", goal), ("action", action))
    ]
    write_section(page=page, section="changes", told={"items": items}, by=lead)
    publish_page(page=page, by=lead)
    page = open_page(page=page, way="everyone", may_be_found=False, takes_questions=True, by=lead)
    replace_family_link(page=page, by=lead)
    typed = {name_of_text(why): Typed(f"{name} razones", None)}
    translate_page(page=page, language="es", typed=typed, by=lead)
    asked = [
        ask(page=page, text=f"{name} question {number}", language="es", key=opaque_id(), address="192.0.2.1")
        for number in range(2)
    ]
    answer_question(question=asked[1], wording=f"{name} wording", answer=f"{name} answer", by=lead)
    realm.keep("question_id", *(each.pk for each in asked))
    realm.ids["topic"] = ["why", "changes"]  # type: ignore[list-item]
