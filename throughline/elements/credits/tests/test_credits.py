"""Building Blocks become a framework that records can follow, and publishing again says what became of each credit."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.elements.credits.actions import draft_credits
from throughline.elements.credits.blueprint import code_of
from throughline.elements.credits.queries import open_draft, published_last
from throughline.elements.models import Element, ElementKind, Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item, change_item, remove_item
from throughline.elements.structure.kinds import LEVELS
from throughline.elements.structure.words import words_of
from throughline.frameworks.draft_content import competencies_of, problems_of
from throughline.frameworks.drafting.actions import change_draft, publish_draft
from throughline.frameworks.models import FrameworkDraft, FrameworkVersion, ItemFate
from throughline.frameworks.tree import tree
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def blocks(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.BUILDING_BLOCKS, title="Our credits", language="en", outline=[], by=lead
    )


def credit(blocks: Element, area: Item, name: str, by: Membership, **words: str) -> Item:
    told = {"title": name, "level": "foundational", "text": f"{name} well.", "decides": "A panel", **words}
    made = add_item(element=blocks, kind="credit", words=told, parent=area, by=by)
    for criterion in ("Clear", "Deep"):
        levels = {level: f"{criterion} {level}" for level in LEVELS}
        add_item(element=blocks, kind="criterion", words={"title": criterion, **levels}, parent=made, by=by)
    return made


@pytest.fixture
def area(blocks: Element, lead: Membership) -> Item:
    return add_item(
        element=blocks, kind="area", words={"title": "Inquiry", "text": "How do we know?"}, by=lead
    )


def published(draft: FrameworkDraft, by: Membership, number: str = "1") -> FrameworkVersion:
    draft.refresh_from_db()
    assert problems_of({**draft.content, "number": number}) == []
    return publish_draft(draft=draft, number=number, seen_version=draft.version, by=by)


def test_credits_become_a_framework_that_is_ready_for_records(
    blocks: Element, area: Item, lead: Membership
) -> None:
    asking = credit(blocks, area, "Asking", lead, evidence="Any work.", demonstrations="2")
    add_item(element=blocks, kind="area", words={"title": "Empty"}, by=lead)
    version = published(draft_credits(element=blocks, by=lead), lead)
    held = tree(version.pk)
    assert [domain.name for domain in held.domains] == ["Inquiry"]
    [competency] = held.competencies
    assert (competency.code, competency.name, competency.level) == (code_of(asking), "Asking", "foundational")
    assert "Asking well." in competency.description and "Who decides: A panel" in competency.description
    assert competency.steps[2] == "Clear: Clear level3\nDeep: Deep level3"
    assert [idea.text for idea in competency.indicators] == ["Clear", "Deep"]
    assert published_last(blocks) == version and open_draft(blocks) is None
    assert version.framework.owner_id == blocks.organisation_id


def test_publishing_again_knows_each_credit_by_its_code(
    blocks: Element, area: Item, lead: Membership
) -> None:
    asking, weighing, telling = (
        credit(blocks, area, name, lead) for name in ("Asking", "Weighing", "Telling")
    )
    first = published(draft_credits(element=blocks, by=lead), lead)
    change_item(item=asking, words={**words_of(asking), "title": "Asking well"}, seen=1, by=lead)
    remove_item(item=telling, by=lead)
    credit(blocks, area, "Showing", lead, level="advanced")
    draft = draft_credits(element=blocks, by=lead)
    assert draft.base == first and draft.content["number"] != first.number
    second = published(draft, lead, "2")
    assert second.framework_id == first.framework_id and second.supersedes_id == first.pk
    fates = {
        fate.old.code: fate.kind for fate in ItemFate.objects.filter(old__version=first).select_related("old")
    }
    assert fates == {code_of(asking): "reworded", code_of(weighing): "same", code_of(telling): "dropped"}


def test_an_open_draft_is_brought_up_to_date_and_keeps_what_the_editor_added(
    blocks: Element, area: Item, lead: Membership
) -> None:
    asking = credit(blocks, area, "Asking", lead)
    draft = draft_credits(element=blocks, by=lead)

    def edit(content: dict[str, Any]) -> None:
        [(domain, part)] = list(competencies_of(content))
        part["evidence"] = [{"mark": "practice", "text": "A field diary"}]
        domain["competencies"].append(
            {**part, "uid": "own", "code": "by-hand", "name": "By hand", "indicators": []}
        )

    change_draft(draft=draft, by=lead, seen_version=draft.version, change=edit)
    change_item(item=asking, words={**words_of(asking), "title": "Asking well"}, seen=1, by=lead)
    again = draft_credits(element=blocks, by=lead)
    assert again.pk == draft.pk and FrameworkDraft.objects.count() == 1
    again.refresh_from_db()
    parts = {part["name"]: part for _domain, part in competencies_of(again.content)}
    assert list(parts) == ["Asking well", "By hand"]
    assert parts["Asking well"]["evidence"] == [{"mark": "practice", "text": "A field diary"}]
    draft_credits(element=blocks, by=lead)
    assert FrameworkDraft.objects.get().version == again.version


def test_the_page_shows_what_changes_before_and_leads_to_the_editor(
    school: Organisation, blocks: Element, area: Item, lead: Membership
) -> None:
    client, there = client_of(lead), f"/s/{school.slug}/elements/building-blocks/credits/"
    assert "There are no credits yet." in client.get(there).content.decode()
    assert client.post(there)["Location"] == there
    asking = credit(blocks, area, "Asking", lead)
    answer = client.post(there)
    draft = FrameworkDraft.objects.get()
    assert answer["Location"].endswith(f"/frameworks/drafts/{draft.pk}/")
    assert "It says what Building Blocks say now." in client.get(there).content.decode()
    published(draft, lead)
    change_item(item=asking, words={**words_of(asking), "title": "Asking well"}, seen=1, by=lead)
    with CaptureQueriesContext(connection) as asked:
        said = client.get(there).content.decode()
    assert "Reworded" in said and "Asking well" in said and len(asked) <= 12
    assert client.get(f"/s/{school.slug}/elements/graduate-profile/credits/").status_code == 404


def test_an_educator_looks_and_makes_no_draft(
    school: Organisation, blocks: Element, area: Item, lead: Membership
) -> None:
    credit(blocks, area, "Asking", lead)
    for role in (Role.EDUCATOR, Role.TEAM):
        member = make_member(school, f"A {role.value}", role)
        with pytest.raises(Refused):
            draft_credits(element=blocks, by=member)
        client, there = client_of(member), f"/s/{school.slug}/elements/building-blocks/credits/"
        assert client.get(there).status_code == 200
        assert client.post(there).status_code == 403
    assert not FrameworkDraft.objects.exists()


def test_other_elements_become_no_framework(lead: Membership) -> None:
    call = begin_element(kind=ElementKind.CALL_TO_ACTION, title="Call", language="en", outline=[], by=lead)
    with pytest.raises(ValidationError):
        draft_credits(element=call, by=lead)
