"""Families read what was published, with the dates and states of today’s plan, without an account or a script."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from throughline.elements.adopting.tests.test_adopting import adopted, write
from throughline.elements.models import ElementKind
from throughline.elements.publishing.actions import Typed, publish_element, translate_edition
from throughline.elements.publishing.units import units_of
from throughline.elements.setup.actions import begin_element
from throughline.elements.writing.schema import plain_text
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import change_state
from throughline.plans.families.actions.writing import (
    begin_page,
    open_page,
    publish_page,
    replace_family_link,
    withdraw_family_link,
    write_section,
)
from throughline.plans.families.page import Stand, is_late, months_later
from throughline.plans.families.queries import cited_call, family_page
from throughline.plans.models import Action, Goal, PageForFamilies
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member
from throughline.ui.times import day_in_words

pytestmark = pytest.mark.django_db
HERE = "/families/harbour-bridge/"


def read(language: str = "en") -> str:
    answer = Client().get(HERE, {"in": language})
    assert answer.status_code == 200
    return answer.content.decode()


def open_to(page: PageForFamilies, lead: Membership, way: str) -> PageForFamilies:
    return open_page(page=page, way=way, may_be_found=False, takes_questions=True, by=lead)


def test_dates_and_states_follow_the_plan_without_publishing_again(
    page: PageForFamilies, action: Action, educator: Membership
) -> None:
    said = read()
    assert f"by {day_in_words(action.due_on or clock.today())}" in said and "planned" in said
    Action.objects.filter(pk=action.pk).update(due_on=date(2031, 5, 6))
    assert "by May 6, 2031" in read()
    change_state(action=action, state="done", by=educator)
    said = read()
    assert f"on {day_in_words(clock.today())}" in said and "May 6, 2031" not in said


def test_a_range_is_as_wide_as_the_school_gave_it(page: PageForFamilies, goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(by_when=date(2031, 11, 30))
    assert "between November 2031 and February 2032" in read()
    assert months_later(date(2031, 11, 30), 3) == date(2032, 2, 29)
    late = Stand("under-way", due_on=date(2031, 11, 30))
    assert is_late(late, 0, date(2031, 12, 1)) and not is_late(late, 3, date(2032, 2, 29))
    assert not is_late(Stand("done", due_on=date(2031, 11, 30)), 0, date(2032, 1, 1))


def test_what_it_is_called_in_the_plan_never_shows(page: PageForFamilies, goal: Goal, action: Action) -> None:
    said = read()
    assert goal.title not in said and action.title not in said and goal.for_whom not in said
    assert "The educator" not in said and "Tests can be taken again" in said


def test_a_draft_stays_inside_until_the_whole_is_published(page: PageForFamilies, lead: Membership) -> None:
    write_section(page=page, section="heard", told={"text": "Come on Tuesday."}, by=lead)
    assert "Come on Tuesday." not in read()
    publish_page(page=page, by=lead)
    assert "Come on Tuesday." in read() and "How to be heard" in read()


def test_only_leads_publish_and_say_who_reads(page: PageForFamilies, school: Organisation) -> None:
    team = make_member(school, "Tomas Lind", Role.TEAM)
    write_section(page=page, section="heard", told={"text": "Come on Tuesday."}, by=team)
    with pytest.raises(Refused):
        publish_page(page=page, by=team)
    with pytest.raises(Refused):
        open_to(page, team, "nobody")


def test_a_page_nobody_opened_is_not_there_and_a_withdrawn_one_answers_kindly(
    lead: Membership, page: PageForFamilies
) -> None:
    assert Client().get("/families/elsewhere/").status_code == 404
    open_to(page, lead, "nobody")
    answer = Client().get(HERE)
    assert answer.status_code == 410 and "taken down" in answer.content.decode()
    assert "Our students" not in answer.content.decode()
    assert Client().get(f"{HERE}ask/").status_code == 410
    open_to(page, lead, "everyone")
    assert Client().get(HERE).status_code == 200


def test_published_and_opened_to_nobody_is_not_there(lead: Membership) -> None:
    held = begin_page(language="en", by=lead)
    write_section(page=held, section="why", told={"text": "Because."}, by=lead)
    publish_page(page=held, by=lead)
    assert Client().get(HERE).status_code == 404
    open_to(held, lead, "link")
    assert Client().get(HERE).status_code == 404


def test_a_link_opens_it_until_it_is_replaced_or_withdrawn(page: PageForFamilies, lead: Membership) -> None:
    open_to(page, lead, "link")
    first = replace_family_link(page=page, by=lead).token
    holder = Client()
    answer = holder.get(f"/to-families/{first}", follow=True)
    assert "Our students ask" in answer.content.decode() and first not in answer.request["PATH_INFO"]
    assert answer["Referrer-Policy"] == "no-referrer"
    there = answer.request["PATH_INFO"]
    assert Client().get(there).status_code == 404
    second = replace_family_link(page=page, by=lead).token
    assert holder.get(there).status_code == 404
    other = Client()
    there = other.get(f"/to-families/{second}", follow=True).request["PATH_INFO"]
    open_to(page, lead, "nobody")
    assert other.get(there).status_code == 410
    open_to(page, lead, "link")
    withdraw_family_link(page=page, by=lead)
    assert other.get(there).status_code == 404
    assert Client().get("/to-families/guess", follow=True).status_code == 404


def test_it_needs_no_script_and_little_to_load(page: PageForFamilies, lead: Membership) -> None:
    answer = Client().get(HERE)
    assert b"<script" not in answer.content and len(answer.content) < 30_000
    assert answer["X-Robots-Tag"] == "noindex,nofollow" and not answer.cookies
    open_page(page=page, way="everyone", may_be_found=True, takes_questions=True, by=lead)
    found = Client().get(HERE)
    assert "X-Robots-Tag" not in found and b'name="robots"' not in found.content


def test_the_call_to_action_is_cited_while_everyone_can_read_it(
    page: PageForFamilies, lead: Membership
) -> None:
    kind = ElementKind.CALL_TO_ACTION.value
    element = begin_element(kind=kind, title="Why we change", language="en", outline=[], by=lead)
    write(element, lead, "The world moves.")
    adopted(element, lead, in_force_on=clock.today())
    write_section(page=page, section="why", told={"text": "Ours.", "cites": True}, by=lead)
    publish_page(page=page, by=lead)
    assert "The world moves." not in read()
    publish_element(element=element, is_open=True, may_be_found=False, by=lead)
    assert "The world moves." in read() and f"/elements/harbour-bridge/{kind}/" in read()


def test_it_is_cited_in_the_language_of_the_reader_once_it_is_translated(
    school: Organisation, lead: Membership
) -> None:
    kind = ElementKind.CALL_TO_ACTION.value
    element = begin_element(kind=kind, title="Why we change", language="en", outline=[], by=lead)
    write(element, lead, "The world moves.")
    edition = adopted(element, lead, in_force_on=clock.today())
    publish_element(element=element, is_open=True, may_be_found=False, by=lead)
    as_adopted = cited_call(school, "es")
    assert as_adopted is not None and (as_adopted.text, as_adopted.language) == ("The world moves.", "en")
    typed = {each.name: Typed(f"ES: {plain_text(each.node)}", None) for each in units_of(edition)}
    translate_edition(edition=edition, language="es", typed=typed, by=lead)
    cited = cited_call(school, "es")
    assert cited is not None and (cited.text, cited.language) == ("ES: The world moves.", "es")
    assert (cited.title, cited.address[-6:]) == ("ES: Why we change", "?in=es")


def test_handouts_get_everything_in_one_piece(page: PageForFamilies, school: Organisation) -> None:
    found = family_page(school, "es")
    assert found is not None and found.is_public
    assert [part.key for part in found.parts] == ["why", "changes", "later"]
    assert found.language == "en" and found.missing == 0
    assert day_in_words(clock.today()) in found.checked
    assert found.parts[1].lines[0].state == "planned"


def test_a_page_costs_few_questions(
    page: PageForFamilies, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Client().get(HERE)
    with django_assert_max_num_queries(9):
        Client().get(HERE)


def test_whoever_is_signed_in_elsewhere_reads_the_same_page(
    page: PageForFamilies, outsider: Membership
) -> None:
    assert "Tests can be taken again" in client_of(outsider).get(HERE).content.decode()
