"""The demo school: believable, built once, tried by its people, gone when the demo is off."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count
from django.test import Client, TestCase, override_settings

from throughline.activity.models import OutgoingMail
from throughline.frameworks.models import CrosswalkLink, Framework, FrameworkDraft
from throughline.frameworks.tree import tree
from throughline.home.demo.cast import PEOPLE
from throughline.home.desk import Desk
from throughline.home.personas import PERSONAS, people_of_the_demo
from throughline.home.starting import starts_of
from throughline.home.waiting import waiting_for
from throughline.journeys.models import (
    Again,
    Introduction,
    Journey,
    Rerating,
    Round,
    RoundItem,
    SealedNote,
    Sheet,
    Snapshot,
)
from throughline.journeys.spread.queries import words_of
from throughline.network.models import CitedShare, Share
from throughline.people.models import Person
from throughline.records.models import Decision, Evidence, Mark, WhyChanged
from throughline.records.queries import profile_of
from throughline.schools.models import Organisation
from throughline.schools.tenant import seats_of
from throughline.testing import client_of, make_member, make_school


def the_school() -> Journey:
    return Journey.objects.select_related("record", "organisation").get(
        organisation__slug="harbor-bridge", record__group=None
    )


def profile_shape(slug: str) -> set[str]:
    """What a school of the demo had earned when it last closed a round."""
    snapshot = Snapshot.objects.filter(organisation__slug=slug, journey__record__group=None).latest(
        "taken_at"
    )
    return {each["code"] for each in snapshot.content["items"] if each["standing"] == "earned"}


def counted() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@override_settings(DEMO=True)
class TestTheDemo(TestCase):
    """The school is built once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_demo", verbosity=0)

    def test_the_demo_is_built_once_and_tells_a_believable_story(self) -> None:
        before = counted()
        call_command("load_demo", verbosity=0)
        assert counted() == before
        call_command("rebuild_records", "--check", verbosity=0)

        journey = the_school()
        profile = profile_of(journey.record, tree(journey.record.version_id))
        assert (profile.count("foundational"), profile.count("advanced")) == ((6, 15), (1, 9))
        assert sum(item.recheck for item in profile.items) >= 2
        first, second, third = Round.objects.filter(journey=journey).order_by("number")
        assert first.closed_at and second.closed_at and third.state == Round.State.RATING
        assert 520 < (second.closed_at - first.closed_at).days < 575

        made = Decision.objects.filter(record=journey.record)
        assert set(made.values_list("why_changed", flat=True)) == {"", *WhyChanged.values}
        assert made.filter(corrects__isnull=False).exists()
        assert made.exclude(dissent="").exists()
        evidence = Evidence.objects.filter(record=journey.record)
        assert set(evidence.values_list("kind", flat=True)) == set(Evidence.Kind.values) - {
            Evidence.Kind.SHARED,
        }
        assert set(evidence.values_list("mark", flat=True)) == set(Mark.values)
        assert evidence.filter(withdrawn_at__isnull=False).exists()
        assert evidence.filter(place=Evidence.Place.BEYOND, brought_by__name__startswith="Salma").exists()
        states = set(RoundItem.objects.filter(round__journey=journey).values_list("state", flat=True))
        assert states == set(RoundItem.State.values)
        assert "split" in words_of(second).values()
        said = third.raters.annotate(said=Count("ratings")).values_list("membership__person__email", "said")
        finished = {email for email, count in said if count == third.items.count()}
        assert len(finished) == 2
        assert finished.isdisjoint(person.email for person in people_of_the_demo().values())

    def test_everyone_who_can_be_tried_signs_in_with_one_press_and_finds_something_true(self) -> None:
        page = Client().get("/demo/").content.decode()
        for persona in PERSONAS:
            client = Client()
            assert f'action="/demo/{persona.key}/"' in page
            answer = client.post(f"/demo/{persona.key}/")
            assert (answer.status_code, answer.headers["Location"]) == (302, "/")
            person = people_of_the_demo()[persona.key]
            desk = Desk(person, seats_of(person))
            waiting, starts = waiting_for(desk), starts_of(desk)
            assert waiting or starts, persona.key
            home = client.get("/").content.decode().replace("&#x27;", "'")
            assert all(str(each.detail) in home for each in waiting[:1]), persona.key
            steps = [task for start in starts for task in start.tasks if task.href]
            assert all(str(each.detail) in home for each in steps), persona.key
            for href in [each.href for each in waiting] + [each.href for each in steps]:
                assert href and client.get(href, follow=True).status_code == 200, href
        raters = {
            "lead",
            "team",
            "educator",
            "learner",
            "family",
            "registrar",
            "board",
            "neighbour",
            "outsider",
        }
        for key in raters:
            person = people_of_the_demo()[key]
            desk = Desk(person, seats_of(person))
            actions = [each.action for each in waiting_for(desk)]
            actions += [task.action for start in starts_of(desk) for task in start.tasks]
            assert any(action.endswith("rating") for action in actions), key

    def test_schools_that_have_nothing_to_do_with_each_other_see_nothing_of_each_other(self) -> None:
        people = people_of_the_demo()
        outsider, lead = client_of(people["outsider"]), client_of(people["lead"])
        home = outsider.get("/").content.decode()
        assert "Hillcrest" in home and "Harbor Bridge" not in home and "Tidewater" not in home
        assert outsider.get("/s/hillcrest-academy/").status_code == 200
        assert outsider.get("/s/harbor-bridge/").status_code == 404
        assert lead.get("/s/harbor-bridge/").status_code == 200
        assert lead.get("/s/hillcrest-academy/").status_code == 404
        district = client_of(people["district"]).get("/s/tidewater-district/").content.decode()
        assert "Lighthouse Point School" in district and "Harbor Bridge School" in district
        for private in ("Our school’s journey", "Mathematics", "Amara", "Salma"):
            assert private not in district

    def test_a_district_of_three_schools_of_different_shapes_and_what_else_can_be_tried(self) -> None:
        people = people_of_the_demo()
        district = client_of(people["district"]).get("/s/tidewater-district/schools/").content.decode()
        shown = [profile_shape(name) for name in ("harbor-bridge", "lighthouse-point", "saltmarsh")]
        assert len({frozenset(each) for each in shown}) == 3 and all(shown)
        for school in ("Harbor Bridge School", "Lighthouse Point School", "Saltmarsh Small School"):
            assert school in district
        for private in ("Amara", "The light is good", "Our state’s compass", "Hillcrest"):
            assert private not in district
        assert Round.objects.get(journey__name="The five of us").raters.filter(absent_at=None).count() == 4
        board = client_of(people["board"]).get("/s/harbor-bridge/shared/").content.decode()
        assert "As promised" in board or "Our school’s journey" in board
        assert {each.is_open for each in Share.objects.filter(audience="people")} == {False}
        assert Share.objects.filter(audience="link").exists() and CitedShare.objects.exists()
        assert CrosswalkLink.objects.filter(crosswalk__owner__slug="lighthouse-point").exists()
        assert FrameworkDraft.objects.filter(published=None).exists()
        assert Framework.objects.filter(owner__slug="lighthouse-point", public_at__isnull=False).exists()
        assert set(Rerating.objects.values_list("kind", flat=True)) == set(Rerating.Kind.values)
        assert (
            Again.objects.filter(closed_at=None).exists() and Again.objects.exclude(closed_at=None).exists()
        )
        assert SealedNote.objects.filter(to_team=True).exists()
        assert set(Sheet.objects.filter(rater=None).values_list("is_in", flat=True)) == {False}
        assert Sheet.objects.filter(is_in=True, round__journey__name="Our state’s compass").count() == 1
        assert Introduction.objects.filter(journey__name="Our school’s journey").exists()

    def test_without_the_demo_nothing_of_it_can_be_reached(self) -> None:
        lead = people_of_the_demo()["lead"]
        signed_in_before = client_of(lead)
        with self.settings(DEMO=False):
            assert Client().get("/demo/").status_code == 404
            assert Client().post("/demo/lead/").status_code == 404
            assert signed_in_before.get("/s/harbor-bridge/").status_code == 404
            left = signed_in_before.get("/").content.decode() + signed_in_before.get("/me/").content.decode()
            assert "Harbor Bridge" not in left
            assert Client().get("/").headers["Location"] == "/start/"
            everyone = Person.objects.filter(memberships__organisation__is_demo=True).distinct()
            assert everyone.count() > len(PEOPLE) - 1
            assert not any(person.has_usable_password() for person in everyone)
            letters = OutgoingMail.objects.filter(organisation_id__in=Organisation.objects.values("pk"))
            assert letters.exists()
            assert not letters.filter(given_up_at__isnull=True).exists()
        # The demo comes back, but whoever belongs to a real school meanwhile cannot be tried.
        make_member(make_school("Stonefield"), "Jonas", "team", person=people_of_the_demo()["team"])
        assert "team" not in people_of_the_demo()
        assert Client().post("/demo/team/").status_code == 404
        assert Client().post("/demo/nobody/").status_code == 404


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_before_it_is_built_the_page_says_so(client: Client) -> None:
    assert "load_demo" in client.get("/demo/").content.decode()
