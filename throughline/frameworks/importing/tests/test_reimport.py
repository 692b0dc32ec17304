"""A file that was exported here comes back: nothing is lost, nothing is doubled, and what did not change is no version."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem
from throughline.frameworks.case.conversion import fitted
from throughline.frameworks.case.from_blueprint import native_package
from throughline.frameworks.case.mapping import Choice, Pick
from throughline.frameworks.case.schema import faults
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.case.validation import checked
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.importing.actions.publishing import publish_match
from throughline.frameworks.importing.matching import match_source
from throughline.frameworks.importing.sources import read_source
from throughline.frameworks.importing.tests.test_case_import import mutated
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import Framework, FrameworkVersion, ItemFate
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.frameworks.tables.reading import read_table
from throughline.frameworks.tables.tests.test_round_trip import blueprints
from throughline.frameworks.tables.writing import as_csv, as_xlsx
from throughline.frameworks.tests.case_plans import a_maker, plans
from throughline.frameworks.tests.packages import Table, garden
from throughline.schools.models import Organisation
from throughline.testing import make_school

pytestmark = pytest.mark.django_db

ROPE = """Identifier,Full Statement,Human Coding Scheme,Is Child Of
rope,Rope work,R,
rope-1,Ties a bowline,R.1,rope
rope-2,Splices,R.2,rope
"""
FLAT = """Identifier,Full Statement,Human Coding Scheme,CF Item Type,Is Child Of,Sequence Number
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0a0001,Keeps a garden log,GL.1,Skill,,1
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0a0002,Names ten local plants,GL.2,Skill,,2
"""
TREE = """Identifier,Full Statement,Human Coding Scheme,CF Item Type,Is Child Of,Sequence Number
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0001,Garden,G,Domain,,1
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0002,Knows soil,G.1,Standard,5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0001,1
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0003,Tests pH,G.1.a,Component,5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0002,1
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0004,Records the result,G.1.a.i,Detail,5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0003,1
5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0005,Knows water,G.2,Standard,5d0f2a3e-0c11-4c6e-9f60-1b1f6f0b0001,2
"""
SIMPLE = """Domain,Competency,Indicator,Code
Soil,Compost,Turns the heap,S.C
Soil,Mulch,,S.M
Water,Rain,,W.R
"""
TABLES = {"plain identifiers": ROPE, "flat": FLAT, "tree": TREE, "simple": SIMPLE}
EDITIONS = {"case-1.1": "1.1", "case-1.0": "1.0"}


def bring(raw: bytes, owner: Organisation | None, name: str = "from a file.csv") -> Any:
    source = read_source(BytesIO(raw), name)
    assert source.problems == []
    return publish_match(match_source(source, Choice(), owner), owner=owner, by=None)


def out(version: FrameworkVersion, form: str, *, beyond: bool = False) -> bytes:
    """The file, after a strict reader has looked at it; `beyond`: it came from others, with fields that CASE 1.0
    does not know and items without a parent.
    """
    made = FORMS[form].made(FrameworkVersion.objects.select_related("framework__owner").get(pk=version.pk))
    if form in EDITIONS:
        package = json.loads(made)
        wrong = list(faults(package, EDITIONS[form]))
        assert [each for each in wrong if not (beyond and each.endswith("is not known"))] == []
        names = identifiers(package)
        assert len(names) == len(set(names)), "every identifier once"
        above = parents(package)
        for name in above:
            seen = {name}
            while (name := above.get(name, "")) in above:
                assert name not in seen, "no circle"
                seen.add(name)
            assert beyond or name == package["CFDocument"]["identifier"].lower()
    return made


def identifiers(value: Any) -> list[str]:
    """The identifier of every object of a package, links to objects left out."""
    if isinstance(value, list):
        return [name for each in value for name in identifiers(each)]
    if not isinstance(value, dict):
        return []
    below = [name for key, each in value.items() if key.startswith("CF") for name in identifiers(each)]
    return [value["identifier"].lower(), *below] if "lastChangeDateTime" in value else below


def parents(package: Table) -> dict[str, str]:
    return {
        row["originNodeURI"]["identifier"].lower(): row["destinationNodeURI"]["identifier"].lower()
        for row in package.get("CFAssociations", ())
        if row["associationType"] == "isChildOf"
    }


def said(made: bytes, form: str) -> Any:
    """What can be compared: a workbook holds the time at which it was written."""
    return read_table(made, "") if form == "xlsx" else made


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", TABLES)
def test_an_export_comes_back_and_changes_nothing(table: str, form: str, school: Organisation) -> None:
    first = bring(TABLES[table].encode(), school).version
    made = out(first, form)
    again = bring(made, school, "exported")
    assert (again.changed, again.version) == (0, first)
    assert (Framework.objects.count(), FrameworkVersion.objects.count()) == (1, 1)
    assert said(out(again.version, form), form) == said(made, form)
    there = make_school("Elsewhere")
    version = bring(made, there, "exported").version
    assert said(out(version, form), form) == said(made, form)
    for other in FORMS:
        assert bring(out(version, other), there, "exported").changed == 0
    assert Framework.objects.filter(owner=there).count() == 1


def test_codes_stay_as_they_were_written(school: Organisation) -> None:
    version = bring(SIMPLE.encode(), school).version
    there = make_school("Elsewhere")
    for form in FORMS:
        codes = [
            each.code for each in stored_blueprint(bring(out(version, form), there).version).competencies
        ]
        assert codes == ["S.C", "S.M", "W.R"], form


def test_a_framework_without_domains_goes_out_flat_and_keeps_what_its_domain_is_called(
    school: Organisation,
) -> None:
    version = bring(FLAT.encode(), school).version
    plan = stored_blueprint(version)
    domain = replace(plan.domains[0], name="The whole garden", question="What grows?")
    renamed = replace(plan, domains=(domain,), number="2")
    second = bring(as_csv(renamed), school).version
    package = json.loads(out(second, "case-1.1"))
    document = package["CFDocument"]["identifier"]
    assert {row["identifier"] for row in package["CFItems"]}.isdisjoint({document})
    assert set(parents(package).values()) == {document}
    there = stored_blueprint(bring(out(second, "case-1.1"), make_school("Elsewhere")).version)
    assert [(each.name, each.question, each.code) for each in there.domains] == [
        ("The whole garden", "What grows?", domain.code)
    ]


@pytest.mark.parametrize("form", ["case-1.1", "case-1.0"])
def test_a_word_changed_elsewhere_is_all_that_changes(form: str, school: Organisation) -> None:
    table = SIMPLE.replace("Code\n", "Code,Witnesses\n").replace("S.C\n", "S.C,learners\n")
    first = bring(table.encode(), school).version
    package = json.loads(out(first, form))
    mulch = next(row for row in package["CFItems"] if row["fullStatement"] == "Mulch")
    mulch["fullStatement"] = "Mulches every bed"
    second = bring(in_bytes(package), school).version
    assert (second.framework, second.supersedes, second.number) == (first.framework, first, "1.2")
    fates = dict(ItemFate.objects.filter(version=second).values_list("old__code", "kind"))
    assert fates == {"S.C": "same", "S.M": "reworded", "W.R": "same"}
    plan = stored_blueprint(second)
    assert plan.competencies[0].indicators[0].witnesses == ("learner",), "which CASE 1.0 cannot say"
    assert json.loads(out(second, "case-1.1"))["CFItems"][2]["extensions"]["throughline"]["witnesses"] == [
        "learner"
    ]
    for other in FORMS:
        assert bring(out(second, other), school).changed == 0, other
        assert bring(out(first, other), school).changed == 0, other


def plain(package: Table) -> Table:
    """The package with identifiers as a person might give them."""
    text = in_bytes(package).decode()
    for place, row in enumerate([package["CFDocument"], *package["CFItems"]]):
        text = text.replace(f'"{row["identifier"]}"', f'"Plot {place}"')
    made: Table = json.loads(text)
    return made


def test_packages_whose_identifiers_are_no_uuids_are_recognised_again(school: Organisation) -> None:
    first = bring(in_bytes(plain(garden())), school).version
    for form in FORMS:
        assert bring(out(first, form), school).changed == 0, form
    later = plain(garden())
    later["CFItems"][3]["fullStatement"] = "Tests soil each spring."
    second = bring(in_bytes(later), school).version
    assert second.supersedes == first
    package = json.loads(out(second, "case-1.1"))
    assert len(package["CFItems"]) == len(later["CFItems"]), "nothing is there a second time as ended"
    assert not any("statusEndDate" in row for row in package["CFItems"])
    assert bring(in_bytes(package), school).changed == 0


def test_a_mapping_that_a_person_chose_is_the_proposal_when_the_file_comes_back(school: Organisation) -> None:
    source = read_source(BytesIO(in_bytes(garden())), "garden.json")
    chosen = Choice(domains=Pick(depth=0), competencies=Pick(depth=1), advanced=Pick(kinds=("Area",)))
    first = publish_match(match_source(source, chosen, school), owner=school, by=None).version
    later = garden()
    later["CFItems"][0]["fullStatement"] = "Soil and what lives in it"
    second = bring(in_bytes(later), school).version
    assert [(each.name, each.level) for each in stored_blueprint(second).competencies] == [
        ("Soil and what lives in it", "advanced"),
        ("Water", "advanced"),
    ]
    assert second.supersedes == first


def test_the_same_code_of_another_framework_is_no_version_of_ours(school: Organisation) -> None:
    mine = bring(SIMPLE.encode(), school).version
    there = bring(SIMPLE.replace("Mulch", "Leaves").encode(), make_school("Elsewhere")).version
    theirs = bring(out(there, "case-1.1"), school).version
    assert theirs.framework != mine.framework
    assert {mine.framework.code, theirs.framework.code} == {"from-a-file", "from-a-file-2"}
    assert bring(out(theirs, "case-1.1"), school).changed == 0


@contextmanager
def a_world() -> Iterator[tuple[Organisation, Organisation]]:
    """Two schools that are gone afterwards."""
    with transaction.atomic():
        yield make_school(f"Here {uuid4().hex[:8]}"), make_school(f"There {uuid4().hex[:8]}")
        transaction.set_rollback(True)


def written(plan: Blueprint, form: str) -> bytes:
    """A framework as somebody else's file."""
    if form == "csv":
        return as_csv(plan)
    if form == "xlsx":
        return as_xlsx(plan)
    package = native_package(plan, a_maker(plan.title), "Someone")
    return in_bytes(checked(fitted(package, EDITIONS[form], "1.1"), EDITIONS[form]))


