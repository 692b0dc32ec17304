"""Translating in the browser and in a table: side by side, by part, with editions, and a plain note for readers."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from throughline.frameworks import tree as trees
from throughline.frameworks.addresses import public_address
from throughline.frameworks.models import FrameworkVersion, TranslationEdition, VersionTranslation
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tests.plans import GARDEN, PLAN, SOIL
from throughline.frameworks.translating.actions import translate_texts
from throughline.frameworks.translating.csv_table import read, written
from throughline.frameworks.translating.editions import newest_edition
from throughline.frameworks.tree import tree
from throughline.kit.text import clean_text
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of, ship_frameworks

# a busy machine is not a fault of the code
NAME = "competencies/soil/name"
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1
)


@given(st.dictionaries(st.sampled_from(["title", NAME, "summary"]), TEXTS))
def test_a_table_of_texts_comes_back_as_it_went_out(said: dict[str, str]) -> None:
    sources = {"title": "=1+1", NAME: 'Soil, "dark"', "summary": "Two\nlines"}
    found = read(written(sources, said), sources)
    assert found.problems == []
    assert found.texts == {path: clean_text(text) for path, text in said.items()}


@pytest.fixture
def version(school: Organisation) -> FrameworkVersion:
    return publish(PLAN, owner=school, by=None).version


def spanish(version: FrameworkVersion, by: Membership, **more: Any) -> Any:
    texts = more.pop("texts", {NAME: "Suelo"})
    return translate_texts(version=version, language="es", by=by, texts=texts, **more)


@pytest.mark.django_db
def test_every_change_is_an_edition_with_its_author(version: FrameworkVersion, lead: Membership) -> None:
    assert spanish(version, lead).changed == 1
    assert spanish(version, lead, seen_edition=1).edition is None
    assert spanish(version, lead, texts={NAME: "Tierra", "title": "La parcela"}, seen_edition=1).changed == 2
    told = [(e.number, e.by_name, e.changed) for e in TranslationEdition.objects.order_by("number")]
    assert told == [(1, lead.name, 1), (2, lead.name, 2)]
    assert tree(version.pk, "es").competencies[0].name == "Tierra"
    spanish(version, lead, texts={NAME: ""}, seen_edition=2)
    assert tree(version.pk, "es").competencies[0].name == "Soil"
    for language in ("en", "xx"):
        with pytest.raises(ValidationError):
            translate_texts(version=version, language=language, by=lead, texts={NAME: "X"})


@pytest.mark.django_db
def test_two_people_at_once_do_not_undo_each_other(version: FrameworkVersion, lead: Membership) -> None:
    spanish(version, lead)
    spanish(version, lead, texts={NAME: "Suelo", "title": "La parcela"}, seen_edition=1)
    # the second form still held the old title (none), and changes the name only
    spanish(version, lead, texts={NAME: "Tierra", "title": ""}, seen_edition=1)
    shown = tree(version.pk, "es")
    assert (shown.title, shown.competencies[0].name) == ("La parcela", "Tierra")


@pytest.mark.django_db
def test_saying_that_old_words_are_still_right_does_not_undo_new_ones(
    version: FrameworkVersion, lead: Membership
) -> None:
    spanish(version, lead)
    spanish(version, lead, texts={NAME: "Tierra"}, seen_edition=1)
    spanish(version, lead, still_right=[NAME], seen_edition=1)
    assert tree(version.pk, "es").competencies[0].name == "Tierra"


@pytest.mark.django_db
def test_leads_and_the_leadership_team_translate_their_own(
    version: FrameworkVersion,
    team: Membership,
    educator: Membership,
    outsider: Membership,
    lead: Membership,
) -> None:
    ship_frameworks()
    shared = FrameworkVersion.objects.filter(framework__owner=None)[0]
    for by, of in ((educator, version), (outsider, version), (lead, shared)):
        with pytest.raises(Refused):
            translate_texts(version=of, language="es", by=by, texts={"title": "X"})
    assert spanish(version, team).changed == 1


@pytest.mark.django_db
def test_another_process_notices_an_improved_translation(
    version: FrameworkVersion,
    lead: Membership,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    spanish(version, lead)
    assert tree(version.pk, "es").competencies[0].name == "Suelo"
    kept = dict(trees._trees)
    spanish(version, lead, texts={NAME: "Tierra"}, seen_edition=1)
    trees._trees.update(kept)  # as in a process that did not hear of it
    monkeypatch.setattr(trees, "LOOK_AGAIN_AFTER", 0.0)
    assert tree(version.pk, "es").competencies[0].name == "Tierra"
    with django_assert_num_queries(1):
        tree(version.pk, "es")
    tree(version.pk, "en")
    with django_assert_num_queries(0):
        tree(version.pk, "en")


@pytest.mark.django_db
def test_translating_side_by_side(version: FrameworkVersion, lead: Membership) -> None:
    client = client_of(lead)
    there = f"/s/harbour-bridge/frameworks/{version.pk}/translations/"
    assert "No translations yet" in client.get(there).content.decode()
    assert client.post(there, {"language": "en"}).status_code == 422
    assert client.post(there, {"language": "es"})["Location"] == f"{there}es/"
    page = client.get(f"{there}es/?part=garden").content.decode()
    assert "We look after the soil." in page and f'name="t:{NAME}"' in page
    done = client.post(
        f"{there}es/?part=garden", {f"t:{NAME}": "Suelo", "seen": "0", "t:title": "no part of it"}
    )
    assert done.status_code == 302
    assert VersionTranslation.objects.get().texts == {"competencies": {"soil": {"name": "Suelo"}}}
    too_long = client.post(f"{there}es/?part=garden", {f"t:{NAME}": "x" * 20_001, "seen": "1"})
    assert too_long.status_code == 422
    assert "x" * 20_001 in too_long.content.decode()
    listed = client.get(there).content.decode()
    assert "texts are not translated yet" in listed and lead.name in listed
    assert client.get(f"{there}en/").status_code == 404
    assert client.get(f"{there}nothing/").status_code == 404


@pytest.mark.django_db
def test_a_table_keeps_what_fits_and_names_the_rest(version: FrameworkVersion, lead: Membership) -> None:
    client = client_of(lead)
    there = f"/s/harbour-bridge/frameworks/{version.pk}/translations/es/"
    table = client.get(f"{there}texts.csv").content.decode()
    assert f"{NAME},Soil," in table

    def load(text: str) -> Any:
        return client.post(f"{there}load/", {"file": SimpleUploadedFile("t.csv", text.encode())})

    bad = load(f"path,source,translation\n{NAME},Soil,Suelo\ntitle,Another title,Otro\nmud,Mud,Barro\n")
    text = bad.content.decode()
    assert bad.status_code == 422
    assert "1 text is saved" in text and "Line 3" in text and "Line 4" in text
    assert tree(version.pk, "es").competencies[0].name == "Suelo"
    assert load("path,source\n").status_code == 422
    assert load(table.replace(f"{NAME},Soil,", f"{NAME},Soil,Tierra")).status_code == 302
    edition = newest_edition(version, "es")
    assert edition is not None
    assert (edition.number, edition.how) == (2, "table")


@pytest.mark.django_db
def test_readers_are_told_what_follows_an_older_version(
    version: FrameworkVersion, lead: Membership, school: Organisation
) -> None:
    spanish(
        version,
        lead,
        texts={NAME: "Suelo", "competencies/soil/description": "Lo cuidamos.", "title": "Parcela"},
    )
    soil = replace(SOIL, description="We feed the soil.")
    plan = replace(PLAN, number="2", domains=(replace(GARDEN, competencies=(soil,)),))
    second = publish(plan, owner=school, by=lead, supersedes=version).version
    open_framework(framework=second.framework, by=lead)
    client = client_of(lead)
    text = client.get(public_address(second) + "?language=es").content.decode()
    assert "This translation follows version 1" in text
    assert '<div class="measure stack tight" lang="en"><p>We feed the soil.' in text
    assert "Lo cuidamos." not in text
    there = f"/s/harbour-bridge/frameworks/{second.pk}/translations/es/?part=garden"
    page = client.get(there).content.decode()
    assert "The translation follows version 1, which said:" in page and "We look after the soil." in page
    path = "competencies/soil/description"
    client.post(there, {f"t:{path}": "Lo cuidamos.", "seen": "1"})
    assert path in tree(second.pk, "es").foreign
    client.post(there, {f"t:{path}": "Lo cuidamos.", "seen": "1", "right": path})
    assert path not in tree(second.pk, "es").foreign
