"""Pages of tables: a file, what its columns mean, what each row becomes, all of it in the plan; and the plan as files."""

from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from throughline.journeys.models import Journey
from throughline.plans.models import Action, PlanTable
from throughline.plans.tables.actions import read_lines
from throughline.plans.tables.forms import ColumnsForm
from throughline.plans.tables.rules import unknown_names
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, held: PlanTable | None = None) -> str:
    more = {"table_id": held.pk} if held else {}
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def brought(by: Membership, text: str) -> PlanTable:
    said = {"file": SimpleUploadedFile("ours.csv", text.encode()), "_once": uuid4()}
    client_of(by).post(at("tables"), said)
    return PlanTable.objects.get(made_by=by)


def test_a_table_is_brought_in_step_by_step(journey: Journey, lead: Membership) -> None:
    client = client_of(lead)
    held = brought(lead, "Objetivo,Cosa,Plazo\nA goal,Ask families,3/4/2027\n")
    page = shown(client.get(at("table", held)))
    assert "This row names" not in page and "Bring all of it in" not in page
    said = {"goal": 0, "title": 1, "due_on": 2, "order": "day"}
    page = shown(client.post(at("table-columns", held), said, follow=True))
    assert "a new action" in page and "Bring all of it in" in page
    answer = client.post(at("table-into", held), {"journey": journey.pk}, follow=True)
    assert "1 new action" in shown(answer)
    action = Action.objects.get()
    assert (action.title, str(action.due_on)) == ("Ask families", "2027-04-03")
    assert client.get(at("table", held)).status_code == 404


def test_a_row_that_is_wrong_is_named_by_its_place_in_the_file(lead: Membership) -> None:
    held = brought(lead, "Task,Owner\nOne,Nobody Known\n")
    page = client_of(lead).get(at("table", held))
    assert "Nobody here is called “Nobody Known”" in shown(page)
    assert '<th scope="row" class="figures">2</th>' in shown(page)
    refused = client_of(lead).post(at("table-into", held))
    assert refused.status_code == 422 and "Nothing has been changed" in shown(refused)


def test_who_an_unknown_name_means_is_asked_on_the_page_once_for_all_rows(
    lead: Membership, educator: Membership
) -> None:
    client = client_of(lead)
    held = brought(lead, "Task,Owner\nOne,Mrs. T\nTwo,Mrs. T\nThree,Somebody Else\n")
    page = shown(client.get(at("table", held)))
    assert page.count("Who is “Mrs. T”?") == 1 and "Who is “Somebody Else”?" in page
    form = ColumnsForm(
        headings=held.headings, chosen=held.chosen, unknown=unknown_names(read_lines(held)), people=[]
    )
    first, second = (each.name for each in form.asked)
    said = {"title": 0, "owner": 1, first: str(educator.pk), second: "nobody"}
    page = shown(client.post(at("table-columns", held), said, follow=True))
    assert page.count(f"“<bdi>Mrs. T</bdi>” is <bdi>{educator.name}</bdi>") == 2
    assert "“<bdi>Somebody Else</bdi>” is left out" in page and "Bring all of it in" in page
    client.post(at("table-into", held))
    assert dict(Action.objects.values_list("title", "owner")) == {
        "One": educator.pk,
        "Two": educator.pk,
        "Three": None,
    }


def test_somebody_who_is_not_offered_cannot_be_chosen(lead: Membership, outsider: Membership) -> None:
    held = brought(lead, "Task,Owner\nOne,Mrs. T\n")
    form = ColumnsForm(headings=held.headings, chosen=held.chosen, unknown={"mrs. t": "Mrs. T"}, people=[])
    said = {"title": 0, "owner": 1, form.asked[0].name: str(outsider.pk)}
    assert client_of(lead).post(at("table-columns", held), said).status_code == 422


def test_a_file_that_is_no_table_is_refused_on_the_page(lead: Membership) -> None:
    file = SimpleUploadedFile("ours.xlsx", b"PK\x03\x04 nothing")
    page = client_of(lead).post(at("tables"), {"file": file})
    assert page.status_code == 422 and "damaged" in shown(page)


def test_columns_chosen_twice_come_back(lead: Membership) -> None:
    held = brought(lead, "Task,Owner\nOne,\n")
    page = client_of(lead).post(at("table-columns", held), {"title": 0, "goal": 0})
    assert page.status_code == 422 and "one thing only" in shown(page)


def test_a_table_is_seen_by_whoever_brought_it_alone(
    lead: Membership, team: Membership, educator: Membership, outsider: Membership, learner: Membership
) -> None:
    held = brought(lead, "Task\nOne\nTwo\n")
    for other in (team, educator, outsider):
        assert client_of(other).get(at("table", held)).status_code == 404
    assert client_of(educator).post(at("tables")).status_code == 403
    for name in ("tables", "plan-csv", "plan-zip", "plan-xlsx", "plan-pdf"):
        assert client_of(learner).get(at(name)).status_code == 403
        assert client_of(outsider).get(at(name)).status_code == 404
    client_of(lead).post(at("table-drop", held))
    assert not PlanTable.objects.exists()


def test_the_plan_goes_out_as_files(action: Action, educator: Membership) -> None:
    client = client_of(educator)
    assert action.title in client.get(at("plan-csv")).content.decode()
    assert client.get(at("plan-xlsx")).content.startswith(b"PK")
    sizes = []
    for paper in ("a4", "letter"):
        page = pypdf.PdfReader(BytesIO(client.get(at("plan-pdf") + f"?paper={paper}").content)).pages[0]
        sizes.append(round(float(page.mediabox.width)))
        assert action.title in page.extract_text() and educator.name in page.extract_text()
    assert sizes == [595, 612]


def test_a_long_table_asks_no_more_than_a_short_one(
    journey: Journey, lead: Membership, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = client_of(lead)
    for rows in (2, 150):
        held = brought(lead, "Goal,Task\n" + "".join(f"A goal,Task {number}\n" for number in range(rows)))
        client.get(at("table", held))
        with django_assert_num_queries(9):
            client.get(at("table", held))
        with django_assert_num_queries(4):
            client.get(at("tables"))
        client.post(at("table-into", held), {"journey": journey.pk})
        unknown = brought(lead, "Task,Owner\n" + "".join(f"Say {n},Name {n}\n" for n in range(rows)))
        client.get(at("table", unknown))
        with django_assert_num_queries(10):
            client.get(at("table", unknown))
        with django_assert_num_queries(8):
            client.get(at("plan-csv"))
        with django_assert_num_queries(13):
            client.get(at("plan-zip"))