def words(version: FrameworkVersion, *, all_of_it: bool, bare_names: bool = False) -> Any:
    """What people decide on, in order. CASE 1.0 has no witnesses, no examples of evidence, no markup in names, no text
    that says the name again, and one code only, which is the publisher's where there is one.
    """
    theirs = {} if all_of_it else version.content.get("source_codes", {})

    def said(name: str, text: str, limit: int) -> tuple[str, str]:
        if not bare_names:
            return name, text
        bare = flattened(name, limit) or name
        told = text or name
        return bare, "" if told == bare else told

    return [
        (
            said(domain.name, domain.question, 300),
            [
                (
                    theirs.get(each.code, each.code),
                    said(each.name, each.description, 600),
                    each.level,
                    [step or "–" for step in each.steps] if any(each.steps) else [],
                    each.evidence if all_of_it else (),
                    [(idea.text, idea.witnesses if all_of_it else ()) for idea in each.indicators],
                )
                for each in domain.competencies
            ],
        )
        for domain in stored_blueprint(version).domains
    ]


def repeating() -> Blueprint:
    """A framework whose texts say the names again, with and without their markup."""
    plan = read_table(SIMPLE.encode(), "Garden").plan
    assert plan is not None
    soil, water = plan.domains
    compost, mulch = soil.competencies
    formula = replace(compost, name="$x^2$", description="$x^2$")
    marked = replace(mulch, name="Mulches *every* bed", description="Mulches every bed")
    return replace(plan, domains=(replace(soil, question="Soil", competencies=(formula, marked)), water))


