"""Writing to a school that may be asked, and citing what one shows for as long as it shows it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from throughline.activity.models import Event, OutgoingMail
from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.network.citing import cited_now
from throughline.network.models import CitedShare, Share
from throughline.network.reaching import ask_school, cite_shared
from throughline.network.tests.neighbours import competency, make_district, neighbour
from throughline.records.actions import Cite, decide
from throughline.records.evidence.actions import Piece, bring_evidence
from throughline.records.models import Decision, Evidence
from throughline.schools.log import describe
from throughline.schools.models import Affiliation, Membership, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, make_school, shipped_version

pytestmark = pytest.mark.django_db
MESSAGE = "Would you show us the kitchen table?"


@pytest.fixture
def district() -> Any:
    """A district whose lead may ask Quay, and cite it, and may do neither with Anchor."""
    place, lead = make_district()
    quay = neighbour("Quay", place, {"timely-support": "earned"}, may_be_asked=True, may_be_cited=True)
    anchor = neighbour("Anchor", place, {"timely-support": "in-progress", "vision-of-success": "earned"})
    return place, lead, quay, anchor


def own_journey(lead: Membership) -> Journey:
    return start_journey(name="Ours", version=shipped_version(), team=[Part(lead)], by=seat_of(lead))


def cite(journey: Journey, share: Share, by: Membership, why: str = "We paid for the tea.") -> Evidence:
    item = competency("timely-support")
    return cite_shared(record=journey.record, competency_id=item.id, share_id=share.pk, why=why, by=by)


class TestAsking:
    def ask(
        self, by: Membership, share: Share, message: str = MESSAGE, code: str = "timely-support"
    ) -> Share:
        return ask_school(by=by, share_id=share.pk, competency_id=competency(code).id, message=message)

    def test_the_letter_names_who_asks_and_nothing_of_another_school(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        self.ask(lead, quay)
        (letter,) = OutgoingMail.objects.all()
        assert letter.to == "quay.lead@example.org" and "Timely Support" in letter.subject
        assert MESSAGE in letter.body and lead.person.email in letter.body
        assert "Anchor" not in letter.subject + letter.body
        said = {
            (event.organisation_id, describe(event))
            for event in Event.objects.filter(verb__startswith="share.")
        }
        assert {each for each, _text in said} == {lead.organisation_id, quay.organisation_id}
        assert not any("no words" in text for _each, text in said)

    def test_one_letter_a_day_about_one_competency(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        self.ask(lead, quay)
        with pytest.raises(ValidationError, match="today"):
            self.ask(lead, quay, "Once more")
        assert OutgoingMail.objects.count() == 1

    @pytest.mark.parametrize("message", ["", "  \n ", "x" * 2001])
    def test_a_letter_says_something_and_not_too_much(self, district: Any, message: str) -> None:
        _place, lead, quay, _anchor = district
        with pytest.raises(ValidationError) as problem:
            self.ask(lead, quay, message)
        assert "message" in problem.value.message_dict

    def test_only_who_said_so_is_asked_and_only_by_leads(self, district: Any) -> None:
        place, lead, quay, anchor = district
        board = make_member(place, "Board", Role.BOARD)
        _other, other_lead = make_district("Elsewhere")
        for by, share, code in (
            (lead, anchor, "vision-of-success"),
            (lead, quay, "vision-of-success"),
            (board, quay, "timely-support"),
            (other_lead, quay, "timely-support"),
        ):
            with pytest.raises(Refused):
                self.ask(by, share, code=code)
        assert not OutgoingMail.objects.exists()

    def test_nobody_writes_where_no_email_goes_out(self, district: Any, settings: Any) -> None:
        _place, lead, quay, _anchor = district
        settings.DEMO, settings.EMAIL_BACKEND = False, "django.core.mail.backends.console.EmailBackend"
        with pytest.raises(Refused, match="doesn’t send email"):
            self.ask(lead, quay)
        assert "Write to" not in client_of(lead).get("/s/tidewater/schools/").content.decode()

    def test_the_page_sends_it_and_keeps_what_was_typed_wrongly(self, district: Any) -> None:
        _place, lead, quay, anchor = district
        client, item = client_of(lead), competency("timely-support")
        page = f"/s/tidewater/schools/{quay.pk}/ask/{item.id}/"
        assert page in client.get("/s/tidewater/schools/").content.decode()
        assert "Anchor" not in client.get(page).content.decode()
        assert client.get(f"/s/tidewater/schools/{anchor.pk}/ask/{item.id}/").status_code == 404
        assert client.post(page, {"message": " "}).status_code == 422
        answer = client.post(page, {"message": MESSAGE})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/s/tidewater/schools/")
        again = client.post(page, {"message": "Once more"})
        assert again.status_code == 422 and "Once more" in again.content.decode()


class TestCiting:
    def test_a_citation_shows_the_frozen_standing_and_its_date(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        evidence = cite(own_journey(lead), quay, lead)
        shown = cited_now(evidence)
        assert shown is not None
        assert (shown.school, shown.competency, shown.state.standing) == ("Quay", "Timely Support", "earned")
        assert shown.on == quay.snapshot.taken_at
        html = client_of(lead).get(f"/s/tidewater/evidence/{evidence.pk}/").content.decode()
        assert "Quay" in html and "earned" in html

    @pytest.mark.parametrize("how", ["withdrawn", "ended", "untied", "no longer citable"])
    def test_it_shows_nothing_from_the_moment_that_it_is_taken_back(self, district: Any, how: str) -> None:
        place, lead, quay, _anchor = district
        journey = own_journey(lead)
        evidence = cite(journey, quay, lead)
        decided = decide(
            record=journey.record,
            competency_id=competency("timely-support").id,
            after="in-progress",
            reason="A school of ours does it.",
            by=lead,
            cites=[Cite(evidence.pk)],
        )
        mine = Share.objects.filter(pk=quay.pk)
        match how:
            case "withdrawn":
                mine.update(withdrawn_at=clock.now())
            case "ended":
                mine.update(ends_at=clock.now())
            case "untied":
                Affiliation.objects.filter(organisation=quay.organisation, to=place).update(
                    ended_at=clock.now()
                )
            case _:
                mine.update(may_be_cited=False)
        client, item = client_of(lead), competency("timely-support")
        assert cited_now(evidence) is None
        html = client.get(f"/s/tidewater/evidence/{evidence.pk}/").content.decode()
        assert "Withdrawn" in html and "Quay" not in html and "earned" not in html.replace("not earned", "")
        history = client.get(
            f"/s/tidewater/records/{journey.record_id}/competencies/{item.id}/"
        ).content.decode()
        assert "A school of ours does it." in history and "Quay" not in history
        assert Decision.objects.filter(pk=decided.pk).exists()

    def test_what_was_taken_back_earns_nothing_any_more(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        journey, item = own_journey(lead), competency("timely-support")
        evidence = cite(journey, quay, lead)

        def earn() -> Decision:
            return decide(
                record=journey.record,
                competency_id=item.id,
                after="earned",
                reason="A school of ours does it.",
                by=lead,
                cites=[Cite(evidence.pk, each.id) for each in item.indicators] or [Cite(evidence.pk)],
            )

        Share.objects.filter(pk=quay.pk).update(withdrawn_at=clock.now())
        with pytest.raises(ValidationError, match="still fresh"):
            earn()
        Share.objects.filter(pk=quay.pk).update(withdrawn_at=None)
        assert earn().after == "earned"

    def test_nothing_of_what_is_cited_is_kept_on_our_side(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        evidence = cite(own_journey(lead), quay, lead)
        kept = [str(getattr(evidence, field.attname)) for field in Evidence._meta.concrete_fields]
        row = CitedShare.objects.get()
        kept += [str(getattr(row, field.attname)) for field in CitedShare._meta.concrete_fields]
        assert not [each for each in kept if "Quay" in each or "earned" in each]
        assert evidence.happened_on == clock.today()

    def test_shared_again_it_is_shown_again(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        evidence = cite(own_journey(lead), quay, lead)
        Share.objects.filter(pk=quay.pk).update(withdrawn_at=clock.now())
        assert cited_now(evidence) is None
        Share.objects.create(
            organisation=quay.organisation,
            snapshot=quay.snapshot,
            audience="organisation",
            to=quay.to,
            made_by=quay.made_by,
            may_be_cited=True,
        )
        assert cited_now(evidence) is not None

    def test_only_what_is_shown_begun_and_consented_to_can_be_cited(self, district: Any) -> None:
        place, lead, quay, anchor = district
        journey = own_journey(lead)
        family = make_member(place, "Family", Role.FAMILY)
        other, _other_lead = make_district("Elsewhere")
        elsewhere = neighbour("Far", other, {"timely-support": "earned"}, may_be_cited=True)
        not_begun = neighbour("Idle", place, {}, may_be_cited=True)
        for share in (anchor, elsewhere, not_begun):
            with pytest.raises(ValidationError):
                cite(journey, share, lead)
        with pytest.raises(Refused):
            cite(journey, quay, family)
        with pytest.raises(ValidationError, match="framework"):
            cite_shared(record=journey.record, competency_id=quay.pk, share_id=quay.pk, why="", by=lead)
        assert not CitedShare.objects.exists()

    def test_nobody_brings_it_by_the_usual_form(self, district: Any) -> None:
        _place, lead, _quay, _anchor = district
        journey = own_journey(lead)
        piece = Piece(kind="shared", mark="effect", title="Forged", happened_on=clock.today())
        with pytest.raises(ValidationError):
            bring_evidence(record=journey.record, piece=piece, by=lead)
        page = f"/s/tidewater/records/{journey.record_id}/evidence/new/"
        assert 'value="shared"' not in client_of(lead).get(page).content.decode()

    def test_a_school_is_offered_nothing_to_cite(self, district: Any) -> None:
        school = make_school("Buoy")
        lead = make_member(school, "Buoy lead", Role.LEAD)
        journey, item = own_journey(lead), competency("timely-support")
        here = f"/s/buoy/records/{journey.record_id}/competencies/{item.id}/"
        assert "Cite a school" not in client_of(lead).get(here).content.decode()
        assert client_of(lead).get(f"{here}cite/").status_code == 404

    def test_the_way_through_the_pages(self, district: Any) -> None:
        _place, lead, quay, _anchor = district
        journey, item, client = own_journey(lead), competency("timely-support"), client_of(lead)
        here = f"/s/tidewater/records/{journey.record_id}/competencies/{item.id}/"
        assert f"{here}cite/" in client.get(here).content.decode()
        offered = client.get(f"{here}cite/").content.decode()
        assert "Quay" in offered and "Anchor" not in offered
        assert client.post(f"{here}cite/", {"why": "Kept words"}).status_code == 422
        assert "Kept words" in client.post(f"{here}cite/", {"why": "Kept words"}).content.decode()
        answer = client.post(f"{here}cite/", {"share": str(quay.pk), "why": "We paid for the tea."})
        assert (answer.status_code, answer.headers["Location"]) == (302, here)
        assert "What a school shares about Timely Support" in client.get(here).content.decode()
        none = tree(journey.record.version_id).competencies[-1]
        assert (
            "There is nothing to cite"
            in client.get(
                f"/s/tidewater/records/{journey.record_id}/competencies/{none.id}/cite/"
            ).content.decode()
        )
