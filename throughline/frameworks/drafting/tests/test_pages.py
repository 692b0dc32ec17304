"""Writing a framework in the browser."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from throughline.frameworks.draft_content import competencies_of
from throughline.frameworks.drafting.actions import start_draft
from throughline.frameworks.drafting.tests.test_editing import plan_of
from throughline.frameworks.models import Competency, FrameworkDraft, FrameworkVersion, ItemFate
from throughline.frameworks.publishing.actions import publish
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HOME = "/s/harbour-bridge/frameworks/"


@pytest.fixture
def version(school: Organisation, lead: Membership) -> FrameworkVersion:
    return publish(plan_of([3, 2]), owner=school, by=lead).version


@pytest.fixture
def draft(version: FrameworkVersion, lead: Membership) -> FrameworkDraft:
    return start_draft(by=lead, base=version)


def at(draft: FrameworkDraft, *more: str) -> str:
    return f"{HOME}drafts/{draft.pk}/" + "".join(f"{each}/" for each in more)


def uids(draft: FrameworkDraft) -> list[str]:
    draft.refresh_from_db()
    return [each["uid"] for _domain, each in competencies_of(draft.content)]


def names(draft: FrameworkDraft) -> list[str]:
    draft.refresh_from_db()
    return [each["name"] for _domain, each in competencies_of(draft.content)]


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a page's form would send as it stands."""
    form = client.get(address).context["form"]
    sent: dict[str, Any] = {}
    for field in form:
        if field.value() not in (None, False):
            sent[field.html_name] = field.value()
    context = client.get(address).context
    return sent | {"seen": context["draft"].version, "mark": context.get("mark", "")}


def test_a_lead_copies_edits_and_publishes_without_scripts(
    version: FrameworkVersion, lead: Membership
) -> None:
    client = client_of(lead)
    page = client.get(f"{HOME}{version.pk}/").content.decode()
    assert "Write the next version" in page
    began = client.post(f"{HOME}drafts/new/", {"base": str(version.pk)})
    draft = FrameworkDraft.objects.get()
    assert began["Location"] == at(draft)
    assert draft.title in client.get(HOME).content.decode()
    first = uids(draft)[0]
    address = at(draft, "parts", first)
    sent = form_of(client, address) | {"name": "Said better", "idea_3": "A new sign", "who_3": ["family"]}
    assert client.post(address, sent).status_code == 302
    assert names(draft)[0] == "Said better"
    said = client.get(at(draft, "changes")).content.decode()
    assert "Said better" in said and "A new sign (families)" in said and "4 competencies stay" in said
    told = {"number": "2", "sure": "on", "seen": draft.version}
    published = client.post(at(draft, "publish"), told)
    newest = FrameworkVersion.objects.get(number="2")
    assert published["Location"] == f"{HOME}{newest.pk}/"
    assert newest.supersedes == version
    assert (
        dict(ItemFate.objects.filter(version=newest).values_list("new__name", "kind"))["Said better"]
        == "reworded"
    )
    for address in (at(draft), at(draft, "publish")):
        assert client.get(address)["Location"] == f"{HOME}{newest.pk}/", (
            "who goes back finds what it has become"
        )
    assert client.get(at(draft, "texts")).status_code == 404, "what is published is no draft any more"


def test_a_competency_with_very_many_indicators_loses_none(draft: FrameworkDraft, lead: Membership) -> None:
    client, first = client_of(lead), uids(draft)[0]
    part = draft.content["domains"][0]["competencies"][0]
    idea = part["indicators"][0]
    part["indicators"] = [{**idea, "uid": f"u{n}", "code": str(n), "text": f"Sign {n}"} for n in range(230)]
    draft.save(update_fields=["content"])
    address = at(draft, "parts", first)
    assert client.post(address, form_of(client, address) | {"name": "Said better"}).status_code == 302
    draft.refresh_from_db()
    assert len(draft.content["domains"][0]["competencies"][0]["indicators"]) == 230


