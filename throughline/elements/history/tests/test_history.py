"""Every state of a text can be found, named and restored, and what people wrote is told in sittings."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from throughline.elements.editing.queries import text_at
from throughline.elements.history.actions import name_version, restore_version, unname_version
from throughline.elements.history.keeping import ledger_of
from throughline.elements.history.queries import contributions_to, document_of, sittings_of
from throughline.elements.models import (
    Authorship,
    Change,
    ChangeKind,
    Element,
    ElementKind,
    NamedVersion,
    Sitting,
)
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.tests.conftest import doc, write
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
    write(made, lead, "Every learner is known well.")
    return made


def test_a_version_is_restored_as_a_new_change(lead: Membership, element: Element) -> None:
    first = element.head
    write(element, lead, "Something else.", "And more.")
    restore_version(element=element, version=first, seen=element.head, by=lead)
    element.refresh_from_db()
    assert text_at(element).document == doc("Every learner is known well.")
    assert Change.objects.latest("start").kind == ChangeKind.RESTORED
    with pytest.raises(ValidationError, match="already"):
        restore_version(element=element, version=first, seen=element.head, by=lead)
    with pytest.raises(ValidationError):
        restore_version(element=element, version=9_999, seen=element.head, by=lead)


def test_only_those_who_write_restore_and_name(school: Organisation, element: Element) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    with pytest.raises(Refused):
        restore_version(element=element, version=0, seen=element.head, by=educator)
    with pytest.raises(Refused):
        name_version(element=element, version=0, name="Begin", by=educator)


def test_a_version_has_a_name_that_no_other_has(lead: Membership, element: Element) -> None:
    named = name_version(element=element, version=element.head, name=" For families ", by=lead)
    assert named.name == "For families"
    for wrong in ("For families", " ", "x" * 200):
        with pytest.raises(ValidationError):
            name_version(element=element, version=0, name=wrong, by=lead)
    unname_version(named=named, by=lead)
    assert not NamedVersion.objects.exists()


def test_what_is_written_without_a_long_pause_is_one_sitting(
    school: Organisation, lead: Membership, element: Element
) -> None:
    team = make_member(school, "Una Byrne", Role.TEAM)
    start = clock.now()
    for minutes, by, words in (
        (1, team, "Every learner is known."),
        (20, lead, "Every learner."),
        (90, lead, "All."),
    ):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            write(element, by, words)
    ledger_of(element)
    latest, first = sittings_of(element)
    assert (latest.start, latest.end) == (first.end, element.head)
    told = {name: (more, less) for name, more, less in first.people}
    assert told == {str(lead.pk): (5, 2), str(team.pk): (0, 1)}
    ledger_of(element)
    assert Sitting.objects.count() == 2


def test_what_is_derived_is_the_same_made_at_once_or_bit_by_bit(
    school: Organisation, lead: Membership, element: Element
) -> None:
    team = make_member(school, "Una Byrne", Role.TEAM)
    for number, by in enumerate((team, lead, team)):
        ledger_of(element)
        write(element, by, *(f"Paragraph {each} by 🎈 someone" for each in range(number + 2)))
    restore_version(element=element, version=1, seen=element.head, by=team)
    element.refresh_from_db()
    bit_by_bit = ledger_of(element)
    kept = Authorship.objects.get()
    told = list(Sitting.objects.order_by("start").values_list("start", "end", "people", "kinds"))
    kept.delete()
    Sitting.objects.all().delete()
    at_once = ledger_of(element)
    assert (at_once.line, at_once.who, at_once.version) == (bit_by_bit.line, bit_by_bit.who, element.head)
    assert list(Sitting.objects.order_by("start").values_list("start", "end", "people", "kinds")) == told


def test_who_wrote_what_and_who_is_missing(school: Organisation, lead: Membership, element: Element) -> None:
    make_member(school, "Noor Haddad", Role.LEARNER)
    found = contributions_to(element)
    assert [(each.name, each.words) for each in found.people] == [(lead.name, 5)]
    assert [each.people for each in found.paragraphs] == [[(lead.name, 5)]]
    assert [str(each.name) for each in found.missing] == ["Learners"]


def test_any_version_or_edition_can_be_told_of(lead: Membership, element: Element) -> None:
    assert document_of(element, "0") == {"type": "doc", "content": [{"type": "paragraph"}]}
    for wrong in ("99999", "-1", "x", "edition-7", "9" * 30):
        assert document_of(element, wrong) is None
