"""A district looks at its schools and cannot rank them; what was not shared, or was taken back, is not there."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, default_steps
from throughline.frameworks.models import ItemFate
from throughline.frameworks.publishing.actions import publish
from throughline.kit import clock
from throughline.network.models import Share
from throughline.network.tests.neighbours import (
    closed_round,
    make_district,
    neighbour,
    show,
    tie,
)
from throughline.schools.models import Affiliation, Group, Role
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db
PAGE = "/s/tidewater/schools/"


def main_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def words_of(html: str) -> str:
    """What a page says, without the dates on which something was."""
    without = re.sub(r"<time\b.*?</time>|<svg\b.*?</svg>", " ", html, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", without))


@pytest.fixture
def district() -> Any:
    """A district with three schools of different shapes, and one that shares nothing."""
    place, lead = make_district()
    neighbour(
        "Quay",
        place,
        {"timely-support": "earned", "feedback-for-growth": "in-progress"},
        priorities=("feedback-for-growth",),
        may_be_asked=True,
    )
    neighbour(
        "Anchor",
        place,
        {"vision-of-success": "earned", "timely-support": "in-progress", "mentoring": "aside"},
        earlier={"vision-of-success": "in-progress"},
        priorities=("feedback-for-growth", "timely-support"),
    )
    neighbour("Mole", place, {"stakeholder-buy-in": "earned"})
    silent = make_school("Silent Cove")
    tie(silent, place)
    closed_round(silent, {"mentoring": "earned"})
    return client_of(lead), place, lead


def test_a_district_lead_looks_at_three_schools_and_cannot_rank_them(district: Any) -> None:
    client, _place, _lead = district
    html = main_of(client)
    heads = re.findall(r'role="columnheader"><a [^>]*><bdi>(.*?)</bdi>', html)
    assert heads == ["Anchor", "Mole", "Quay"]
    assert not re.search(r"\d", words_of(html)), "a number would be something to compare"
    assert "sort" not in html
    assert not re.search(r"data-|aria-sort|value=", html[html.index("<table") : html.index("</table>")])
    for asked in ("?sort=earned", "?order=-earned", "?view=earned"):
        assert (
            re.findall(r'role="columnheader"><a [^>]*><bdi>(.*?)</bdi>', main_of(client, PAGE + asked))
            == heads
        )


def test_every_cell_says_in_words_what_its_mark_shows(district: Any) -> None:
    client, _place, _lead = district
    html = main_of(client)
    row = html[html.index(">Timely Support <") :]
    row = row[: row.index("</tr>")]
    assert re.findall(r'<bdi>(.*?)</bdi>.*?class="state by-mark">([^<]*)<', row, flags=re.S) == [
        ("Anchor", "in progress"),
        ("Mole", "not started"),
        ("Quay", "earned"),
    ]
    assert "left out" in html and "a private reason" not in html


def test_a_school_that_shares_nothing_is_not_there_and_not_missed(district: Any) -> None:
    client, _place, _lead = district
    assert "Silent Cove" not in main_of(client)


def test_common_priorities_and_who_could_help(district: Any) -> None:
    client, _place, _lead = district
    said = " ".join(words_of(main_of(client)).replace("\u2068", "").replace("\u2069", "").split())
    assert "Feedback for Growth Anchor and Quay" in said
    assert "Quay has earned it and is happy to be asked. Anchor is working on it." in said
    assert "Mole has earned it" not in said
    assert "a private why" not in said and "A private lead" not in said


def test_then_and_now_shows_what_was_before_in_words_too(district: Any) -> None:
    client, _place, _lead = district
    assert "before: in progress" not in main_of(client)
    assert "before: in progress" in words_of(main_of(client, PAGE + "?view=then"))


def test_what_is_withdrawn_or_untied_is_gone_at_once(district: Any) -> None:
    client, place, _lead = district
    Share.objects.filter(organisation__name="Quay").update(withdrawn_at=clock.now())
    Share.objects.filter(organisation__name="Mole").update(ends_at=clock.now())
    assert "Anchor" in main_of(client) and "Quay" not in main_of(client) and "Mole" not in main_of(client)
    Affiliation.objects.filter(organisation__name="Anchor", to=place).update(ended_at=clock.now())
    html = main_of(client)
    assert "Anchor" not in html and "Nothing is shared with you yet" in html


def test_what_is_shared_with_others_is_not_shown_here(district: Any) -> None:
    client, _place, _lead = district
    other, _other_lead = make_district("Elsewhere")
    neighbour("Hidden Bay", other, {"mentoring": "earned"})
    assert "Hidden Bay" not in main_of(client)


def test_a_school_never_sees_another_and_only_readers_look(district: Any) -> None:
    client, place, _lead = district
    school = make_school("Buoy")
    tie(school, place)
    mine = client_of(make_member(school, "Buoy lead", Role.LEAD))
    assert mine.get(PAGE).status_code == 404
    assert mine.get("/s/buoy/schools/").status_code == 404
    assert client_of(make_member(place, "Parent", Role.FAMILY)).get(PAGE).status_code == 403
    assert client_of(make_member(place, "Board", Role.BOARD)).get(PAGE).status_code == 200
    assert '<a href="/s/tidewater/schools/"' in client.get("/s/tidewater/").content.decode()


def test_each_framework_stands_apart_unless_one_version_came_from_the_other(district: Any) -> None:
    client, place, _lead = district
    lone = make_school("Lone")
    tie(lone, place)
    lead = make_member(lone, "Lone lead", Role.LEAD)
    first = publish(a_plan("1", "Tide words"), owner=lone, by=lead).version
    show(closed_round(lone, {"a": "earned", "b": "earned"}, version=first), place)
    html = main_of(client)
    assert html.count("<table") == 2 and "Tide words" in html


def test_a_school_on_an_older_version_stands_beside_one_on_the_newer_where_the_idea_is_the_same() -> None:
    place, lead = make_district()
    owner = make_school("Author")
    tie(owner, place)
    author = make_member(owner, "Author lead", Role.LEAD)
    old = publish(a_plan("1", "Tide words"), owner=owner, by=author).version
    new = publish(a_plan("2", "Tide words again"), owner=owner, by=author, supersedes=old).version
    assert set(ItemFate.objects.filter(version=new).values_list("kind", flat=True)) == {"same"}
    late = make_school("Late")
    tie(late, place)
    show(closed_round(late, {"a": "earned"}, version=old, priorities=("b",)), place)
    show(closed_round(owner, {"a": "in-progress"}, version=new, priorities=("b",)), place)
    html = main_of(client_of(lead))
    assert html.count("<table") == 1 and "Tide words again" in html
    row = html[html.index(">Thing a <") :]
    assert re.findall(r'state by-mark">([^<]*)<', row[: row.index("</tr>")]) == ["in progress", "earned"]
    assert "Thing b" in html[html.index("What several schools are working on") :]


def a_plan(number: str, title: str) -> Blueprint:
    items = tuple(
        CompetencyPlan(code=code, name=f"Thing {code}", level="foundational") for code in ("a", "b")
    )
    return Blueprint(
        code="tide",
        number=number,
        language="en",
        title=title,
        content={"steps": default_steps(), "steps_are_default": True},
        domains=(DomainPlan(code="d", name="Domain", competencies=items),),
    )


def test_a_group_is_named_and_set_beside_nobody(district: Any) -> None:
    client, place, _lead = district
    school = make_school("Pier")
    tie(school, place)
    group = Group.objects.create(organisation=school, kind="subject", name="Knots")
    show(closed_round(school, {"timely-support": "earned"}, group=group), place)
    html = main_of(client)
    assert "Knots" in html
    assert "Pier" not in re.findall(r'role="columnheader"><a [^>]*><bdi>(.*?)</bdi>', html)


def test_the_page_costs_the_same_for_three_schools_and_for_ten(
    district: Any, django_assert_num_queries: Any
) -> None:
    client, place, _lead = district
    main_of(client)
    with django_assert_num_queries(6):
        client.get(PAGE)
    for number in range(7):
        neighbour(f"More {number}", place, {"mentoring": "earned"}, earlier={}, may_be_asked=True)
    with django_assert_num_queries(6):
        client.get(PAGE)
