"""Importing CASE packages: a person's choice of nodes, all or nothing, and again without effect."""

import copy
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.activity.models import Event
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.mapping import Choice, Pick, blueprint_of, propose
from throughline.frameworks.case.reading import read_case
from throughline.frameworks.models import Competency, Domain, Framework, FrameworkVersion, Indicator
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tests.packages import Table, child_of, garden, ident, import_case, item, raw
from throughline.frameworks.tree import tree
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation
from throughline.testing import make_school

pytestmark = pytest.mark.django_db
TABLES = (Framework, FrameworkVersion, Domain, Competency, Indicator, Event)


def rows() -> list[int]:
    return [model.objects.count() for model in TABLES]


def bring(package: Table, owner: Organisation | None, **choice: Any) -> Any:
    return import_case(raw(package), owner, Choice(**choice))


def shape(package: Table, **choice: Any) -> dict[str, list[str]]:
    plan, _notes = blueprint_of(read_case(raw(package)), Choice(**choice))
    return {domain.name: [each.name for each in domain.competencies] for domain in plan.domains}


def test_the_proposal_makes_domains_competencies_and_indicators(school: Organisation) -> None:
    done = bring(garden(), school)
    made = tree(done.version.pk, "en")
    assert [domain.name for domain in made.domains] == ["Soil", "Water"]
    compost = made.competencies[0]
    assert (compost.name, compost.code, compost.level) == ("Compost", "s-1", "foundational")
    assert compost.lede == compost.description == "Builds a compost heap that gets warm."
    said = replace(compost, name="Warm & deep", description="**Warm** &amp; *deep*")
    assert said.lede == "", "a name is not said twice, and never with its markup"
    assert replace(said, description="**Warm** for $x^2$ days").lede == "Warm for $x^2$ days"
    assert [each.text for each in compost.indicators] == [
        "The pile reaches 120 °F (50 °C).",
        "Kitchen waste goes in, plastic does not.",
    ]
    assert Competency.objects.get(pk=compost.id).source_identifier == ident(3)
    assert made.attribution == "Allotment Society · Garden Press"
    assert done.version.number == "2024-03-01"


def test_a_framework_without_steps_gets_four_in_the_readers_language(school: Organisation) -> None:
    done = bring(garden(), school)
    assert len(tree(done.version.pk, "en").step_labels) == 4
    assert tree(done.version.pk, "en").step_label(1) == "Not yet"
    assert len(done.version.content["steps"]) == 4


def test_nodes_can_be_chosen_by_type() -> None:
    chosen = shape(garden(), domains=Pick(kinds=("Area",)), competencies=Pick(kinds=("skill", "Deep skill")))
    assert chosen == {
        "Soil": ["Compost", "Tests soil before planting."],
        "Water": ["Waters at the right hour."],
    }


def test_nodes_can_be_chosen_by_identifier_or_code() -> None:
    chosen = shape(garden(), domains=Pick(ids=(ident(1),)), competencies=Pick(ids=("S.2", ident(3))))
    assert chosen == {"Soil": ["Compost", "Tests soil before planting."]}


def test_the_document_itself_can_be_the_domain() -> None:
    assert shape(garden(), domains=Pick(depth=0), competencies=Pick(depth=1)) == {
        "Allotment skills": ["Soil", "Water"]
    }


def test_what_is_not_chosen_follows_from_what_is() -> None:
    assert shape(garden(), competencies=Pick(depth=3)) == {
        "Compost": ["The pile reaches 120 °F (50 °C).", "Kitchen waste goes in, plastic does not."]
    }
    assert shape(garden(), domains=Pick(ids=(ident(2),))) == {"Water": ["Waters at the right hour."]}


def test_a_heading_of_the_chosen_type_is_the_domain() -> None:
    package = garden()
    package["CFItems"][0]["CFItemType"] = "Skill"
    assert list(shape(package, competencies=Pick(kinds=("Skill",)))) == ["Soil"]


