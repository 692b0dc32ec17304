"""One school's way through its pages: a text is adopted and shown as evidence, credits become a framework, the throughline tells it."""

import re

import pytest
from django.test import Client

from throughline.elements.editing.actions import replace_text
from throughline.elements.models import ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item, tie
from throughline.elements.structure.kinds import LEVELS
from throughline.frameworks.drafting.actions import publish_draft
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.records.actions import open_record
from throughline.records.models import Evidence
from throughline.schools.models import Membership
from throughline.testing import client_of, ship_frameworks, shipped_version

pytestmark = pytest.mark.django_db
ELEMENTS = "/s/harbour-bridge/elements"
HIDDEN = re.compile(r'<input type="hidden" name="(seen_\w+)"(?: value="([^"]*)")?')


def seen_on(browser: Client, address: str) -> dict[str, str]:
    """What a page carries along of what stood on it."""
    return dict(HIDDEN.findall(browser.get(address).content.decode()))


def test_a_text_is_adopted_and_cited_credits_become_a_framework_and_the_line_shows_it(
    lead: Membership,
) -> None:
    ship_frameworks()
    record = open_record(version=shipped_version(), by=lead)
    browser = client_of(lead)
    call = begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "Nobody should fail unseen."}]}
    replace_text(element=call, document={"type": "doc", "content": [paragraph]}, seen=0, by=lead)
    reason = add_item(
        element=call, kind="fact", words={"title": "One in four leaves", "source": "Count"}, by=lead
    )
    vision = add_item(element=call, kind="vision", words={"title": "Everyone is known"}, by=lead)
    tie(item=vision, to=reason, by=lead)

    adopting = f"{ELEMENTS}/call-to-action/adopt/"
    said = {"of": "text", "body": "The board", "on": clock.today().isoformat(), **seen_on(browser, adopting)}
    assert browser.post(adopting, said).status_code == 302
    edition = call.editions.get()
    citing = f"{ELEMENTS}/call-to-action/editions/{edition.number}/evidence/"
    buy_in = tree(record.version_id).competencies[0]
    told = {"shows": [str(buy_in.id)], "mark": "document", "why": "The board adopted it."}
    assert browser.post(citing, told).status_code == 302
    assert Evidence.objects.get(record=record).title
    page = browser.get(f"/s/harbour-bridge/records/{record.pk}/competencies/{buy_in.id}/")
    assert "Why we change" in page.content.decode()

    blocks = begin_element(
        kind=ElementKind.BUILDING_BLOCKS, title="Our credits", language="en", outline=[], by=lead
    )
    area = add_item(element=blocks, kind="area", words={"title": "Inquiry"}, by=lead)
    words = {"title": "Ask a question", "level": "foundational", "text": "Asks what can be found out."}
    credit = add_item(element=blocks, kind="credit", words=words, parent=area, by=lead)
    levels = {level: f"Level {level}" for level in LEVELS}
    add_item(element=blocks, kind="criterion", words={"title": "Depth", **levels}, parent=credit, by=lead)
    assert browser.post(f"{ELEMENTS}/building-blocks/credits/").status_code == 302
    draft = FrameworkDraft.objects.get(organisation=lead.organisation)
    version = publish_draft(draft=draft, number="1", seen_version=draft.version, by=lead)
    assert [each.name for each in tree(version.pk).competencies] == ["Ask a question"]

    profile = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Who leaves here", language="en", outline=[], by=lead
    )
    attribute = add_item(element=profile, kind="attribute", words={"title": "Curious"}, by=lead)
    tie(item=attribute, to=vision, by=lead)
    tie(item=credit, to=attribute, by=lead)
    tie(item=credit, competency=buy_in.id, by=lead)
    line = browser.get(f"/s/harbour-bridge/throughline/?at={credit.pk}").content.decode()
    picture = line.split('class="throughline"')[1].split("</svg>")[0]
    for name in ("One in four leaves", "Everyone is known", "Curious", "Ask a question", buy_in.name):
        assert name in picture
