"""A plan from a spreadsheet: whatever its headings, all of it or nothing, the same file twice, and out and in again."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import add_action, change_action
from throughline.plans.housekeeping import forget_plan_tables
from throughline.plans.models import Action, Goal, LogEntry, OutsideKey, PlanTable
from throughline.plans.tables.actions import (
    Chosen,
    bring_table,
    choose_columns,
    import_table,
    order_of,
    put_aside,
    read_lines,
)
from throughline.plans.tables.columns import guessed, state_said
from throughline.plans.tables.days import day_said, order_in
from throughline.plans.tables.reading import read_table
from throughline.plans.tables.rules import Named, counted, unknown_names
from throughline.plans.tables.writing import as_csv, as_xlsx
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db

SPANISH = """Meta;Acción;Responsable;Fecha límite;Estado
Toda persona sabe qué sigue;Escribir la rúbrica;{owner};31/03/2027;en curso
Toda persona sabe qué sigue;Preguntar a las familias;{email};05/04/2027;pendiente
"""


def table(text: str, by: Membership) -> PlanTable:
    bring_table(name="plan.csv", raw=text.encode(), by=by)
    return PlanTable.objects.get(made_by=by)


def spanish(educator: Membership, lead: Membership) -> PlanTable:
    return table(SPANISH.format(owner=educator.name, email=lead.person.email), lead)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(by: Membership) -> list[object]:
    rows = Action.objects.filter(organisation=by.organisation_id).order_by("goal__position", "position")
    names = ("id", "title", "goal__title", "owner", "starts_on", "due_on", "state", "done_when", "resources")
    return list(rows.values_list(*names, "version"))


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Action", "Owner", "Due date"], {"title": 0, "owner": 1, "due_on": 2}),
        (
            ["Objetivo", "Actividad", "Encargado", "Fecha límite"],
            {"goal": 0, "title": 1, "owner": 2, "due_on": 3},
        ),
        (["ACTION STEP", "Person responsible", "STATUS"], {"title": 0, "owner": 1, "state": 2}),
        (["Color", "Shape"], {}),
    ],
)
def test_columns_are_guessed(headings: list[str], found: dict[str, int]) -> None:
    assert guessed(headings) == found


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["31/3/2027", "1/2/2027"], "day"),
        (["3/31/2027", "1/2/2027"], "month"),
        (["3/4/2027"], None),
        (["2027-03-04", "4/4/2027", ""], ""),
    ],
)
def test_which_number_is_the_day_is_told_by_the_table_or_asked(texts: list[str], order: str | None) -> None:
    assert order_in(texts) == order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2027-03-04", "", date(2027, 3, 4)),
        ("2027-03-04 00:00:00", "", date(2027, 3, 4)),
        ("3/4/2027", "day", date(2027, 4, 3)),
        ("3/4/27", "month", date(2027, 3, 4)),
        ("4 de marzo de 2027", "", date(2027, 3, 4)),
        ("March 4th, 2027", "", date(2027, 3, 4)),
        ("31/02/2027", "day", None),
        ("soon", "", None),
    ],
)
def test_days_as_people_write_them(text: str, order: str, day: date | None) -> None:
    assert day_said(text, order) == day


def test_states_in_both_languages() -> None:
    assert [state_said(each) for each in ("In progress", "Hecho", "under-way", "maybe")] == [
        "under-way",
        "done",
        "under-way",
        None,
    ]


def test_a_spanish_table_becomes_goals_and_actions(
    journey: Journey, lead: Membership, educator: Membership
) -> None:
    came = import_table(table=spanish(educator, lead), journey=journey, by=lead)
    assert (came.new, came.changed, came.goals) == (2, 0, 1)
    first, second = Action.objects.order_by("position")
    assert (first.title, first.owner, first.due_on, first.state) == (
        "Escribir la rúbrica",
        educator,
        date(2027, 3, 31),
        "under-way",
    )
    assert (second.owner, second.due_on, second.state) == (lead, date(2027, 4, 5), "planned")
    assert first.goal == second.goal == Goal.objects.get()
    assert not PlanTable.objects.exists()


def test_the_same_file_twice_changes_nothing(
    journey: Journey, lead: Membership, educator: Membership
) -> None:
    import_table(table=spanish(educator, lead), journey=journey, by=lead)
    before = told(lead)
    again = import_table(table=spanish(educator, lead), by=lead)
    assert (again.new, again.changed, again.goals) == (0, 0, 0)
    assert told(lead) == before and not LogEntry.objects.exists()


def test_a_key_finds_an_action_under_another_name(lead: Membership) -> None:
    import_table(table=table("ID,Task\nA-1,Ask families\n", lead), by=lead)
    came = import_table(table=table("ID,Task\nA-1,Ask all families\nA-2,Print\n", lead), by=lead)
    assert (came.new, came.changed) == (1, 1)
    assert sorted(Action.objects.values_list("title", flat=True)) == ["Ask all families", "Print"]
    assert OutsideKey.objects.count() == 2


def test_what_changed_in_the_table_changes_in_the_plan_and_its_log_says_so(
    lead: Membership, educator: Membership
) -> None:
    import_table(table=table("Task,Owner,Due\nPrint,,2027-03-01\n", lead), by=lead)
    other = table(f"Task,Owner,Due\nPrint,{educator.name},2027-03-08\n", lead)
    assert counted(read_lines(other))["changed"] == 1
    import_table(table=other, by=lead)
    action = Action.objects.get()
    assert (action.owner, action.due_on, action.version) == (educator, date(2027, 3, 8), 2)
    assert LogEntry.objects.get().data == {
        "due_on": ["2027-03-01", "2027-03-08"],
        "owner": [None, str(educator.pk)],
    }


def test_rows_that_cannot_be_taken_say_why_and_nothing_comes_in(lead: Membership) -> None:
    rows = "Task,Owner,Start,Due,Status\nGood,,,,\nBad,Nobody Known,2027-02-30,,perhaps\nTurned,,2027-03-02,2027-03-01,\n,,2027-01-01,,\nGood,,,,\n"
    held = table(rows, lead)
    wrong = {line.row: [name for name, _sentence in line.wrong] for line in read_lines(held) if line.wrong}
    assert wrong == {3: ["Owner", "Start", "Status"], 4: ["Due"], 5: ["Task"], 6: ["Task"]}
    with pytest.raises(ValidationError):
        import_table(table=held, by=lead)
    assert not Action.objects.exists() and PlanTable.objects.exists()


def test_an_unknown_owner_is_left_out_when_that_is_chosen(lead: Membership, educator: Membership) -> None:
    held = table("Task,Owner\nOne,Nobody Known\n", lead)
    assert [line.unknown for line in read_lines(held)] == [[Named("Nobody Known", settled=False)]]
    columns = held.chosen["columns"]
    held = choose_columns(table=held, chosen=Chosen(columns, without_owner=True), by=lead)
    import_table(table=held, by=lead)
    assert Action.objects.get().owner is None


NAMED = "Task,Owner,Helpers\nOne,Mrs. T,\nTwo,mrs. t ,The office\nThree,The office,Mrs. T; Nobody\n"


def chosen_for(held: PlanTable, people: dict[str, str | None], without_owner: bool = False) -> Chosen:
    return Chosen(held.chosen["columns"], without_owner=without_owner, people=people)


def test_who_is_meant_is_chosen_name_by_name_for_every_row_with_it(
    lead: Membership, educator: Membership
) -> None:
    held = table(NAMED, lead)
    assert unknown_names(read_lines(held)) == {
        "mrs. t": "Mrs. T",
        "the office": "The office",
        "nobody": "Nobody",
    }
    chosen = chosen_for(held, {"mrs. t": str(educator.pk), "the office": ""})
    held = choose_columns(table=held, chosen=chosen, by=lead)
    first, second, third = read_lines(held)
    assert first.unknown == [Named("Mrs. T", settled=True, who=educator.name)]
    assert [each.who for each in second.unknown] == [educator.name, ""] and not second.wrong
    assert [name for name, _sentence in third.wrong] == ["Helpers"]
    with pytest.raises(ValidationError):
        import_table(table=held, by=lead)
    held = choose_columns(table=held, chosen=chosen_for(held, {"nobody": ""}), by=lead)
    import_table(table=held, by=lead)
    assert dict(Action.objects.values_list("title", "owner")) == {
        "One": educator.pk,
        "Two": educator.pk,
        "Three": None,
    }
    assert list(Action.objects.get(title="Three").helpers.values_list("membership", flat=True)) == [
        educator.pk
    ]


def test_a_choice_for_a_name_can_be_taken_back_and_does_not_touch_other_names(
    lead: Membership, educator: Membership
) -> None:
    held = table(NAMED, lead)
    held = choose_columns(
        table=held, chosen=chosen_for(held, {"mrs. t": str(educator.pk)}, without_owner=True), by=lead
    )
    assert [line.becomes for line in read_lines(held)] == ["new", "new", "new"]
    assert read_lines(held)[2].unknown[1] == Named("Mrs. T", settled=True, who=educator.name)
    held = choose_columns(table=held, chosen=chosen_for(held, {"mrs. t": None}), by=lead)
    assert "people" in held.chosen and not held.chosen["people"]
    assert all(line.wrong for line in read_lines(held))


def test_only_somebody_who_is_here_can_be_meant(
    lead: Membership, educator: Membership, outsider: Membership
) -> None:
    held = table(NAMED, lead)
    for key in (str(outsider.pk), "nonsense"):
        with pytest.raises(ValidationError, match="belong"):
            choose_columns(table=held, chosen=chosen_for(held, {"mrs. t": key}), by=lead)
    held = choose_columns(table=held, chosen=chosen_for(held, {"mrs. t": str(educator.pk)}), by=lead)
    Membership.objects.filter(pk=educator.pk).update(left_at=clock.now())
    assert read_lines(held)[0].wrong


def test_two_of_one_name_can_be_told_apart_by_choosing(
    lead: Membership, educator: Membership, learner: Membership
) -> None:
    Membership.objects.filter(pk=learner.pk).update(name=educator.name)
    held = table(f"Task,Owner\nOne,{educator.name}\n", lead)
    chosen = chosen_for(held, {educator.name.casefold(): str(educator.pk)})
    [line] = read_lines(choose_columns(table=held, chosen=chosen, by=lead))
    assert line.told["owner"] == educator.pk


def test_two_of_one_name_are_told_apart_by_their_address(
    lead: Membership, educator: Membership, learner: Membership
) -> None:
    Membership.objects.filter(pk=learner.pk).update(name=educator.name)
    [line] = read_lines(table(f"Task,Owner\nOne,{educator.name}\n", lead))
    assert "More than one person" in line.wrong[0][1]
    [line] = read_lines(table(f"Task,Owner\nOne,{educator.person.email}\n", lead))
    assert line.told["owner"] == educator.pk


def test_dates_that_can_be_read_in_two_ways_are_asked_about(lead: Membership) -> None:
    held = table("Task,Due\nOne,3/4/2027\n", lead)
    assert order_of(held) is None
    with pytest.raises(ValidationError, match="which number"):
        import_table(table=held, by=lead)
    held = choose_columns(table=held, chosen=Chosen(held.chosen["columns"], "month"), by=lead)
    import_table(table=held, by=lead)
    assert Action.objects.get().due_on == date(2027, 3, 4)


def test_other_columns_can_be_chosen_but_none_twice(lead: Membership) -> None:
    held = table("Color,Shape\nOne,Two\n", lead)
    with pytest.raises(ValidationError):
        choose_columns(table=held, chosen=Chosen({"title": 0, "goal": 0}), by=lead)
    held = choose_columns(table=held, chosen=Chosen({"title": 1}), by=lead)
    import_table(table=held, by=lead)
    assert Action.objects.get().title == "Two"


def test_new_goals_need_a_journey(lead: Membership, journey: Journey) -> None:
    held = table("Goal,Task\nA goal,One\n", lead)
    with pytest.raises(ValidationError, match="journey"):
        import_table(table=held, by=lead)
    assert not Goal.objects.exists() and not Action.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_unchanged(
    form: str, action: Action, goal: Goal, lead: Membership, educator: Membership
) -> None:
    add_action(
        goal=goal,
        title='=cmd|"/c calc"!A1',
        owner=lead,
        helpers=[educator],
        starts_on=clock.today(),
        due_on=clock.today() + timedelta(days=3),
        done_when="Two\nlines; and “more”",
        resources="-1 hour",
        by=lead,
    )
    alone = add_action(title="@Alone", by=lead)
    change_action(action=alone, title="+Alone", by=lead)
    before = told(lead)
    out = (as_csv if form == "csv" else as_xlsx)(lead.organisation_id)
    held = bring_table(name=f"plan.{form}", raw=out, by=lead)
    lines = read_lines(PlanTable.objects.get())
    assert counted(lines) == {"new": 0, "changed": 0, "same": 3, "goal": 0, "wrong": 0}
    came = import_table(table=held, by=lead)
    assert (came.new, came.changed, came.goals) == (0, 0, 0)
    assert told(lead) == before


def test_it_comes_out_of_one_school_and_into_another(
    action: Action, lead: Membership, outsider: Membership
) -> None:
    out = as_csv(lead.organisation_id)
    held = bring_table(name="plan.csv", raw=out, by=outsider)
    choose_columns(table=held, chosen=Chosen(held.chosen["columns"], without_owner=True), by=outsider)
    lines = read_lines(PlanTable.objects.get(pk=held.pk))
    assert [(line.becomes, line.action) for line in lines] == [("new", None)]


def test_no_cell_that_goes_out_is_a_formula(action: Action, lead: Membership) -> None:
    for title in ("=1+1", "+1", "-1", "@SUM(A1)"):
        add_action(title=title, by=lead)
    text = as_csv(lead.organisation_id).decode()
    for title in ("=1+1", "+1", "-1", "@SUM(A1)"):
        assert f",'{title}," in text


def test_a_workbook_with_dates_and_formulas(lead: Membership) -> None:
    raw = workbook(["Our plan"], [], ["Task", "Due"], ["One", date(2027, 3, 4)], ["=UPPER(A4)", "2027-03-05"])
    lines = read_lines(bring_table_of(raw, lead))
    assert lines[0].told == {"title": "One", "due_on": date(2027, 3, 4)}
    assert lines[1].row == 5 and "formula without a stored result" in lines[1].wrong[0][1]


def bring_table_of(raw: bytes, by: Membership) -> PlanTable:
    return PlanTable.objects.get(pk=bring_table(name="plan.xlsx", raw=raw, by=by).pk)


def _with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["Task"], ["One"]))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02\x03" * 40,
        b"Task\n",
        b"Task,Due\n" + b"One,\n" * 2_001,
        b"Task,Due\n" + b"One,2027-01-01\n" * 100_000,
        b"a," * 200 + b"\n" + b"b," * 200,
        b"x" * (6 * 1024 * 1024),
        _with_part(SHEET, b"<row " * 100_000),
        _with_part(SHEET, b" " * (60 * 1024 * 1024)),
        _with_part(SHEET, ENTITIES),
        b"PK\x03\x04 no archive",
        workbook(["Task"], ["One"])[:-200],
    ],
    ids=[
        "empty",
        "binary",
        "headings",
        "many",
        "hundred-thousand",
        "wide",
        "large",
        "rows",
        "bomb",
        "entities",
        "zip",
        "cut",
    ],
)
def test_hostile_files_are_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        read_table(raw)
    assert len(refused.value.messages[0]) > 15


def test_only_those_who_change_the_plan_bring_one_in(educator: Membership, lead: Membership) -> None:
    held = table("Task\nOne\n", lead)
    for verb in (
        lambda: bring_table(name="x", raw=b"Task\nOne\n", by=educator),
        lambda: choose_columns(table=held, chosen=Chosen({"title": 0}), by=educator),
        lambda: import_table(table=held, by=educator),
        lambda: put_aside(table=held, by=educator),
    ):
        with pytest.raises(Refused):
            verb()
    assert not Action.objects.exists()


def test_a_table_put_aside_or_forgotten_is_gone(lead: Membership) -> None:
    put_aside(table=table("Task\nOne\n", lead), by=lead)
    assert not PlanTable.objects.exists()
    table("Task\nOne\n", lead)
    forget_plan_tables()
    assert PlanTable.objects.exists()
    with clock.standing_at(clock.now() + timedelta(days=8)):
        forget_plan_tables()
    assert not PlanTable.objects.exists()
