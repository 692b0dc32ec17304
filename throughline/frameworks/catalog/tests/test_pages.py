"""Reading frameworks in the browser."""

from typing import Any

import pytest

from throughline.frameworks.models import FrameworkVersion, VersionTranslation
from throughline.frameworks.publishing.actions import load_shipped
from throughline.frameworks.tests.packages import child_of, garden, import_case, item, raw
from throughline.frameworks.tree import tree
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def bring(package: dict[str, Any], owner: Organisation) -> FrameworkVersion:
    return import_case(raw(package), owner).version


def test_members_read_the_shipped_framework_whole(educator: Membership) -> None:
    [done] = [each for each in load_shipped() if each.version.title.startswith("Journeys")]
    page = client_of(educator).get(f"/s/harbour-bridge/frameworks/{done.version.pk}/")
    assert page.status_code == 200
    text = page.content.decode()
    whole = tree(done.version.pk, "en")
    for domain in whole.domains:
        for competency in domain.competencies:
            assert f"<h3>{competency.name.replace('&', '&amp;')}</h3>" in text
    assert "Who can witness it:" in text
    assert "did not issue this text" in text


def test_the_page_speaks_the_readers_language(educator: Membership) -> None:
    [done] = [each for each in load_shipped() if each.version.title.startswith("Journeys")]
    client = client_of(educator)
    educator.person.language = "es"
    educator.person.save()
    page = client.get(f"/s/harbour-bridge/frameworks/{done.version.pk}/", headers={"accept-language": "es"})
    assert "Trayectorias hacia el aprendizaje" in page.content.decode()


def test_a_private_framework_does_not_exist_for_others(
    school: Organisation, lead: Membership, outsider: Membership
) -> None:
    version = bring(garden(), school)
    assert client_of(lead).get(f"/s/harbour-bridge/frameworks/{version.pk}/").status_code == 200
    for address in (
        f"/s/harbour-bridge/frameworks/{version.pk}/",
        f"/s/stonefield/frameworks/{version.pk}/",
        "/s/harbour-bridge/frameworks/",
    ):
        assert client_of(outsider).get(address).status_code == 404
    assert "Allotment skills" in client_of(lead).get("/s/harbour-bridge/frameworks/").content.decode()
    assert "Allotment skills" not in client_of(outsider).get("/s/stonefield/frameworks/").content.decode()


def test_statements_are_shown_safely(school: Organisation, lead: Membership) -> None:
    package = garden()
    for place, each in enumerate(package["CFItems"]):
        each["fullStatement"] = f"**{place}** <script>alert({place})</script> <img src=x onerror=alert(1)>"
        each["abbreviatedStatement"] = f"</h3><script>name({place})</script>"
    package["CFDocument"].update(
        title="<script>title</script>",
        description="<script>about</script>",
        creator="<script>me</script>",
        officialSourceURL="javascript:alert(1)",
    )
    version = bring(package, school)
    text = client_of(lead).get(f"/s/harbour-bridge/frameworks/{version.pk}/").content.decode()
    for active in ("<script>a", "<script>n", "<script>t", "<script>m", "<img src=x", "javascript:"):
        assert active not in text
    assert "<strong>2</strong>" in text


def test_the_pages_cost_the_same_whatever_is_in_them(
    school: Organisation, lead: Membership, django_assert_num_queries: Any
) -> None:
    [done] = [each for each in load_shipped() if each.version.title.startswith("Journeys")]
    client = client_of(lead)
    address = f"/s/harbour-bridge/frameworks/{done.version.pk}/"
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    with django_assert_num_queries(7):
        client.get("/s/harbour-bridge/frameworks/")
    for number in range(3):
        package = garden()
        package["CFDocument"]["identifier"] = f"doc-{number}"
        package["CFAssociations"] = []
        bring(package, school)
    with django_assert_num_queries(7):
        client.get("/s/harbour-bridge/frameworks/")


def test_the_list_says_what_each_framework_is_in_the_language_of_the_reader(
    school: Organisation, lead: Membership
) -> None:
    shipped = {each.version.title: each.version for each in load_shipped()}
    version = shipped["Journeys to Mastery Learning"]
    said = VersionTranslation.objects.get(version=version, language="es").texts["summary"]
    assert said and said != version.content["summary"]
    client = client_of(lead)
    assert version.content["summary"][:60] in client.get("/s/harbour-bridge/frameworks/").content.decode()
    lead.person.language = "es"
    lead.person.save()
    assert said[:60] in client.get("/s/harbour-bridge/frameworks/").content.decode()


def test_a_large_framework_shows_one_domain_at_a_time(school: Organisation, lead: Membership) -> None:
    package = garden()
    package["CFItems"] = [item(n, f"Bed {n}") for n in range(1, 303)]
    package["CFAssociations"] = [child_of(n, None if n < 3 else n % 2 + 1) for n in range(1, 303)]
    version = bring(package, school)
    client = client_of(lead)
    text = client.get(f"/s/harbour-bridge/frameworks/{version.pk}/").content.decode()
    assert "Bed 40" not in text
    code = tree(version.pk, "en").domains[0].code
    assert (
        "Bed 40" in client.get(f"/s/harbour-bridge/frameworks/{version.pk}/?domain={code}").content.decode()
    )


def test_with_no_framework_the_list_says_who_brings_one(lead: Membership) -> None:
    assert "No frameworks yet" in client_of(lead).get("/s/harbour-bridge/frameworks/").content.decode()
