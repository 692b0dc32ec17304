"""What people write for themselves: nobody else reads it, unless they were chosen, and for as long as they are."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model

from throughline.activity.models import Event, OutgoingMail
from throughline.elements.models import Item
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.models import LogEntry, Offering, Reader, Reflection, TakingPart
from throughline.plans.professional.actions.offerings import sign_up
from throughline.plans.professional.actions.reflecting import (
    change_reflection,
    delete_reflection,
    say_what_changed,
    set_review,
    share_reflection,
    unshare_reflection,
    write_reflection,
)
from throughline.plans.professional.forgetting import LEFT, forget
from throughline.plans.professional.queries import shared_practice, taken_by, thought_in
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/plan/learning/"
SECRET = "qzqzqI still talk too muchqzqzq"


@pytest.fixture
def reflection(trait: Item, educator: Membership) -> Reflection:
    """What the educator wrote for themselves."""
    return write_reflection(trait=trait, text=SECRET, by=educator)


def gone(member: Membership, ago: timedelta = timedelta()) -> Membership:
    """Somebody who has left."""
    Membership.objects.filter(pk=member.pk).update(left_at=clock.now() - ago)
    return Membership.objects.get(pk=member.pk)


def everything_in(*models: type[Model]) -> str:
    """All that stands in these tables."""
    return "".join(repr(list(model._base_manager.values_list())) for model in models)


def test_a_reflection_is_its_author_s_alone(
    reflection: Reflection, educator: Membership, lead: Membership, team: Membership
) -> None:
    own = thought_in(seat_of(educator), reflection.pk)
    assert own is not None and own.text == SECRET
    stranger = make_member(make_school("Stonefield"), "Stranger Lead", "lead")
    for each in (lead, team, stranger):
        assert thought_in(seat_of(each), reflection.pk) is None
        client = client_of(each)
        for part in ("", "change/", "delete/", "share/", "unshare/"):
            assert client.get(f"{HERE}reflections/{reflection.pk}/{part}").status_code in (404, 405)
            assert client.post(f"{HERE}reflections/{reflection.pk}/{part}").status_code in (404, 405)
        assert SECRET not in client.get(f"{HERE}mine/").content.decode()
    with pytest.raises(Refused):
        change_reflection(reflection=reflection, text="Mine now", by=lead)
    with pytest.raises(Refused):
        share_reflection(reflection=reflection, reader=team, by=lead)
    with pytest.raises(Refused):
        delete_reflection(reflection=reflection, by=lead)
    with pytest.raises((Refused, ObjectDoesNotExist)):
        change_reflection(reflection=reflection, text="Mine now", by=stranger)


def test_nothing_of_it_stands_in_a_log_in_a_letter_or_readable_in_the_database(
    trait: Item, educator: Membership, team: Membership
) -> None:
    before = Event.objects.count()
    made = write_reflection(trait=trait, text=SECRET, by=educator)
    share_reflection(reflection=made, reader=team, by=educator)
    change_reflection(reflection=made, text=f"{SECRET} again", by=educator)
    unshare_reflection(reflection=made, reader=team, by=educator)
    assert Event.objects.count() == before and not LogEntry.objects.exists()
    assert "talk too much" not in everything_in(Reflection, Reader, Event, OutgoingMail)
    assert Path(settings.KEEPING_KEY).exists()
    delete_reflection(reflection=made, by=educator)
    assert not Reflection.objects.exists()


def test_whoever_was_chosen_reads_it_until_it_is_taken_back(
    reflection: Reflection, educator: Membership, team: Membership
) -> None:
    share_reflection(reflection=reflection, reader=team, by=educator)
    client = client_of(team)
    address = f"{HERE}reflections/{reflection.pk}/"
    assert SECRET in client.get(address).content.decode()
    assert educator.name in client.get(f"{HERE}mine/").content.decode()
    assert client.get(f"{address}change/").status_code == 403
    assert client.post(f"{address}delete/").status_code == 403
    unshare_reflection(reflection=reflection, reader=team, by=educator)
    assert client.get(address).status_code == 404
    assert educator.name not in client.get(f"{HERE}mine/").content.decode()


def test_it_is_shared_with_staff_of_the_school_only(
    reflection: Reflection, educator: Membership, family: Membership, lead: Membership
) -> None:
    stranger = make_member(make_school("Stonefield"), "Stranger Lead", "lead")
    for each in (family, stranger, educator, gone(lead)):
        with pytest.raises(ValidationError):
            share_reflection(reflection=reflection, reader=each, by=educator)
    with pytest.raises(ValidationError):
        unshare_reflection(reflection=reflection, reader=family, by=educator)


def test_when_the_author_leaves_nobody_reads_it_and_after_ninety_days_it_is_gone(
    reflection: Reflection, educator: Membership, team: Membership
) -> None:
    share_reflection(reflection=reflection, reader=team, by=educator)
    gone(educator)
    assert thought_in(seat_of(team), reflection.pk) is None
    assert client_of(educator).get(f"{HERE}reflections/{reflection.pk}/").status_code == 404
    forget()
    assert Reflection.objects.count() == 1
    with clock.standing_at(clock.now() + LEFT + timedelta(days=1)):
        forget()
    assert not Reflection.objects.exists()


def test_a_reader_who_leaves_is_no_reader_when_they_come_back(
    reflection: Reflection, educator: Membership, team: Membership
) -> None:
    share_reflection(reflection=reflection, reader=team, by=educator)
    gone(team)
    forget()
    Membership.objects.filter(pk=team.pk).update(left_at=None)
    assert thought_in(seat_of(team), reflection.pk) is None


def test_words_put_in_another_s_place_open_nothing(
    reflection: Reflection, trait: Item, lead: Membership
) -> None:
    other = write_reflection(trait=trait, text="Mine", by=lead)
    Reflection.objects.filter(pk=other.pk).update(sealed=reflection.sealed)
    found = thought_in(seat_of(lead), other.pk)
    assert found is not None and found.text is None
    page = client_of(lead).get(f"{HERE}reflections/{other.pk}/").content.decode()
    assert "be opened" in page and SECRET not in page


def test_what_changed_in_practice_is_shown_only_by_choice(
    offering: Offering, educator: Membership, team: Membership, lead: Membership
) -> None:
    sign_up(offering=offering, by=educator)
    say_what_changed(offering=offering, text=SECRET, by=educator)
    assert "talk too much" not in everything_in(TakingPart)
    viewers = [client_of(each) for each in (team, lead)]
    addresses = (HERE, f"{HERE}{offering.pk}/", f"{HERE}mine/", "/s/harbour-bridge/plan/")
    assert not any(SECRET in viewer.get(each).content.decode() for viewer in viewers for each in addresses)
    assert SECRET not in viewers[0].get(f"{HERE}{offering.pk}/people/").content.decode()
    assert viewers[0].get(f"{HERE}{offering.pk}/practice/").status_code == 404
    assert SECRET in client_of(educator).get(f"{HERE}mine/").content.decode()
    say_what_changed(offering=offering, text=SECRET, shared=True, by=educator)
    assert SECRET in viewers[1].get(f"{HERE}{offering.pk}/").content.decode()
    say_what_changed(offering=offering, text=SECRET, by=educator)
    assert SECRET not in viewers[1].get(f"{HERE}{offering.pk}/").content.decode()
    say_what_changed(offering=offering, text="", shared=True, by=educator)
    taken = taken_by(educator)[0]
    assert (taken.text, taken.shared) == ("", False)


def test_whoever_left_is_not_told_of_any_more_and_their_words_go(
    offering: Offering, educator: Membership, team: Membership
) -> None:
    sign_up(offering=offering, by=educator)
    say_what_changed(offering=offering, text=SECRET, shared=True, by=educator)
    gone(educator, LEFT + timedelta(days=1))
    assert shared_practice(offering) == []
    forget()
    taking = TakingPart.objects.get()
    assert (taking.sealed, taking.shared) == ("", False)


def test_whoever_did_not_take_part_has_nothing_to_tell(offering: Offering, educator: Membership) -> None:
    with pytest.raises(ValidationError):
        say_what_changed(offering=offering, text="I did", by=educator)


def test_ids_and_rows_about_people_tell_no_time(
    offering: Offering, reflection: Reflection, educator: Membership
) -> None:
    sign_up(offering=offering, by=educator)
    assert reflection.pk.version == TakingPart.objects.get().pk.version == 4
    moments = {
        field.get_internal_type()
        for model in (TakingPart, Reflection, Reader)
        for field in model._meta.get_fields()
        if hasattr(field, "get_internal_type")
    }
    assert "DateTimeField" not in moments


def test_the_school_sets_when_it_looks_at_a_competency_again(
    trait: Item, lead: Membership, educator: Membership
) -> None:
    set_review(trait=trait, review_on=clock.today(), by=lead)
    with pytest.raises(Refused):
        set_review(trait=trait, review_on=None, by=educator)
    page = client_of(educator).get(f"{HERE}mine/").content.decode()
    assert "The school wanted to look at it again" in page and "review/" not in page
    client = client_of(lead)
    assert client.post(f"{HERE}competencies/{trait.pk}/review/", {"review_on": ""}).status_code == 302
    assert "No day is set" in client.get(f"{HERE}mine/").content.decode()


def test_a_reflection_is_written_shared_changed_and_deleted_in_the_browser(
    trait: Item, educator: Membership, team: Membership
) -> None:
    client = client_of(educator)
    empty = client.post(f"{HERE}competencies/{trait.pk}/reflect/", {"text": " "})
    assert empty.status_code == 422
    address = client.post(f"{HERE}competencies/{trait.pk}/reflect/", {"text": SECRET})["Location"]
    assert SECRET in client.get(address).content.decode()
    client.post(f"{address}share/", {"reader": str(team.pk)})
    assert SECRET in client_of(team).get(address).content.decode()
    client.post(f"{address}change/", {"text": "qzqzqI ask moreqzqzq"})
    assert "qzqzqI ask moreqzqzq" in client_of(team).get(address).content.decode()
    client.post(f"{address}unshare/", {"reader": str(team.pk)})
    assert client_of(team).get(address).status_code == 404
    client.post(f"{address}delete/")
    assert client.get(address).status_code == 404


def test_my_page_takes_a_fixed_number_of_queries(
    trait: Item, offering: Offering, educator: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(educator)
    sign_up(offering=offering, by=educator)
    client.get(f"{HERE}mine/")
    for number in range(5):
        write_reflection(trait=trait, text=f"Thought {number}", by=educator)
    with django_assert_num_queries(7):
        page = client.get(f"{HERE}mine/").content.decode()
    assert "Thought 4" in page


def test_families_write_no_reflection_and_the_page_of_what_is_kept_is_for_all_staff(
    trait: Item, family: Membership, educator: Membership
) -> None:
    with pytest.raises(Refused):
        write_reflection(trait=trait, text="Hello", by=family)
    assert client_of(family).get(f"{HERE}competencies/{trait.pk}/reflect/").status_code == 404
    assert "appraisal" in client_of(educator).get(f"{HERE}what-is-kept/").content.decode()
    assert client_of(family).get(f"{HERE}what-is-kept/").status_code == 403