def test_order_is_changed_with_buttons_and_the_moved_item_keeps_the_focus(
    draft: FrameworkDraft, lead: Membership
) -> None:
    client = client_of(lead)
    first = uids(draft)[0]
    moved = client.post(at(draft, "move"), {"move": f"down:{first}", "seen": 0}, follow=True)
    assert uids(draft)[1] == first
    page = moved.content.decode()
    assert re.search(rf'id="down-{first}" autofocus', page)
    assert "is now number 2 of 3 in “Domain 0”" in page
    part = client.post(
        at(draft, "move"), {"move": f"down:{first}", "seen": 1}, headers={"hx-request": "true"}
    ).content.decode()
    assert part.lstrip().startswith('<div id="outline"')
    assert "number 3 of 3" in part and 'hx-swap-oob="innerHTML"' in part
    for seen in (2, 3):
        client.post(at(draft, "move"), {"move": f"down:{first}", "seen": seen})
    assert uids(draft).index(first) == 3
    assert first in {each["uid"] for each in draft.content["domains"][1]["competencies"]}


def test_two_people_at_once_see_both_and_lose_nothing(draft: FrameworkDraft, lead: Membership) -> None:
    client = client_of(lead)
    address, other = at(draft, "parts", uids(draft)[0]), at(draft, "parts", uids(draft)[1])
    mine, theirs, elsewhere = form_of(client, address), form_of(client, address), form_of(client, other)
    assert client.post(address, theirs | {"name": "Theirs"}).status_code == 302
    assert client.post(other, elsewhere | {"name": "Elsewhere"}).status_code == 302, (
        "another part is no clash"
    )
    clash = client.post(address, mine | {"name": "Mine"})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Someone changed this while you were writing" in page
    assert "<dd>Theirs</dd>" in page and 'value="Mine"' in page
    again = mine | {"name": "Mine", "seen": clash.context["draft"].version, "mark": clash.context["mark"]}
    assert client.post(address, again).status_code == 302
    assert names(draft)[:2] == ["Mine", "Elsewhere"]
    stale = client.post(at(draft, "move"), {"move": f"down:{uids(draft)[0]}", "seen": 0}, follow=True)
    assert "Your change has not been made yet" in stale.content.decode()


def test_a_part_taken_out_meanwhile_shows_once_more_what_was_typed(
    draft: FrameworkDraft, lead: Membership
) -> None:
    client, uid = client_of(lead), uids(draft)[0]
    address = at(draft, "parts", uid)
    mine = form_of(client, address)
    page = client.get(at(draft, "parts", uid, "remove")).content.decode()
    assert "Remove “Competency 0 0”?" in page
    client.post(at(draft, "parts", uid, "remove"), {"seen": 0})
    late = client.post(address, mine | {"name": "Mine"})
    assert late.status_code == 409 and "<dd>Mine</dd>" in late.content.decode()
    assert client.get(address).status_code == 404
    back = client.post(at(draft, "put-back"), {"uid": uid, "seen": 1}, follow=True)
    assert "It has been restored." in back.content.decode()
    assert names(draft)[0] == "Competency 0 0"


def test_split_merge_move_and_correct_the_mapping(draft: FrameworkDraft, lead: Membership) -> None:
    client = client_of(lead)
    one, two, three, four, five = uids(draft)
    ideas = [each["uid"] for _home, each in competencies_of(draft.content) if each["uid"] == one] and [
        draft.content["domains"][0]["competencies"][0]["indicators"][0]["uid"]
    ]
    client.post(at(draft, "parts", one, "split"), {"name": "Part", "ideas": ideas, "seen": 0})
    client.post(at(draft, "parts", two, "merge"), {"other": three, "seen": 1})
    home = draft.content["domains"][0]["uid"]
    client.post(at(draft, "parts", four, "into"), {"other": home, "seen": 2})
    client.post(at(draft, "add"), {"name": "In truth the fifth", "domain": home, "seen": 3})
    new = uids(draft)[-2]
    client.post(at(draft, "parts", five, "remove"), {"seen": 4})
    origin = client.post(at(draft, "parts", new, "origin"), {"was": ["c1-1"], "seen": 5})
    assert origin["Location"] == at(draft, "changes")
    page = client.get(at(draft, "changes")).content.decode()
    assert "A part of “Competency 0 0”." in page
    assert "Made from “Competency 0 1”, “Competency 0 2”." in page
    assert client.post(at(draft, "parts", new, "origin"), {"was": ["nonsense"], "seen": 6}).status_code == 422
    draft.refresh_from_db()
    wanted = {"number": "1", "sure": "on", "seen": draft.version}
    refused = client.post(at(draft, "publish"), wanted)
    assert refused.status_code == 422, "its second domain is empty now, and the number is taken"
    assert "This domain is empty" in client.get(at(draft)).content.decode()
    client.post(at(draft, "parts", draft.content["domains"][1]["uid"], "remove"), {"seen": draft.version})
    draft.refresh_from_db()
    taken = client.post(at(draft, "publish"), wanted | {"seen": draft.version})
    assert taken.status_code == 422 and "There is already a version 1" in taken.content.decode()
    assert client.post(at(draft, "publish"), {"number": "2", "seen": draft.version}).status_code == 422
    client.post(at(draft, "publish"), wanted | {"number": "2", "seen": draft.version})
    kinds = ItemFate.objects.filter(version__number="2").values_list("old__name", "kind")
    assert sorted(set(kinds)) == [
        ("Competency 0 0", "split"),
        ("Competency 0 1", "merged"),
        ("Competency 0 2", "merged"),
        ("Competency 1 0", "same"),
        ("Competency 1 1", "reworded"),
    ]


