"""A prepared read answers what the ORM would answer, for whoever asks, and refuses to keep what is somebody's."""

import inspect
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.test.utils import CaptureQueriesContext

from throughline.kit import clock
from throughline.kit.prepared import SHAPES, Text, prepared
from throughline.schools.models import Membership, Organisation
from throughline.testing import make_member, make_person, make_school


@prepared
def _members(organisation: UUID, *, since: datetime, newest_first: bool = False) -> QuerySet[Membership]:
    rows = Membership.objects.filter(organisation=organisation, joined_at__gte=since)
    return rows.select_related("person").order_by("-name" if newest_first else "name")


@prepared
def _names(organisation: UUID, name: str) -> QuerySet[Membership, str]:
    return Membership.objects.filter(organisation=organisation, name=name).values_list("name", flat=True)


def test_each_asks_for_their_own(db: None) -> None:
    one, other = make_school("Harbour Bridge"), make_school("Hillside")
    amara, jonas = make_member(one, "Amara Okafor", "lead"), make_member(one, "Jonas Lind", "team")
    ines = make_member(other, "Ines Duarte", "lead")
    yesterday, tomorrow = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    assert _members(one.pk, since=yesterday) == [amara, jonas]
    assert _members(other.pk, since=yesterday) == [ines]
    assert _members(one.pk, since=yesterday, newest_first=True) == [jonas, amara]
    assert _members(one.pk, since=tomorrow) == []
    assert _members(uuid4(), since=yesterday) == []


def test_it_is_one_query_with_what_belongs_to_it(school: Organisation) -> None:
    make_member(school, "Amara Okafor", "lead")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert [each.person.name for each in _members(school.pk, since=clock.now() - timedelta(days=1))] == [
            "Amara Okafor"
        ]
    assert len(asked) == 1


def test_a_statement_is_compiled_once_for_a_shape(
    school: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = clock.now()
    _members(school.pk, since=moment)
    monkeypatch.setattr(_members, "_compiled", lambda *_args: pytest.fail("compiled again"))
    _members(uuid4(), since=moment - timedelta(days=1))


def test_words_choose_a_shape_and_only_so_many_are_kept(school: Organisation) -> None:
    make_member(school, "Name 3", "team")
    for number in range(SHAPES + 10):
        assert _names(school.pk, f"Name {number}") == (["Name 3"] if number == 3 else [])
    assert len(_names._kept) == SHAPES


@prepared
def _in_any(organisations: tuple[UUID, ...], name: Text) -> QuerySet[Membership, str]:
    rows = Membership.objects.filter(organisation__in=organisations, name=name)
    return rows.order_by("organisation__name").values_list("organisation__name", flat=True)


def test_tuples_and_any_words_are_slots(db: None) -> None:
    schools = [make_school(name) for name in ("First", "Second", "Third")]
    for each in schools:
        make_member(each, "Amara Okafor", "lead", person=make_person(f"Amara of {each.name}"))
    amara, keys = Text("Amara Okafor"), [each.pk for each in schools]
    assert _in_any((keys[0],), amara) == ["First"]
    assert _in_any((keys[2],), amara) == ["Third"]
    assert _in_any((keys[2], keys[1]), amara) == ["Second", "Third"]
    assert _in_any((keys[0],), Text("Nobody")) == []
    assert _in_any((), amara) == []
    assert len(_in_any._kept) == 3


def test_what_is_taken_from_elsewhere_is_refused(school: Organisation) -> None:
    @prepared
    def of_one_school() -> QuerySet[Membership]:
        return Membership.objects.filter(organisation=school)

    @prepared
    def until_now(organisation: UUID) -> QuerySet[Membership]:
        return Membership.objects.filter(organisation=organisation, joined_at__lte=clock.now())

    @prepared
    def of_everybody(organisation: UUID) -> QuerySet[Membership]:
        return Membership.objects.all()

    with pytest.raises(TypeError, match="from elsewhere"):
        of_one_school()
    with pytest.raises(TypeError, match="from elsewhere"):
        until_now(school.pk)
    with pytest.raises(TypeError, match="asks nothing about"):
        of_everybody(school.pk)


def test_what_can_find_nothing_asks_nothing(db: None) -> None:
    @prepared
    def nobody() -> QuerySet[Membership]:
        return Membership.objects.none()

    with CaptureQueriesContext(connection) as asked:
        assert nobody() == []
    assert len(asked) == 0


def test_what_is_kept_holds_no_query(db: None) -> None:
    @prepared
    def newest(organisation: UUID) -> QuerySet[Organisation]:
        members = Membership.objects.filter(organisation=OuterRef("pk")).order_by("-joined_at")
        rows = Organisation.objects.filter(pk=organisation)
        return rows.annotate(newest=Subquery(members.values("pk")[:1]))

    school = make_school("Harbour Bridge")
    amara = make_member(school, "Amara Okafor", "lead")
    [found] = newest(school.pk)
    assert found.newest == amara.pk  # type: ignore[attr-defined]
    [statement] = newest._kept.values()
    assert statement.make
    kept = inspect.getclosurevars(statement.make).nonlocals["converters"]
    expressions = [expression for _place, (_convert, expression) in kept]
    assert expressions or connection.vendor == "postgresql"  # which gives ids as they are
    assert not [each for each in expressions if hasattr(each, "query")]
