"""Frameworks for everyone: without an account, in the reader's language, and only what was opened."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from throughline.activity.actions import erasing
from throughline.activity.models import Event
from throughline.frameworks import registry
from throughline.frameworks.addresses import framework_address, public_address
from throughline.frameworks.models import FrameworkVersion, ItemFate
from throughline.frameworks.public.actions import close_framework, open_framework
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tests.packages import child_of, garden, import_case, item, raw
from throughline.frameworks.tests.plans import PLAN
from throughline.frameworks.tree import tree
from throughline.kit.registry import Registry
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(school: Organisation) -> FrameworkVersion:
    return import_case(raw(garden()), school).version


def read(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


def test_anyone_reads_the_shipped_framework_whole(journey_version: FrameworkVersion) -> None:
    page = read(framework_address(journey_version.framework))
    assert page.status_code == 200
    text = page.content.decode()
    for competency in tree(journey_version.pk, "en").competencies:
        assert f">{competency.name.replace('&', '&amp;')}</a></h3>" in text
        assert public_address(journey_version, competency) in text
    assert "did not issue this text" in text
    assert 'class="profile"' in text


def test_it_is_listed_and_reachable_from_the_front_and_from_the_sign_in_page(
    journey_version: FrameworkVersion,
) -> None:
    assert "Journeys to Mastery Learning" in read("/frameworks/").content.decode()
    assert 'href="/frameworks/"' in read("/account/login/").content.decode()


def test_every_competency_has_an_address_of_its_own(journey_version: FrameworkVersion) -> None:
    item = tree(journey_version.pk, "en").competencies[3]
    there = public_address(journey_version, item)
    assert there == f"/frameworks/journeys-to-mastery-learning/1/{item.code}/"
    text = read(there).content.decode()
    assert f"<title>{item.name}" in text
    assert item.indicators[0].text in text
    assert tree(journey_version.pk, "en").competencies[5].indicators[0].text not in text
    assert read(f"{there}nothing/").status_code == 404
    assert read("/frameworks/journeys-to-mastery-learning/1/nothing/").status_code == 404
    assert read("/frameworks/journeys-to-mastery-learning/9/").status_code == 404
    assert read("/frameworks/nothing/").status_code == 404


def test_it_speaks_the_readers_language_or_the_one_asked_for(journey_version: FrameworkVersion) -> None:
    there = framework_address(journey_version.framework)
    assert "Trayectorias hacia el aprendizaje" in read(there, **{"accept-language": "es"}).content.decode()
    asked = read(f"{there}?language=es", **{"accept-language": "en"}).content.decode()
    assert 'lang="es">Trayectorias' in asked or "Trayectorias hacia el aprendizaje" in asked
    assert '/buy-in/?language=es"' in asked.replace("stakeholder-buy-in", "buy-in")
    assert "Journeys to Mastery Learning" in read(f"{there}?language=xx").content.decode()


def test_a_shared_link_says_what_it_leads_to(journey_version: FrameworkVersion) -> None:
    text = read(
        public_address(journey_version, tree(journey_version.pk, "en").competencies[0])
    ).content.decode()
    assert re.search(r'<meta property="og:title" content="Stakeholder Buy-In">', text)
    assert re.search(r'<meta name="description" content="Before asking anyone[^"]{50,200}">', text)
    assert '<link rel="canonical" href="http' in text


def test_an_unchanged_page_is_not_sent_again(journey_version: FrameworkVersion) -> None:
    there = framework_address(journey_version.framework)
    first = read(there)
    again = read(there, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in first["Cache-Control"]
    assert read(there, **{"if-none-match": first["ETag"], "accept-language": "es"}).status_code == 200


def test_what_is_not_open_does_not_exist(
    own: FrameworkVersion, lead: Membership, outsider: Membership
) -> None:
    item = tree(own.pk, "en").competencies[0]
    addresses = [
        framework_address(own.framework),
        public_address(own),
        public_address(own, item),
        f"/frameworks/{own.framework.code}/",
    ]
    for client in (Client(), client_of(lead), client_of(outsider)):
        assert [client.get(each).status_code for each in addresses] == [404] * 4
        assert own.title not in client.get("/frameworks/").content.decode()
    open_framework(framework=own.framework, by=lead)
    assert [read(each).status_code for each in addresses] == [200, 200, 200, 404]
    assert own.title in read("/frameworks/").content.decode()
    assert "Harbour Bridge" in read(addresses[0]).content.decode()
    close_framework(framework=own.framework, by=lead)
    assert [read(each).status_code for each in addresses] == [404] * 4


def test_leads_open_and_close_their_own_and_the_log_tells(
    own: FrameworkVersion,
    lead: Membership,
    educator: Membership,
    outsider: Membership,
    journey_version: FrameworkVersion,
) -> None:
    for by, framework in (
        (educator, own.framework),
        (outsider, own.framework),
        (lead, journey_version.framework),
    ):
        with pytest.raises(Refused):
            open_framework(framework=framework, by=by)
        with pytest.raises(Refused):
            close_framework(framework=framework, by=by)
    open_framework(framework=own.framework, by=lead)
    open_framework(framework=own.framework, by=lead)
    close_framework(framework=own.framework, by=lead)
    close_framework(framework=own.framework, by=lead)
    told = list(Event.objects.filter(actor_id=lead.pk).values_list("verb", flat=True))
    assert sorted(told) == ["framework.closed", "framework.opened"]


def test_the_lead_sees_what_others_will_see(
    own: FrameworkVersion, lead: Membership, educator: Membership
) -> None:
    there = f"/s/harbour-bridge/frameworks/{own.pk}/public/"
    client = client_of(lead)
    before = client.get(there).content.decode()
    assert "Open it to everyone" in before
    assert client.post(there, {"do": "open"}).status_code == 302
    after = client.get(there).content.decode()
    assert "Close it again" in after

    def body(text: str) -> str:
        text = text[text.index('<div class="page-header">') : text.index("</main>")]
        return re.sub(r'href="[^"]*"|p[0-9a-f]{10}', "", " ".join(text.split()))

    public = client.get(framework_address(own.framework)).content.decode()
    assert body(before) == body(after) == body(public)
    one = client.get(there, {"competency": tree(own.pk, "en").competencies[0].code})
    assert one.status_code == 200
    refused = client_of(educator).get(there)
    assert refused.status_code == 403
    assert "Only the leads" in refused.content.decode()
    assert f'href="{there}"' in client.get(f"/s/harbour-bridge/frameworks/{own.pk}/").content.decode()
    inside = client_of(educator).get(f"/s/harbour-bridge/frameworks/{own.pk}/")
    assert f'href="{there}"' not in inside.content.decode()


def test_codes_that_cannot_stand_in_an_address_give_way_to_ids(
    school: Organisation, lead: Membership
) -> None:
    domain = PLAN.domains[0]
    odd = replace(domain.competencies[0], code="a/b ?#ü")
    plan = replace(PLAN, number="1/2 beta", domains=(replace(domain, competencies=(odd,)),))
    version = publish(plan, owner=school, by=None).version
    open_framework(framework=version.framework, by=lead)
    item = tree(version.pk, "en").competencies[0]
    there = public_address(version, item)
    assert there == f"/frameworks/{version.framework_id}/{version.pk}/{item.id}/"
    assert read(there).status_code == 200
    assert there in read(public_address(version)).content.decode()


def test_a_newer_version_is_announced(school: Organisation, lead: Membership) -> None:
    old = publish(PLAN, owner=school, by=None).version
    first = PLAN.domains[0].competencies[0]
    plan = replace(
        PLAN,
        number="2",
        domains=(replace(PLAN.domains[0], competencies=(replace(first, name="Rich soil"),)),),
    )
    new = publish(plan, owner=school, by=None).version
    open_framework(framework=old.framework, by=lead)
    text = read(public_address(old)).content.decode()
    assert "There is a newer version: 2" in text
    assert "There is a newer version" not in read(public_address(new)).content.decode()
    assert "Version 1" in read(framework_address(old.framework)).content.decode()


def test_imported_words_are_shown_safely(school: Organisation, lead: Membership) -> None:
    bad = "<script>alert(1)</script> **bold** [x](javascript:alert(1))"
    package = garden()
    package["CFItems"].append(item(77, bad))
    package["CFAssociations"].append(child_of(77, 1))
    version = import_case(raw(package), school).version
    open_framework(framework=version.framework, by=lead)
    text = read(public_address(version)).content.decode()
    assert "<script>alert" not in text
    assert 'href="javascript' not in text


def test_a_large_framework_comes_domain_by_domain_with_few_queries(
    school: Organisation, lead: Membership, django_assert_num_queries: Any
) -> None:
    one = PLAN.domains[0].competencies[0]
    domains = tuple(
        replace(
            PLAN.domains[0],
            code=f"d{number}",
            name=f"Domain {number}",
            competencies=tuple(
                replace(one, code=f"d{number}c{n}", name=f"Thing {number}-{n}") for n in range(40)
            ),
        )
        for number in range(6)
    )
    version = publish(replace(PLAN, domains=domains), owner=school, by=None).version
    open_framework(framework=version.framework, by=lead)
    there = public_address(version)
    text = read(there).content.decode()
    assert "Thing 2-3" not in text
    assert "?domain=d2" in text
    one_domain = read(f"{there}?domain=d2").content.decode()
    assert "Thing 2-3" in one_domain
    assert "Thing 3-3" not in one_domain
    client = Client()
    with django_assert_num_queries(2):
        client.get(there)
    with django_assert_num_queries(1):
        client.get("/frameworks/")


def test_other_rooms_add_files_to_take_along(
    journey_version: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "downloads", Registry())
    registry.downloads.add(lambda version: registry.Download("Later", "About it", f"/x/{version.pk}", 90))
    registry.downloads.add(lambda version: registry.Download("First", "About it", f"/y/{version.pk}", 10))
    registry.downloads.add(lambda version: None)
    text = read(framework_address(journey_version.framework)).content.decode()
    assert text.index(f"/y/{journey_version.pk}") < text.index(f"/x/{journey_version.pk}")
    assert text.count("About it") == 2


def test_a_version_tells_what_became_of_the_one_before(school: Organisation, lead: Membership) -> None:
    old = publish(PLAN, owner=school, by=None).version
    soil, _water = PLAN.domains[0].competencies
    changed = (replace(soil, name="Rich soil"), replace(soil, code="compost", name="Compost"))
    plan = replace(PLAN, number="2", domains=(replace(PLAN.domains[0], competencies=changed),))
    new = publish(plan, owner=school, by=None).version
    item = {each.code: each for each in tree(old.pk).competencies}
    with erasing(reason="a test says afterwards what a version was made from"):
        FrameworkVersion.objects.filter(pk=new.pk).update(supersedes=old)
    fates = (("soil", "soil", "reworded"), ("water", None, "dropped"))
    later = {each.code: each.id for each in tree(new.pk).competencies}
    for before, after, kind in fates:
        ItemFate.objects.create(version=new, old_id=item[before].id, new_id=later.get(after or ""), kind=kind)
    open_framework(framework=old.framework, by=lead)
    text = re.sub(r"<[^>]+>", "", read(public_address(new)).content.decode())
    assert "What changed since version 1" in text
    assert "Reworded: Soil → Rich soil" in text
    assert "No longer included: Water" in text
    assert "New: Compost" in text