def test_a_framework_from_nothing(lead: Membership, school: Organisation) -> None:
    client = client_of(lead)
    assert client.post(f"{HOME}drafts/new/", {"title": "  "}).status_code == 422
    client.post(f"{HOME}drafts/new/", {"title": "Our own"})
    draft = FrameworkDraft.objects.get()
    assert "A framework needs at least one competency." in client.get(at(draft)).content.decode()
    assert client.get(at(draft, "preview")).status_code == 200
    client.post(at(draft, "add"), {"name": "First domain", "seen": 0})
    draft.refresh_from_db()
    [domain] = draft.content["domains"]
    wrong = client.post(at(draft, "add"), {"name": " ", "domain": domain["uid"], "seen": 1})
    assert wrong.status_code == 422 and "Give it a name." in wrong.content.decode()
    client.post(at(draft, "add"), {"name": "First", "domain": domain["uid"], "seen": 1})
    assert "<svg" in client.get(at(draft, "preview")).content.decode()
    client.post(at(draft, "publish"), {"number": "1", "sure": "on", "seen": 2})
    version = FrameworkVersion.objects.get(framework__owner=school)
    assert (version.title, version.supersedes) == ("Our own", None)
    assert Competency.objects.filter(version=version).count() == 1


def test_what_stands_in_the_way_is_said_in_words_and_leads_to_its_part(
    draft: FrameworkDraft, lead: Membership
) -> None:
    first = draft.content["domains"][0]["competencies"][0]
    first["steps"] = ["Nobody does.", "", "", ""]
    draft.save()
    text = client_of(lead).get(at(draft, "publish")).content.decode()
    assert (
        f'<a href="{at(draft, "parts", first["uid"])}"><bdi>{first["name"]}</bdi></a>: Describe every' in text
    )


def test_the_whole_and_its_steps(draft: FrameworkDraft, lead: Membership) -> None:
    client, address = client_of(lead), at(draft, "texts")
    sent = form_of(client, address) | {"title": "Renamed", "step_1": "Seed"}
    assert client.post(address, sent | {"source_url": "no address"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Renamed"
    assert draft.content["steps"][0]["label"] == "Seed" and not draft.content["steps_are_default"]
    assert client.post(address, sent | {"title": "Stale"}).status_code == 409


def test_only_leads_write_and_others_are_told(
    draft: FrameworkDraft, educator: Membership, outsider: Membership
) -> None:
    told = client_of(educator).get(at(draft))
    assert told.status_code == 403 and "Only a journey lead" in told.content.decode()
    assert at(draft) not in client_of(educator).get(HOME).content.decode()
    assert client_of(outsider).get(at(draft)).status_code == 404
    assert client_of(outsider).get(at(draft).replace("harbour-bridge", "stonefield")).status_code == 404


def test_a_deleted_draft_is_gone_and_its_version_stays(
    draft: FrameworkDraft, version: FrameworkVersion, lead: Membership
) -> None:
    client = client_of(lead)
    assert "Delete the draft" in client.get(at(draft, "delete")).content.decode()
    client.post(at(draft, "delete"))
    assert not FrameworkDraft.objects.exists()
    assert FrameworkVersion.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize("sizes", [[2], [9, 9, 9]])
def test_the_outline_costs_the_same_however_large_it_is(
    sizes: list[int],
    school: Organisation,
    lead: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    base = publish(plan_of(sizes), owner=school, by=lead).version
    draft = start_draft(by=lead, base=base)
    client = client_of(lead)
    client.get(at(draft))
    with django_assert_num_queries(5):
        client.get(at(draft))
    with django_assert_num_queries(8):
        client.get(at(draft, "changes"))
