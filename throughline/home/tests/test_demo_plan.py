"""The plan of the demo school: enough to look at, and a real task in it for those who can be tried."""

from datetime import date

from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from throughline.activity.models import OutgoingMail
from throughline.home.demo.cast import PEOPLE
from throughline.home.personas import people_of_the_demo
from throughline.kit import clock
from throughline.plans.families.translations import progress_of, sources_of
from throughline.plans.models import (
    Action,
    ClosedReview,
    Cycle,
    FamilyQuestion,
    Goal,
    Helper,
    LogEntry,
    Measure,
    MeetingLine,
    Offering,
    PageForFamilies,
    Pair,
    PairNote,
    PlanTable,
    Policy,
    Reflection,
    Reminder,
    Review,
    Risk,
    TakingPart,
    Waits,
    WeeklyMeeting,
)
from throughline.plans.models.cited import CITABLE, Cited
from throughline.plans.models.plan import OPEN_STATES
from throughline.plans.reminders.queries import LETTER
from throughline.plans.reviewing.queries import last_closed
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

PLAN = "/s/harbor-bridge/plan/"


@override_settings(DEMO=True)
class TestThePlan(TestCase):
    """Forty actions over eight goals, and what hangs together with them."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_demo", verbosity=0)

    def test_forty_actions_stand_in_every_state_and_are_owned_by_many(self) -> None:
        goals, actions = Goal.objects.all(), Action.objects.all()
        assert (goals.count(), actions.count()) == (8, 40)
        assert {each.state for each in goals} == {"open", "reached"}
        assert goals.filter(priority__isnull=False).count() == 3
        assert {each.state for each in actions} == set(Action.State.values)
        late = actions.filter(state__in=OPEN_STATES, due_on__lt=clock.today())
        assert 3 <= late.count() <= 6
        assert LogEntry.objects.filter(action__isnull=False, data__has_key="due_on").count() >= 4
        assert Waits.objects.filter(action__state__in=OPEN_STATES, on__state__in=OPEN_STATES).count() >= 6
        assert actions.filter(owner=None).count() == 1
        assert actions.exclude(owner=None).values("owner").distinct().count() >= 10
        helping = Helper.objects.values_list("membership__person__email", flat=True)
        roles = {f"{each.key}@{each.organisation}.example": each.roles for each in PEOPLE}
        assert {role for email in helping for role in roles[email]} >= {
            "learner",
            "family",
            "board",
            "alumnus",
        }

    def test_the_register_holds_three_policies_that_were_revised(self) -> None:
        policies = Policy.objects.all()
        assert {each.state for each in policies} == {"in-force", "under-review"}
        assert [each.revisions.count() for each in policies.order_by("made_at")] == [3, 2, 2]

    def test_those_who_can_be_tried_find_their_action_and_say_how_it_goes(self) -> None:
        people = people_of_the_demo()
        for key in ("lead", "team", "educator", "learner", "family", "registrar", "board"):
            person = people[key]
            mine = Action.objects.filter(owner__person=person) | Action.objects.filter(
                helpers__membership__person=person
            )
            action = mine.filter(state__in=OPEN_STATES).order_by("due_on").distinct()[0]
            page = client_of(person).get(f"{PLAN}actions/{action.pk}/")
            assert page.status_code == 200, key
            assert f"{PLAN}actions/{action.pk}/state/" in page.content.decode(), key
        helps = Helper.objects.filter(membership__person=people["learner"], action__state__in=OPEN_STATES)
        assert helps.count() == 4, "as the line about her says"
        other = Action.objects.get(title__startswith="Sit beside the three readers")
        assert client_of(people["family"]).get(f"{PLAN}actions/{other.pk}/").status_code == 404
        assert client_of(people["outsider"]).get(f"{PLAN}actions/{other.pk}/").status_code == 404

    def test_a_task_of_the_plan_waits_on_the_first_page_of_those_who_can_be_tried(self) -> None:
        people = people_of_the_demo()
        for key, words in (
            ("lead", "Ask the bus company for a later bus on Tuesdays and Thursdays"),
            ("team", "“<bdi>Two minutes of talk instead of a written comment</bdi>” has run its time"),
            ("team", "Have grade 8 try the new prompts"),
            ("educator", "Write down on one page how mathematics stopped grading first tries"),
            ("family", "2</bdi> actions of yours are due"),
            ("board", "The policy “<bdi>Moving on to the next grade</bdi>”"),
        ):
            page = client_of(people[key]).get("/").content.decode()
            assert words in page, (key, words)

    def test_parts_of_the_plan_are_evidence_and_one_is_due_to_be_looked_at(self) -> None:
        cited = Cited.objects.select_related("evidence")
        kinds = {name for each in cited for name in CITABLE if getattr(each, f"{name}_id")}
        assert kinds == {"action", "cycle", "measure", "revision"}
        stale = [each.evidence for each in cited if (each.evidence.recheck_on or date.max) <= clock.today()]
        assert [each.brought_by.name for each in stale] == [people_of_the_demo()["educator"].name]
        for each in cited:
            address = reverse(
                "records:evidence", kwargs={"school": "harbor-bridge", "evidence_id": each.evidence_id}
            )
            assert each.digest in client_of(people_of_the_demo()["lead"]).get(address).content.decode()

    def test_the_year_was_looked_back_on_and_is_offered_to_the_next_round(self) -> None:
        review = Review.objects.get()
        closed = ClosedReview.objects.get(review=review)
        assert len(closed.content["remarks"]) == 4
        seat = seat_of(
            Membership.objects.get(person=people_of_the_demo()["lead"], organisation__slug="harbor-bridge")
        )
        assert last_closed(seat) == review

    def test_a_table_waits_with_a_report_and_the_lead_hears_once_a_week(self) -> None:
        lead = people_of_the_demo()["lead"]
        table = PlanTable.objects.get(made_by__person=lead)
        where = reverse("plans:table", kwargs={"school": "harbor-bridge", "table_id": table.pk})
        page = client_of(lead).get(where).content.decode()
        assert "Ole Hansen" in page and "Put the page for families up on board" in page
        held = Reminder.objects.get()
        assert (held.membership.person, held.rhythm, held.quiet_from) == (lead, "weekly", 20)

    def test_a_letter_to_the_lead_was_written_where_letters_go_out(self) -> None:
        (mail,) = OutgoingMail.objects.filter(key__startswith=LETTER)
        assert mail.to == people_of_the_demo()["lead"].email and "overdue" in mail.subject
        assert mail.given_up_at, "an address of the demo is nowhere"

    def test_measures_have_half_a_year_of_values_and_one_tells_what_graduates_do(self) -> None:
        measures = Measure.objects.all()
        assert measures.count() == 6 and measures.filter(more_is_better=False).exists()
        for each in measures.filter(every_months=1):
            days = sorted(each.values.values_list("on", flat=True))
            assert len(days) == 6 and 140 <= (days[-1] - days[0]).days <= 190, each.title
        assert measures.get(ready="after-graduation").values.count() == 3
        assert Risk.objects.filter(closed_at=None).count() == 3
        assert set(Risk.objects.exclude(closed_at=None).values_list("came_true", flat=True)) == {True, False}

    def test_the_page_for_families_is_read_in_two_languages_and_answers_five_questions(self) -> None:
        page = PageForFamilies.objects.select_related("organisation").get()
        questions = FamilyQuestion.objects.all()
        assert (questions.filter(state="answered").count(), questions.filter(state="held").count()) == (5, 1)
        assert {each.language for each in questions} == {"en", "es"}
        progress = progress_of(page, sources_of(page))
        assert [(each.code, each.done, each.behind) for each in progress] == [("es", progress[0].total, 0)]
        english, spanish = (
            Client().get(f"/families/harbor-bridge/{query}").content.decode() for query in ("", "?in=es")
        )
        assert "A first try gets comments and no grade" in english and "the early ferry" in english
        assert "El primer intento recibe comentarios" in spanish
        assert "ella cuida" not in spanish.lower(), "what waits for an answer is not shown"

    def test_professional_learning_shows_numbers_and_keeps_words_with_those_who_wrote_them(self) -> None:
        assert Offering.objects.count() == 3
        came = [
            TakingPart.objects.filter(offering=each, came=True).count()
            for each in Offering.objects.order_by("starts_on")
        ]
        assert came == [7, 4, 0]
        assert Reflection.objects.count() == 3
        for each in Reflection.objects.all():
            path = f"{PLAN}learning/reflections/{each.pk}/"
            assert client_of(people_of_the_demo()["lead"]).get(path).status_code == 404

    def test_the_last_weekly_meeting_is_over_and_its_next_step_stands_in_the_plan(self) -> None:
        meeting = WeeklyMeeting.objects.get()
        assert meeting.ended_at is not None and meeting.stood
        lines = MeetingLine.objects.filter(meeting=meeting)
        assert sorted(each.kind for each in lines) == ["decision", "decision", "step"]
        step = Action.objects.get(title=lines.get(kind="step").text)
        assert step.owner is None and step.goal is not None

    def test_two_pairs_have_notes_that_nobody_else_finds(self) -> None:
        assert {each.arranged for each in Pair.objects.all()} == {True, False}
        people = people_of_the_demo()
        pair = Pair.objects.get(arranged=False)
        assert PairNote.objects.filter(pair=pair).count() == 3
        path = reverse("plans:pair", kwargs={"school": "harbor-bridge", "pair_id": pair.pk})
        page = client_of(people["educator"]).get(path).content.decode()
        assert "Waiting works for three of five" in page
        assert page.count('aria-label="Delete the note of ') == 2 and "Delete the note of <" not in page
        assert client_of(people["team"]).get(path).status_code == 200
        assert client_of(people["lead"]).get(path).status_code == 404

    def test_one_small_test_is_adopted_one_abandoned_with_what_was_learned_and_one_goes_on(self) -> None:
        said = {(each.test.title, each.number): each for each in Cycle.objects.select_related("test")}
        outcomes = [said[key].outcome for key in sorted(said)]
        assert sorted(outcomes) == ["", "abandon", "adapt", "adopt"]
        for each in said.values():
            assert each.prediction and each.begun_at is not None
            assert bool(each.learned) == bool(each.outcome)
        client = client_of(people_of_the_demo()["educator"])
        for each in said.values():
            page = client.get(
                reverse("plans:small-test", kwargs={"school": "harbor-bridge", "test_id": each.test_id})
            )
            assert page.status_code == 200
