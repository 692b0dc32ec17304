"""Sharing a closed round inside the organisation and with its district: who sees what, and for how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.activity.models import Event
from throughline.home.desk import Desk
from throughline.home.waiting_shared import shared_pages
from throughline.journeys.closing.actions import reopen_round
from throughline.journeys.models import Round, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.queries import place_of
from throughline.kit import clock
from throughline.network.actions import Offer, share_snapshot, withdraw_share
from throughline.network.models import Audience
from throughline.network.models import Share as Row
from throughline.network.queries import received_by, shared_with_organisation, shares_for
from throughline.network.tests.conftest import SECRET, Share, a_closed_round
from throughline.network.tests.test_links import open_with
from throughline.schools.models import Affiliation, Membership, Organisation
from throughline.schools.tenant import seat_of, seats_of
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db
Make = Callable[..., Membership]


def at(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(f"network:{name}", kwargs={"school": organisation.slug, **more})


def page_of(member: Membership, share: Row) -> Any:
    return client_of(member).get(at("shared", member.organisation, share_id=share.pk))


def article(answer: Any) -> str:
    """The page as its readers see it."""
    text: str = answer.content.decode()
    return text[text.index("<article") : text.index("</article>")]


def chosen(audience: str, **more: str) -> dict[str, str]:
    return {"audience": audience, "with_priorities": "on", "with_change": "on", "note": "", **more}


def test_nothing_is_shared_by_default(
    snapshot: Snapshot, board: Membership, family: Membership, district_lead: Membership
) -> None:
    assert not Row.objects.exists()
    for member in (board, family):
        assert list(shares_for(seat_of(member))) == []
    assert list(received_by(seat_of(district_lead))) == []


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("staff", {"lead", "team", "educator", "registrar"}),
        ("board", {"board"}),
        ("people", {"lead", "team", "educator", "registrar", "board", "learner", "family", "community"}),
    ],
)
def test_each_audience_reads_and_nobody_else(
    audience: str, readers: set[str], share: Share, make_one: Make, outsider: Membership
) -> None:
    row = share(audience).share
    roles = ("team", "educator", "registrar", "board", "learner", "family", "community")
    for role in roles:
        answer = page_of(make_one(f"A {role}", role), row)
        assert answer.status_code == (200 if role in readers else 404), role
        if role in readers:
            assert SECRET not in answer.content.decode()
    assert page_of(outsider, row).status_code == 404
    assert client_of(outsider).get(at("shared", row.organisation, share_id=row.pk)).status_code == 404


def test_a_district_reads_what_is_shared_with_it_while_the_tie_stands(
    share: Share, district: Organisation, district_lead: Membership
) -> None:
    row = share("organisation", to=district.pk).share
    answer = page_of(district_lead, row)
    assert answer.status_code == 200 and "Harbour Bridge" in answer.content.decode()
    assert "Jonas Lind" not in article(answer)
    assert [each.pk for each in shared_with_organisation(district)] == [row.pk]
    assert page_of(make_member(district, "Nils Educator", "educator"), row).status_code == 404
    other = make_member(make_school("Elsewhere", kind="district"), "Una Other", "district-lead")
    assert page_of(other, row).status_code == 404
    Affiliation.objects.update(ended_at=clock.now())
    assert page_of(district_lead, row).status_code == 404
    assert list(shared_with_organisation(district)) == []


def test_a_tie_made_anew_opens_nothing_that_was_shared_before(
    share: Share, district: Organisation, district_lead: Membership, school: Organisation, lead: Membership
) -> None:
    row = share("organisation", to=district.pk).share
    Affiliation.objects.update(ended_at=clock.now())
    Affiliation.objects.create(organisation=school, to=district, asked_by_member=True, agreed_at=clock.now())
    assert page_of(district_lead, row).status_code == 404
    assert list(shared_with_organisation(district)) == []
    listed = client_of(lead).get(at("shares", school, journey_id=row.snapshot.journey_id)).content.decode()
    assert "Ended when the connection" in listed and "Open until" not in listed
    anew = share("organisation", to=district.pk).share
    assert page_of(district_lead, anew).status_code == 200


def test_only_a_district_to_which_the_school_belongs_can_be_chosen(share: Share) -> None:
    stranger = make_school("Elsewhere", kind="district")
    with pytest.raises(ValidationError):
        share("organisation", to=stranger.pk)
    with pytest.raises(ValidationError):
        share("organisation")
    with pytest.raises(ValidationError):
        share("everyone")


@pytest.mark.parametrize("audience", ["staff", "board", "people", "organisation", "link"])
def test_the_preview_is_the_very_page_that_others_see(
    audience: str,
    share: Share,
    held: Round,
    lead: Membership,
    board: Membership,
    family: Membership,
    district: Organisation,
    district_lead: Membership,
) -> None:
    client = client_of(lead)
    value = f"organisation:{district.pk}" if audience == "organisation" else audience
    typed = chosen(
        value,
        with_reasons="on",
        note="Read it & <tell> us.",
        ends_on=(clock.today() + timedelta(9)).isoformat(),
    )
    preview = client.post(at("share", lead.organisation, round_id=held.pk), typed)
    assert preview.status_code == 200 and not Row.objects.exists()
    done = client.post(at("share-now", lead.organisation, round_id=held.pk), typed, follow=True)
    assert done.status_code == 200
    row = Row.objects.get()
    if audience == "link":
        text = done.content.decode()
        token = text.split("/l/")[1].split('"')[0]
        seen = open_with(token)
    else:
        reader = {"staff": lead, "board": board, "people": family, "organisation": district_lead}[audience]
        seen = page_of(reader, row)
    assert article(seen) == article(preview)
    assert "Read it &amp; &lt;tell&gt; us." in article(seen)
    assert ("Jonas Lind" in article(seen)) == (audience in ("staff", "board", "people"))


def test_reasons_and_priorities_are_shown_only_when_chosen(share: Share, lead: Membership) -> None:
    bare = article(page_of(lead, share("people", with_priorities=False).share))
    assert "We looked." not in bare and "Because learners ask" not in bare and "Priorities" not in bare
    usual = article(page_of(lead, share("people").share))
    assert "We looked." not in usual and "Because learners ask" in usual
    whole = article(page_of(lead, share("people", with_reasons=True).share))
    assert "We looked." in whole and "We do not know." in whole
    for text in (bare, usual, whole):
        assert SECRET not in text and "ratings" not in text.lower().replace("single ratings", "")


def test_it_stays_as_it_was_frozen(
    share: Share, place: Place, held: Round, lead: Membership, team_of_three: list[Membership]
) -> None:
    row = share("people").share
    before = article(page_of(lead, row))
    reopen_round(place=place, round_id=held.pk, reason="We misread a step.")
    assert article(page_of(lead, row)) == before


def test_what_changed_is_shown_when_the_earlier_round_is_shared_with_the_same_readers(
    share: Share, place: Place, team_of_three: list[Membership], lead: Membership
) -> None:
    later = a_closed_round(place, team_of_three, earned=False)

    def offered(audience: str, with_change: bool = True) -> Row:
        offer = Offer(audience, with_change=with_change)
        return share_snapshot(place=place, snapshot=later, offer=offer).share

    assert "What changed since" not in article(page_of(lead, offered("staff")))
    first = share("staff").share
    assert "What changed since" not in article(page_of(lead, offered("people")))
    assert "What changed since" not in article(page_of(lead, offered("staff", with_change=False)))
    both = offered("staff")
    assert "What changed since" in article(page_of(lead, both))
    withdraw_share(place=place, share=first)
    assert "What changed since" not in article(page_of(lead, both))


def test_sharing_again_takes_the_place_of_what_was_shared(share: Share, board: Membership) -> None:
    first, second = share("board").share, share("board", with_reasons=True).share
    assert [each.pk for each in shares_for(seat_of(board))] == [second.pk]
    assert page_of(board, first).status_code == 404
    assert share("link").share.is_open and share("link").share.is_open
    assert Row.objects.filter(audience="link", withdrawn_at=None).count() == 2


def test_withdrawing_works_at_once_everywhere(
    share: Share, lead: Membership, board: Membership, district: Organisation, district_lead: Membership
) -> None:
    inside, outside = share("board").share, share("organisation", to=district.pk).share
    for reader, row in ((board, inside), (district_lead, outside)):
        assert page_of(reader, row).status_code == 200
        done = client_of(lead).post(at("withdraw", lead.organisation, share_id=row.pk), follow=True)
        assert "Nobody can see it anymore." in done.content.decode()
        assert page_of(reader, row).status_code == 404
        assert client_of(reader).get(at("shared-with-me", reader.organisation)).status_code == 200
    assert list(shared_with_organisation(district)) == []


def test_who_runs_a_journey_shares_inside_and_only_leads_share_outside(
    place: Place, share: Share, snapshot: Snapshot, held: Round, educator: Membership, team: Membership
) -> None:
    place.journey.started_by = educator
    place.journey.save()
    theirs = place_of(seat_of(educator), place.journey)
    inside = share_snapshot(place=theirs, snapshot=snapshot, offer=Offer("staff")).share
    with pytest.raises(PermissionDenied):
        share_snapshot(place=theirs, snapshot=snapshot, offer=Offer("link", ends_on=clock.today()))
    with pytest.raises(PermissionDenied):
        withdraw_share(place=theirs, share=share("link").share)
    assert withdraw_share(place=theirs, share=inside).withdrawn_at
    form = client_of(educator).get(at("share", educator.organisation, round_id=held.pk)).content.decode()
    assert "Our staff" in form and "Anyone with the link" not in form
    for name, known in (("share", {"round_id": held.pk}), ("shares", {"journey_id": place.journey.pk})):
        assert client_of(team).get(at(name, team.organisation, **known)).status_code == 403


def test_a_journey_put_away_is_shared_no_more_but_taken_back(
    place: Place, share: Share, snapshot: Snapshot
) -> None:
    row = share("staff").share
    place.journey.archived_at = clock.now()
    place.journey.save()
    with pytest.raises(PermissionDenied):
        share_snapshot(place=place, snapshot=snapshot, offer=Offer("staff"))
    assert withdraw_share(place=place, share=row).withdrawn_at


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"audience": ""}, "This field is required"),
        ({"audience": "link"}, "Choose the date the link ends."),
        ({"audience": "link", "ends_on": "2199-01-01"}, "a year at most"),
        ({"audience": "staff", "ends_on": "2001-01-01"}, "a date in the future"),
        ({"audience": "link", "passcode": "abc"}, "at least 6 characters"),
        ({"audience": "organisation:x"}, "Select a valid choice"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    typed: dict[str, str], sentence: str, held: Round, lead: Membership
) -> None:
    for name in ("share", "share-now"):
        answer = client_of(lead).post(
            at(name, lead.organisation, round_id=held.pk), {**chosen("staff", note="Kept words"), **typed}
        )
        assert answer.status_code == 422
        assert sentence in answer.content.decode() and "Kept words" in answer.content.decode()
    assert not Row.objects.exists()


def test_a_link_is_shown_once_and_no_session_keeps_it(held: Round, lead: Membership) -> None:
    client = client_of(lead)
    client.post(
        at("share-now", lead.organisation, round_id=held.pk),
        chosen("link", ends_on=clock.today().isoformat()),
    )
    cookie = client.cookies["handover"]
    there = at("shares", lead.organisation, journey_id=held.journey_id)
    assert cookie["path"] == there and cookie["httponly"] and cookie["samesite"] == "Strict"
    token = cookie.value.split(":")[0]
    assert token not in repr(dict(client.session.items()))
    assert f"/l/{token}" in client.get(there).content.decode()
    assert "/l/" not in client.get(there).content.decode()
    assert open_with(token).status_code == 200


def test_home_asks_to_read_it_once(
    share: Share, board: Membership, lead: Membership, family: Membership
) -> None:
    row = share("board").share

    def waiting(member: Membership) -> list[str]:
        return [each.href for each in shared_pages(Desk(member.person, seats_of(member.person)))]

    assert waiting(board) == [at("shared", board.organisation, share_id=row.pk)]
    assert waiting(lead) == waiting(family) == []
    page_of(board, row)
    assert waiting(board) == []


def test_the_log_says_who_shared_what_with_whom(share: Share, place: Place, district: Organisation) -> None:
    withdraw_share(place=place, share=share("organisation", to=district.pk).share)
    here = Event.objects.filter(organisation_id=place.seat.organisation.pk, verb__startswith="share.")
    there = Event.objects.filter(organisation_id=district.pk)
    assert [each.verb for each in here.order_by("at")] == [
        "share.made-organisation",
        "share.withdrawn-organisation",
    ]
    assert [each.verb for each in there.order_by("at")] == ["share.made-for-us", "share.withdrawn-for-us"]


def test_a_round_that_is_not_closed_cannot_be_shared(place: Place, held: Round, lead: Membership) -> None:
    reopen_round(place=place, round_id=held.pk, reason="We misread a step.")
    assert client_of(lead).get(at("share", lead.organisation, round_id=held.pk)).status_code == 404


def test_the_page_of_a_closed_round_leads_there(held: Round, lead: Membership, team: Membership) -> None:
    there = at("share", lead.organisation, round_id=held.pk)
    page = reverse("journeys:round", kwargs={"school": lead.organisation.slug, "round_id": held.pk})
    assert there in client_of(lead).get(page).content.decode()
    assert there not in client_of(team).get(page).content.decode()


@pytest.mark.parametrize("more", [1, 12])
def test_lists_ask_the_same_number_of_questions(
    more: int, share: Share, lead: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        Row.objects.create(
            organisation=lead.organisation,
            snapshot=Snapshot.objects.get() if Snapshot.objects.exists() else share("staff").share.snapshot,
            audience=Audience.PEOPLE if number % 2 else Audience.STAFF,
            made_by=lead,
        )
    journey = Row.objects.first().snapshot.journey_id  # type: ignore[union-attr]
    client: Client = client_of(lead)
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(at("shared-with-me", lead.organisation))
    with django_assert_num_queries(QUERIES_OF_SHARES):
        client.get(at("shares", lead.organisation, journey_id=journey))


QUERIES_OF_LIST = 5
QUERIES_OF_SHARES = 6
