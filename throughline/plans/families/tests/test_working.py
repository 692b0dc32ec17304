"""The page as those inside work on it: sections with prompts, what to look at, who reads it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.kit import clock
from throughline.plans.doing.actions import change_state
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import begin_page, write_section
from throughline.plans.families.state import state_of
from throughline.plans.families.translations import to_translate
from throughline.plans.models import Action, FamilyDraft, Goal, PageForFamilies
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db
WORK = "/s/harbour-bridge/plan/families/"


def test_a_page_is_begun_written_published_and_opened(lead: Membership, action: Action) -> None:
    client = client_of(lead)
    assert "Why we are changing" in client.get(WORK).content.decode()
    client.post(WORK, {"language": "en"})
    told = {
        "year": "2026–27",
        "i0-title": "Tests can be taken again",
        "i0-for_whom": "Grade 9",
        "i0-tie": f"action:{action.pk}",
        "i1-title": "",
    }
    answer = client.post(f"{WORK}sections/changes/", told, follow=True)
    assert "Saved as a draft" in answer.content.decode() and "How it reads" in answer.content.decode()
    content = FamilyDraft.objects.get().content
    assert [each["tie"] for each in content["items"]] == [f"action:{action.pk}"]
    assert "This is a draft" in client.get(f"{WORK}preview/").content.decode()
    client.post(WORK, {"do": "publish"})
    client.post(f"{WORK}open/", {"way": "everyone", "takes_questions": "on"})
    assert "Tests can be taken again" in Client().get("/families/harbour-bridge/").content.decode()


def test_what_was_typed_stays_when_something_is_wrong(page: PageForFamilies, lead: Membership) -> None:
    told = {"text": "Only words", "i0-title": "", "i0-text": "Without a first line"}
    answer = client_of(lead).post(f"{WORK}sections/stays/", told)
    assert answer.status_code == 422 and "Without a first line" in answer.content.decode()
    late = {"i0-title": "A phase", "i0-earliest": "2028-09-01", "i0-latest": "2028-01-01"}
    assert client_of(lead).post(f"{WORK}sections/later/", late).status_code == 422


def test_two_who_write_one_section_are_told(page: PageForFamilies, lead: Membership) -> None:
    client = client_of(lead)
    seen = client.get(f"{WORK}sections/why/").context["form"]["as_seen"].value()
    write_section(page=page, section="why", told={"text": "Theirs."}, by=lead)
    answer = client.post(f"{WORK}sections/why/", {"text": "Mine.", "as_seen": seen})
    assert answer.status_code == 422 and "Theirs." in answer.content.decode()
    assert FamilyDraft.objects.get(section="why").content["text"] == "Theirs."


def test_only_what_belongs_to_this_plan_can_be_followed(page: PageForFamilies, lead: Membership) -> None:
    told = {"items": [{"title": "Theirs", "tie": f"action:{page.pk}"}]}
    with pytest.raises(ValidationError):
        write_section(page=page, section="changes", told=told, by=lead)


def test_a_stale_page_warns_its_keepers_and_not_its_readers(
    page: PageForFamilies, lead: Membership, action: Action, goal: Goal
) -> None:
    def warnings() -> str:
        return " ".join(state_of(PageForFamilies.objects.select_related("organisation").get()).warnings)

    assert "checked" not in warnings()
    PageForFamilies.objects.update(checked_on=clock.today() - timedelta(days=91))
    assert (
        "Nobody has checked" in warnings()
        and "Nobody has checked" in client_of(lead).get(WORK).content.decode()
    )
    assert "Nobody has checked" not in Client().get("/families/harbour-bridge/").content.decode()
    client_of(lead).post(WORK, {"do": "check"})
    assert "Nobody has checked" not in warnings()
    Action.objects.filter(pk=action.pk).update(due_on=date(2020, 1, 1))
    assert "longer than planned" in warnings()
    change_state(action=action, state="dropped", by=lead)
    assert "given up" in warnings()
    Goal.objects.filter(pk=goal.pk).update(state=Goal.State.DROPPED)
    assert warnings().count("given up") == 2


def test_what_is_gone_from_the_plan_shows_nothing_and_is_told(
    page: PageForFamilies, lead: Membership
) -> None:
    draft = FamilyDraft.objects.get(section="changes")
    gone = f"action:{page.pk}"
    draft.content["items"][0]["tie"] = gone
    draft.save()
    client = client_of(lead)
    client.post(WORK, {"do": "publish"})
    read = Client().get("/families/harbour-bridge/").content.decode()
    assert "Tests can be taken again" in read and "planned" not in read.split("later")[0]
    assert "no longer in the plan" in client.get(WORK).content.decode()
    assert gone in client.get(f"{WORK}sections/changes/").content.decode()


def test_educators_look_and_others_do_not(
    page: PageForFamilies, educator: Membership, learner: Membership, outsider: Membership
) -> None:
    assert client_of(educator).get(WORK).status_code == 200
    assert client_of(educator).post(f"{WORK}sections/why/", {"text": "Mine."}).status_code == 403
    assert client_of(learner).get(WORK).status_code == 403
    for path in ("sections/why/", "preview/", "open/", "questions/", "translations/"):
        assert client_of(learner).get(f"{WORK}{path}").status_code == 404
        assert client_of(outsider).get(f"{WORK}{path}").status_code == 404


def test_there_is_one_page_and_its_language_is_chosen_once(lead: Membership) -> None:
    first = begin_page(language="es", by=lead)
    assert begin_page(language="en", by=lead).pk == first.pk
    assert PageForFamilies.objects.get().language == "es"
    other = make_member(make_school("Elsewhere"), "Ana Ruiz", Role.LEAD)
    with pytest.raises(ValidationError):
        begin_page(language="xx", by=other)


def test_pages_cost_few_questions(
    page: PageForFamilies,
    lead: Membership,
    school: Organisation,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = client_of(lead)
    for language in ("es", "fr", "ar"):
        unit = to_translate(page, language)[0]
        translate_page(page=page, language=language, typed={unit.name: Typed("Otra", None)}, by=lead)
    for path in ("", "sections/changes/", "preview/", "open/", "translations/", "translations/es/"):
        client.get(f"{WORK}{path}")
        with django_assert_max_num_queries(12):
            client.get(f"{WORK}{path}")


def test_a_link_made_on_the_page_opens_it_and_is_shown_once(page: PageForFamilies, lead: Membership) -> None:
    client, there = client_of(lead), "/s/harbour-bridge/plan/families/open/"
    key = re.search(r'name="_once" value="([^"]+)"', client.get(there).content.decode())
    assert key  # a form that is carried out once keeps only what ends in a redirect
    made = client.post(there, {"do": "link", "_once": key[1]}, follow=True)
    link = re.search(r"/to-families/[^\"<& ]+", made.content.decode())
    assert link and made.redirect_chain
    assert Client().get(link[0], follow=True).status_code == 200
    assert "/to-families/" not in client.get(there).content.decode()