@example(plan=repeating(), first="case-1.1", form="case-1.0")
@example(plan=repeating(), first="csv", form="case-1.0")
@given(
    plan=st.one_of(plans(), blueprints()),
    first=st.sampled_from(list(FORMS)),
    form=st.sampled_from(list(FORMS)),
)
@settings(
    max_examples=30,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each example is a world; shrinking takes minutes
)
def test_any_framework_survives_import_export_import_export(
    db: None, plan: Blueprint, first: str, form: str
) -> None:
    with a_world() as (here, there):
        version = bring(written(plan, first), here).version
        made = out(version, form)
        again = bring(made, here)
        assert (again.changed, again.version) == (0, version), "into the same school"
        assert said(out(again.version, form), form) == said(made, form)
        other = bring(made, there)
        assert other.changed, "into another school"
        assert said(out(other.version, form), form) == said(made, form)
        whole = form != "case-1.0"
        for theirs, mine in zip(
            words(other.version, all_of_it=whole),
            words(version, all_of_it=whole, bare_names=not whole),
            strict=True,
        ):
            assert theirs == mine
        for each in FORMS:
            assert bring(out(other.version, each), there).changed == 0, each
        assert Framework.objects.filter(owner__in=[here, there]).count() == 2


@given(package=mutated(), form=st.sampled_from(sorted(FORMS)), bent=st.booleans())
@settings(
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_any_package_that_comes_in_goes_out_sound_and_comes_back(
    db: None, package: Table, form: str, bent: bool
) -> None:
    """Packages of others, damaged in places; what is refused at once is another test's."""
    with a_world() as (here, there):
        try:
            version = bring(in_bytes(plain(package) if bent and whole(package) else package), here).version
        except FrameworkProblem:
            return
        made = out(version, form, beyond=True)
        again = bring(made, here)
        assert (again.changed, again.version) == (0, version), "into the same school"
        other = bring(made, there).version
        assert said(out(other, form, beyond=True), form) == said(made, form)
        assert bring(made, there).changed == 0


def whole(package: Any) -> bool:
    return (
        isinstance(package, dict)
        and isinstance(package.get("CFDocument"), dict)
        and isinstance(package.get("CFItems"), list)
        and all(
            isinstance(row, dict) and isinstance(row.get("identifier"), str)
            for row in [package["CFDocument"], *package["CFItems"]]
        )
    )
