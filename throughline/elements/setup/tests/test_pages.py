"""Beginning, the sections, and who takes part: by the forms that people use."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Element, ElementKind, Participant
from throughline.elements.setup.actions import (
    MOST_SECTIONS,
    SectionChanged,
    add_section,
    begin_element,
    change_section,
    move_section,
    remove_section,
)
from throughline.elements.setup.queries import groups_heard
from throughline.elements.setup.sections import words_in
from throughline.elements.setup.templates_read import template_of
from throughline.elements.structure.actions import add_item
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def begun(lead: Membership, kind: str = ElementKind.GRADUATE_PROFILE) -> Element:
    template = template_of(kind)
    return begin_element(kind=kind, title=template.title, language="en", outline=template.outline(), by=lead)


def headings(element: Element) -> list[str]:
    blocks = text_at(element).document["content"]
    return [each["content"][0]["text"] for each in blocks if each["type"] == "heading"]


def test_an_element_begins_by_form_with_its_headings_in_its_language(
    school: Organisation, lead: Membership
) -> None:
    client, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/"
    assert client.get(f"{there}begin/").status_code == 200
    assert client.post(f"{there}begin/", {"title": "", "language": "es"}).status_code == 422
    assert client.post(f"{there}begin/", {"title": "Perfil", "language": "es"})["Location"] == there
    element = Element.objects.get()
    assert headings(element) == [each.title for each in template_of("graduate-profile", "es").sections]
    assert client.get(f"{there}begin/").status_code == 302
    assert client.get(f"/s/{school.slug}/elements/no-such/begin/").status_code == 404


def test_the_text_follows_what_is_done_to_the_sections(lead: Membership) -> None:
    element = begun(lead)
    key = add_section(element=element, words={"title": "Our promise"}, by=lead)
    move_section(element=element, key=key, up=True, by=lead)
    element.refresh_from_db()
    assert [each["title"] for each in element.outline] == headings(element)
    assert headings(element)[-2] == "Our promise"
    remove_section(element=element, key="where", by=lead)
    element.refresh_from_db()
    assert "Where it is lived" not in headings(element)


def test_a_section_changed_by_two_people_loses_nothing(lead: Membership) -> None:
    element = begun(lead)
    seen = {name: said for name, said in element.outline[0].items() if name != "key"}
    change_section(element=element, key="opening", words={**seen, "title": "Mine"}, seen=seen, by=lead)
    with pytest.raises(SectionChanged) as met:
        change_section(element=element, key="opening", words={**seen, "title": "Yours"}, seen=seen, by=lead)
    assert met.value.section["title"] == "Mine"
    there = f"/s/{element.organisation.slug}/elements/graduate-profile/sections/opening/change/"
    sent = {f"seen-{name}": said for name, said in seen.items()} | {"title": "Yours", "prompt": "Why?"}
    answer = client_of(lead).post(there, sent)
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode() and 'value="Yours"' in answer.content.decode()
    sent["seen-title"] = "Mine"
    assert client_of(lead).post(there, sent).status_code == 302


def test_there_is_a_limit_to_sections(lead: Membership) -> None:
    element = begun(lead)
    with pytest.raises(ValidationError):
        for number in range(MOST_SECTIONS):
            add_section(element=element, words={"title": f"Section {number}"}, by=lead)
    with pytest.raises(ValidationError):
        add_section(element=element, words={"title": "x" * 201}, by=lead)


def test_an_educator_reads_the_sections_and_changes_none(school: Organisation, lead: Membership) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    element = begun(lead)
    with pytest.raises(Refused):
        remove_section(element=element, key="opening", by=educator)
    client, there = client_of(educator), f"/s/{school.slug}/elements/graduate-profile/"
    assert client.get(f"{there}sections/").status_code == 200
    assert client.get(f"{there}sections/opening/remove/").status_code == 403
    assert client.get(f"{there}people/").status_code == 403


def test_those_who_are_no_staff_are_invited_and_the_invitation_ends(
    school: Organisation, lead: Membership
) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    make_member(school, "Ravi Nair", Role.EDUCATOR)
    begun(lead)
    client, there = client_of(lead), f"/s/{school.slug}/elements/graduate-profile/"
    said = client.get(f"{there}people/").content.decode()
    assert "Noor Haddad" in said and "Ravi Nair" not in said
    assert client.post(f"{there}people/", {"member": str(learner.pk), "may": "write"}).status_code == 302
    invited = Participant.objects.get()
    answer = client_of(learner).get(there)
    assert answer.status_code == 200 and "Latest" not in answer.content.decode()
    assert client.post(f"{there}people/{invited.pk}/end/").status_code == 302
    assert client_of(learner).get(there).status_code == 404


def test_who_is_missing_is_asked_until_they_are_heard(school: Organisation, lead: Membership) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    element = begun(lead)
    assert groups_heard(school)[element.pk] == {"leaders"}
    there = f"/s/{school.slug}/elements/graduate-profile/"
    assert "Learners, Families" in client_of(lead).get(there).content.decode()
    client_of(lead).post(f"{there}people/", {"member": str(learner.pk), "may": "write"})
    add_item(element=element, kind="attribute", words={"title": "Curious"}, by=learner)
    assert groups_heard(school)[element.pk] == {"leaders", "learners"}
    assert "Learners, Families" not in client_of(lead).get(there).content.decode()


def test_the_overview_says_how_much_stands_in_each_section(lead: Membership) -> None:
    element = begun(lead)
    text = text_at(element)
    text.document["content"][1] = {
        "type": "paragraph",
        "content": [{"type": "text", "text": "Three words here"}],
    }
    replace_text(element=element, document=text.document, seen=text.version, by=lead)
    assert words_in(text_at(element).document)["opening"] == 3
    said = client_of(lead).get(f"/s/{element.organisation.slug}/elements/graduate-profile/").content.decode()
    assert "3 words" in said and "nothing yet" in said


def test_the_pages_ask_few_questions(school: Organisation, lead: Membership) -> None:
    for kind in ElementKind.values:
        begun(lead, kind)
    client = client_of(lead)
    for rest in ("", "graduate-profile/", "graduate-profile/sections/", "graduate-profile/people/"):
        client.get(f"/s/{school.slug}/elements/{rest}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/s/{school.slug}/elements/{rest}").status_code == 200
        assert len(asked) <= 12, (rest, [each["sql"] for each in asked])