def test_levels_and_indicators_are_a_choice() -> None:
    package = read_case(raw(garden()))
    plan, _notes = blueprint_of(package, Choice(advanced=Pick(kinds=("Deep skill",)), indicators=False))
    assert [each.level for each in plan.competencies] == ["foundational", "foundational", "advanced"]
    assert not any(each.indicators for each in plan.competencies)
    _plan, notes = blueprint_of(package, Choice(most_indicators=1))
    assert any("too many for indicators" in note for note in notes)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"domains": Pick(depth=9)}, "depth 9"),
        ({"domains": Pick(kinds=("Planet",))}, "types in this package: Area, Deep skill"),
        ({"competencies": Pick(ids=("nobody",))}, "No item has the identifier"),
        ({"domains": Pick(depth=2), "competencies": Pick(depth=1)}, "not under a domain"),
        ({"domains": Pick(depth=1), "competencies": Pick(depth=1)}, "both as domain and as competency"),
        ({"domains": Pick(depth=3)}, "no competencies under"),
    ],
)
def test_a_choice_that_makes_no_framework_is_refused(choice: dict[str, Pick], says: str) -> None:
    with pytest.raises(FrameworkProblem, match=says):
        shape(garden(), **choice)


def test_a_flat_list_is_one_domain_and_a_single_chain_is_followed_down() -> None:
    package = garden()
    package["CFItems"] = [item(n, f"Bed {n}") for n in range(1, 4)]
    package["CFAssociations"] = []
    assert shape(package) == {"Allotment skills": ["Bed 1", "Bed 2", "Bed 3"]}
    package["CFItems"] = [item(n, f"Bed {n}") for n in range(1, 9)]
    package["CFAssociations"] = [child_of(1, None), child_of(2, 1), *(child_of(n, 2) for n in range(3, 9))]
    assert propose(read_case(raw(package))).domains.depth == 2
    package["CFItems"] = package["CFItems"][:1]
    package["CFAssociations"] = []
    assert shape(package) == {"Allotment skills": ["Bed 1"]}


def test_codes_that_are_not_unique_give_way_to_identifiers() -> None:
    package = garden()
    package["CFItems"][3]["humanCodingScheme"] = "S.1"
    plan, _notes = blueprint_of(read_case(raw(package)), Choice())
    assert [each.code for each in plan.competencies] == [ident(3), ident(4), "w-1"]
    assert plan.content["source_codes"][ident(4)] == "S.1"


def test_the_same_package_again_changes_nothing(school: Organisation) -> None:
    first = bring(garden(), school)
    before = rows()
    again = bring(garden(), school)
    assert (again.changed, again.version) == (0, first.version)
    assert rows() == before
    later = garden()
    later["CFDocument"]["lastChangeDateTime"] = "2025-01-01T00:00:00Z"
    assert bring(later, school).changed == 0


def test_a_changed_package_is_a_new_version_and_the_old_one_stays(school: Organisation) -> None:
    bring(garden(), school)
    later = garden()
    later["CFItems"][2]["fullStatement"] = "Builds a compost heap that steams."
    same_day = bring(later, school)
    assert same_day.version.number == "2024-03-01.2"
    later["CFItems"][2].update(abbreviatedStatement="Heap", lastChangeDateTime="2024-05-06T00:00:00Z")
    assert bring(later, school).version.number == "2024-05-06"
    assert Framework.objects.get().versions.count() == 3
    assert bring(garden(), school).changed == 0


def test_two_schools_have_the_same_package_apart(school: Organisation) -> None:
    other = make_school("Stonefield")
    mine, theirs = bring(garden(), school).version, bring(garden(), other).version
    shared = bring(garden(), None).version
    assert mine != theirs
    assert set(versions_visible_to(school)) == {mine, shared}
    assert set(versions_visible_to(other)) == {theirs, shared}


def test_only_a_lead_imports_and_only_for_their_own_school(
    school: Organisation, lead: Membership, team: Membership, outsider: Membership
) -> None:
    package = raw(garden())
    for who, owner in ((team, school), (outsider, school), (lead, None)):
        with pytest.raises(Refused):
            import_case(package, owner, by=who)
    assert not FrameworkVersion.objects.exists()
    assert import_case(package, school, by=lead).changed
    assert Event.objects.get(verb="framework.published").actor_name == "Amara Okafor"


