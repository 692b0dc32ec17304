"""The elements of the demo school: what their files tell fits together."""

import pytest
from django.core.management import call_command
from django.test import Client, TestCase, override_settings

from throughline.elements.models import (
    Change,
    Consultation,
    Edition,
    Element,
    Entry,
    Item,
    Mention,
    OutsideComment,
    StageChange,
    Thread,
)
from throughline.home.demo.elements import texts
from throughline.home.desk import Desk
from throughline.home.personas import people_of_the_demo
from throughline.home.waiting import waiting_for
from throughline.schools.tenant import seats_of
from throughline.testing import client_of


@pytest.mark.parametrize("kind", texts.KINDS)
def test_every_change_is_found_once_in_the_text_as_it_ended(kind: str) -> None:
    told, sections = texts.told_of(kind), texts.sections_of(kind)
    whole = "\n".join(sections.values())
    changes = [change for each in told["sittings"] for change in each.get("changes", ())]
    assert [now for now, _before in changes if whole.count(now) != 1] == []
    begun = [key for each in told["sittings"] for key in each.get("writes", ())]
    assert sorted(begun) == sorted(sections)
    days = [each["day"] for each in told["sittings"]]
    assert days == sorted(days) and told["begun"] <= days[0]


@override_settings(DEMO=True)
class TestTheElements(TestCase):
    """The five of them, each in another state."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_demo", verbosity=0)

    def test_each_stands_somewhere_else(self) -> None:
        stages = dict(Element.objects.filter(organisation__slug="harbor-bridge").values_list("kind", "stage"))
        assert stages == {
            "call-to-action": "in-force",
            "graduate-profile": "consultation",
            "learning-framework": "in-force",
            "building-blocks": "drafting",
            "implementation-plan": "drafting",
        }
        by_file = Edition.objects.get(element__kind="learning-framework")
        assert by_file.file is not None and by_file.file.name.endswith(".docx")
        assert (by_file.at.date() - by_file.adopted_on).days > 300
        running = Consultation.objects.get(element__kind="graduate-profile")
        assert running.is_open
        assert set(running.comments.values_list("state", flat=True)) == set(OutsideComment.State.values)
        assert Item.objects.filter(kind="credit").count() == 18
        assert set(Entry.objects.values_list("round", flat=True)) == {1, 2}
        for element in Element.objects.all():
            assert element.changes.values("by").distinct().count() > 1, element.kind
            days = list(
                StageChange.objects.filter(element=element).order_by("at").values_list("at", flat=True)
            )
            assert days == sorted(days)

    def test_what_the_board_adopted_is_read_by_everyone_in_two_languages(self) -> None:
        page = Client().get("/elements/harbor-bridge/call-to-action/").content.decode()
        assert "We move on when the work shows it" in page
        spanish = Client().get("/elements/harbor-bridge/call-to-action/?in=es").content.decode()
        assert "Avanzamos cuando el trabajo lo muestra" in spanish
        assert "La lista de la puerta" in spanish and "no translation" not in spanish

    def test_somebody_without_an_account_comes_by_the_link_and_the_lead_has_it_to_read(self) -> None:
        visitor = Client()
        assert "Someone who was sent a link" in visitor.get("/demo/").content.decode()
        there = visitor.post("/demo/by-link/")["Location"]
        assert "/consultation/" in there
        page = visitor.get(there).content.decode()
        assert "Who leaves this harbor" in page and "amara" not in page.lower()
        assert visitor.get("/demo/by-link/")["Location"] == "/demo/"
        assert Client().get(there).status_code == 404
        lead = people_of_the_demo()["lead"]
        assert any(
            each.href.endswith("/comments/?state=held") for each in waiting_for(Desk(lead, seats_of(lead)))
        )

    def test_the_throughline_of_what_is_published_is_shown_to_everyone(self) -> None:
        page = Client().get("/elements/harbor-bridge/throughline/").content.decode()
        assert "We move on when the work shows it" in page
        assert "/elements/harbor-bridge/throughline/" in (
            Client().get("/elements/harbor-bridge/call-to-action/").content.decode()
        )

    def test_people_talk_about_the_texts_and_somebody_waits_for_an_answer(self) -> None:
        waiting = Mention.objects.filter(read_at=None).values_list("member__person__email", flat=True)
        people = people_of_the_demo()
        for key in ("team", "educator", "registrar", "board"):
            assert people[key].email in waiting, key
        suggested = Thread.objects.exclude(proposed=None)
        assert set(suggested.values_list("state", flat=True)) == {"open", "accepted", "refused"}
        accepted = suggested.get(state="accepted", begun_by__person=people["learner"])
        told = Change.objects.filter(element=accepted.element, kind="suggested")
        assert [each.by_id for each in told] == [accepted.begun_by_id]

    def test_those_who_are_invited_see_their_drafts_and_what_waits_there(self) -> None:
        people = people_of_the_demo()
        for key in ("learner", "family"):
            person = people[key]
            titles = [str(each.title) for each in waiting_for(Desk(person, seats_of(person)))]
            assert any("Who leaves this harbor" in each for each in titles), key
        learner = client_of(people["learner"])
        assert learner.get("/s/harbor-bridge/elements/graduate-profile/").status_code == 200
        assert learner.get("/s/harbor-bridge/elements/building-blocks/").status_code == 404