def test_long_statements_become_short_names_and_stay_whole_in_the_description() -> None:
    package = garden()
    long = "Waters **slowly** and " + "patiently " * 100 + "<script>alert(1)</script>"
    package["CFItems"][4]["fullStatement"] = long
    plan, _notes = blueprint_of(read_case(raw(package)), Choice())
    water = plan.competencies[2]
    assert len(water.name) <= 600
    assert water.name.startswith("Waters slowly and")
    assert water.description == long


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "garden.json"
    place.write_bytes(raw(garden()))
    return place


def command(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("import_framework", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_imports_rehearses_and_lists(file: Path, school: Organisation) -> None:
    listed = command(file, "--list")
    assert "Depths: 1: 2, 2: 3, 3: 2" in listed
    assert "Proposal: --domain-depth 1 --competency-depth 2" in listed
    assert "nothing was kept" in command(file, "--school", "harbour-bridge", "--dry-run")
    assert rows() == [0] * 6
    said = command(file, "--school", "harbour-bridge", "--advanced-type", "Deep skill")
    assert "Soil: competencies 2, indicators 2" in said
    assert "2 foundational, 1 advanced" in said
    assert "0 rows changed" in command(file, "--school", "harbour-bridge", "--advanced-type", "Deep skill")
    assert Framework.objects.get().owner == school


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Say for whom"),
        (["--school", "nowhere"], "no organization"),
        (["--shared", "--domain-depth", "7"], "depth 7"),
    ],
)
def test_the_command_refuses_with_a_sentence(file: Path, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        command(file, *arguments)
    with pytest.raises(CommandError, match="No such file"):
        command(file.parent / "none.json", "--shared")
    assert rows() == [0] * 6


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.just("\ud800"),
    st.just("\x00"),
    st.just([]),
    st.just({}),
    st.sampled_from([ident(1), ident(3), ident(99)]),
)


@st.composite
def mutated(draw: st.DrawFn) -> Table:
    """The garden after a few random acts: a value replaced, a key or a row removed, doubled or moved."""
    package: Any = copy.deepcopy(garden())
    for _act in range(draw(st.integers(1, 4))):
        place, steps = package, draw(st.integers(1, 4))
        for _step in range(steps):
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            deeper = place[key]
            if isinstance(deeper, dict | list) and deeper and draw(st.booleans()):
                place = deeper
                continue
            act = draw(st.sampled_from(["replace", "remove", "double", "swap"]))
            if act == "replace":
                place[key] = draw(JUNK)
            elif act == "remove":
                del place[key]
            elif isinstance(place, list):
                other = draw(st.sampled_from(keys))
                if act == "double":
                    place.append(copy.deepcopy(deeper))
                else:
                    place[key], place[other] = place[other], deeper
            break
    return package  # type: ignore[no-any-return]


PICKS = st.one_of(
    st.just(Pick()),
    st.builds(Pick, depth=st.integers(0, 3)),
    st.sampled_from([Pick(kinds=("Skill",)), Pick(kinds=("Area",)), Pick(ids=(ident(1),))]),
)


@given(package=mutated(), domains=PICKS, competencies=PICKS, advanced=PICKS)
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_to_a_package_it_imports_whole_or_leaves_nothing(
    db: None, package: Table, domains: Pick, competencies: Pick, advanced: Pick
) -> None:
    before = rows()
    choice = Choice(domains=domains, competencies=competencies, advanced=advanced)
    try:
        done = import_case(raw(package), None, choice)
    except FrameworkProblem as problem:
        assert problem.sentence
        assert rows() == before
    else:
        assert tree(done.version.pk, "en").competencies
        assert import_case(raw(package), None, choice).changed == 0


@given(content=st.binary(max_size=300))
@settings(max_examples=200)
def test_whatever_bytes_arrive_there_is_one_kind_of_error(content: bytes) -> None:
    with pytest.raises(FrameworkProblem):
        read_case(content)
