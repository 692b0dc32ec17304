"""Bringing a framework file in the browser: looked at first, published whole or not at all, again without effect."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from throughline.activity.models import Event
from throughline.frameworks import limits
from throughline.frameworks.case.mapping import Choice, blueprint_of
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.housekeeping import forget_imports, read_imports
from throughline.frameworks.importing.actions import uploads
from throughline.frameworks.importing.sources import packed, read_source, unpacked
from throughline.frameworks.importing.storage import all_paths, import_storage
from throughline.frameworks.models import Competency, FrameworkDraft, FrameworkImport, FrameworkVersion
from throughline.frameworks.public.actions import open_framework
from throughline.frameworks.tables.reading import read_table
from throughline.frameworks.tables.tests.test_tables import book, far_away, table
from throughline.frameworks.tests.packages import garden, raw
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
HERE = "/s/harbour-bridge/frameworks/import/"
SIMPLE = table(["Domain", "Competency"], ["Soil", "Compost"], ["Soil", "Mulch"], ["Water", "Rain"])
WRONG = table(["Domain", "Competency", "Level"], ["Soil", "Compost", "expert"], ["Soil", "Mulch", "guru"])


def send(client: Client, content: bytes, name: str = "garden.csv") -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile(name, content)})


def bring(by: Membership, content: bytes, name: str = "garden.csv") -> FrameworkImport:
    return uploads.bring_import(by=by, upload=ContentFile(content, name=name))


def padded(package: Any, size: int = limits.LARGE) -> bytes:
    return raw(package) + b" " * size


def test_a_table_is_brought_looked_at_and_published_once(lead: Membership) -> None:
    client = client_of(lead)
    answer = send(client, SIMPLE)
    assert answer.status_code == 302
    page = client.get(answer.url)
    text = page.content.decode()
    for words in ("Compost", "Soil", "A new framework", "Publish", "row"):
        assert words in text
    assert FrameworkVersion.objects.count() == 0
    done: Any = client.post(f"{answer.url}publish/")
    version = FrameworkVersion.objects.get()
    assert done["Location"] == f"/s/harbour-bridge/frameworks/{version.pk}/"
    assert (version.title, version.framework.owner) == ("garden", lead.organisation)
    again = client.post(f"{answer.url}publish/", follow=True).content.decode()
    assert "Nothing has changed" in again
    assert FrameworkVersion.objects.count() == 1
    assert "changes nothing" in client.get(answer.url).content.decode()


def test_a_changed_table_becomes_a_new_version_that_knows_what_became_of_the_old_one(
    lead: Membership,
) -> None:
    first = uploads.publish_import(by=lead, kept=bring(lead, SIMPLE), choice=Choice())
    kept = bring(lead, SIMPLE.replace(b"Mulch", b"Mulching"))
    assert "A new version of" in client_of(lead).get(f"{HERE}{kept.pk}/").content.decode()
    second = uploads.publish_import(by=lead, kept=kept, choice=Choice())
    assert (second.version.number, second.version.supersedes) == ("1.2", first.version)
    assert second.version.fates.count() >= 3


def test_every_wrong_row_is_shown_and_nothing_is_published(lead: Membership) -> None:
    client = client_of(lead)
    answer = send(client, WRONG)
    text = client.get(answer.url).content.decode()
    assert text.count("The level must be foundational or advanced.") == 2
    assert "2 rows are marked below" in text
    assert "import-publish" not in text and f"{answer.url}publish/" not in text
    done = client.post(f"{answer.url}publish/")
    assert done.status_code == 422
    assert FrameworkVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello", "headings"),
        (b"{}", "CFDocument"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.7 \x00\x01\x02", "not a table"),
        (
            b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*",
            "known to be harmful",
        ),
    ],
)
def test_a_file_that_is_no_framework_is_refused_with_a_sentence(
    lead: Membership, content: bytes, says: str
) -> None:
    answer = send(client_of(lead), content)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert FrameworkImport.objects.count() == 0
    assert list(all_paths()) == []


def test_a_case_package_follows_the_choice(lead: Membership) -> None:
    client = client_of(lead)
    answer = send(client, raw(garden()), "garden.json")
    assert "Match the levels" in client.get(answer.url).content.decode()
    chosen = "domains=depth:0&competencies=depth:1&advanced=type:Area&indicators=none"
    text = client.get(f"{answer.url}?{chosen}").content.decode()
    assert "2 advanced competencies" in text and "0 indicators" in text
    bad = client.get(f"{answer.url}?domains=depth:2&competencies=depth:1").content.decode()
    assert "not under a domain" in bad and f"{answer.url}publish/" not in bad
    odd = client.get(f"{answer.url}?domains=depth:77&competencies=zzz&page=9999&advanced=<script>")
    assert odd.status_code == 200 and "<script>z" not in odd.content.decode()
    client.post(f"{answer.url}publish/", dict(part.split("=") for part in chosen.split("&")))
    assert sorted(Competency.objects.values_list("name", "level")) == [
        ("Soil", "advanced"),
        ("Water", "advanced"),
    ]


def test_a_choice_that_makes_no_framework_is_answered_with_its_reason(lead: Membership) -> None:
    client = client_of(lead)
    there = send(client, raw(garden()), "garden.json").url
    answer = client.post(f"{there}publish/", {"domains": "depth:2", "competencies": "depth:1"})
    assert answer.status_code == 422
    assert "not under a domain" in answer.content.decode()
    assert FrameworkVersion.objects.count() == 0


def test_a_large_file_is_read_by_the_worker_and_the_page_says_how_far(lead: Membership) -> None:
    client = client_of(lead)
    there = send(client, padded(garden()), "garden.json").url
    kept = FrameworkImport.objects.get()
    assert kept.state == "waiting"
    assert "being read" in client.get(there).content.decode()
    alive: Any = {"HTTP_HX_REQUEST": "true"}
    assert 'hx-trigger="every 2s"' in client.get(f"{there}state/", **alive).content.decode()
    assert client.post(f"{there}publish/")["Location"] == there
    assert FrameworkVersion.objects.count() == 0
    read_imports()
    kept.refresh_from_db()
    assert (kept.state, kept.seen, kept.title) == ("ready", kept.size, "Allotment skills")
    assert client.get(f"{there}state/", **alive)["HX-Redirect"] == there
    assert "Compost" in client.get(there).content.decode()


def test_a_small_workbook_that_is_large_once_opened_is_left_to_the_worker(lead: Membership) -> None:
    blank = b"".join(
        b'<row r="%d"><c r="A%d"><v> %s</v></c></row>' % (n, n, b"1" * 300) for n in range(3, 30_000)
    )
    content = far_away(book(["domain", "competency"], ["Soil", "Compost"]), blank)
    assert len(content) < limits.LARGE
    assert bring(lead, content, "garden.xlsx").state == FrameworkImport.State.WAITING


def test_a_large_file_with_a_fault_says_so_and_can_be_thrown_away(
    lead: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    kept = bring(lead, b"{" + b" " * limits.LARGE, "bad.json")
    read_imports()
    client = client_of(lead)
    there = f"{HERE}{kept.pk}/"
    assert "not JSON" in client.get(there).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{there}drop/")["Location"] == HERE
    assert list(all_paths()) == []


def test_a_file_that_a_dead_worker_had_begun_is_taken_up_and_at_last_given_up(lead: Membership) -> None:
    kept = bring(lead, padded(garden()), "garden.json")
    rows = FrameworkImport.objects.filter(pk=kept.pk)
    rows.update(state="reading", started_at=clock.now(), tries=1)
    read_imports()
    assert rows.get().state == "reading"
    long_ago = clock.now() - limits.GIVEN_UP_AFTER - timedelta(seconds=1)
    rows.update(started_at=long_ago)
    read_imports()
    assert (rows.get().state, rows.get().tries) == ("ready", 2)
    rows.update(state="reading", started_at=long_ago, tries=limits.MOST_TRIES)
    read_imports()
    assert rows.get().state == "failed"


def test_it_can_be_finished_as_a_draft_first(lead: Membership) -> None:
    draft = uploads.draft_import(by=lead, kept=bring(lead, raw(garden()), "garden.json"), choice=Choice())
    assert FrameworkDraft.objects.get() == draft
    assert draft.title == "Allotment skills"
    assert [each["name"] for each in draft.content["domains"]] == ["Soil", "Water"]
    assert FrameworkVersion.objects.count() == 0


def test_only_leads_bring_frameworks_and_nobody_sees_those_of_others(
    lead: Membership, educator: Membership, outsider: Membership
) -> None:
    kept = bring(lead, SIMPLE)
    there = f"{HERE}{kept.pk}/"
    assert client_of(educator).get(HERE).status_code == 403
    assert client_of(educator).get(there).status_code == 403
    assert client_of(educator).post(f"{there}publish/").status_code == 403
    assert client_of(outsider).get(there).status_code == 404
    other = f"/s/stonefield/frameworks/import/{kept.pk}/"
    assert client_of(outsider).get(other).status_code == 404
    with pytest.raises(Refused):
        bring(educator, SIMPLE)
    assert "garden" not in client_of(lead).get("/s/harbour-bridge/frameworks/").content.decode()


def test_a_file_goes_when_its_transaction_fails_when_it_is_dropped_and_when_it_runs_out(
    lead: Membership, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    bring(lead, SIMPLE)
    assert len(list(all_paths())) == 1
    FrameworkImport.objects.update(expires_at=clock.now() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        forget_imports()
    assert FrameworkImport.objects.count() == 0
    assert list(all_paths()) == []
    import_storage().save("abc/stray", ContentFile(b"left behind"))
    forget_imports()
    assert list(all_paths()) == ["abc/stray"]
    monkeypatch.setattr(uploads, "STRAYS_AFTER", timedelta(0))
    forget_imports()
    assert list(all_paths()) == []


def test_there_is_an_end_to_how_much_is_kept_and_how_large_it_is(
    lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(lead)
    monkeypatch.setattr(uploads, "MOST_KEPT", 1)
    assert send(client, SIMPLE).status_code == 302
    assert "Delete some first" in send(client, SIMPLE).content.decode()
    answer = send(client, b" " * (limits.MOST_BYTES + 1))
    assert answer.status_code == 422
    assert "larger than 50 MB" in answer.content.decode()


def test_the_template_can_be_taken_and_read_back(lead: Membership) -> None:
    client = client_of(lead)
    for name in ("framework.csv", "framework.xlsx"):
        answer = client.get(f"{HERE}{name}")
        assert "attachment" in answer["Content-Disposition"]
        reading = read_table(answer.content, name)
        assert reading.problems == [] and reading.plan is not None


def test_what_is_brought_stands_in_the_log(lead: Membership) -> None:
    kept = bring(lead, SIMPLE)
    uploads.drop_import(by=lead, kept=kept)
    said = list(Event.objects.filter(verb__startswith="framework.import").values_list("verb", flat=True))
    assert sorted(said) == ["framework.import-brought", "framework.import-dropped"]


def test_what_was_read_is_kept_as_it_was() -> None:
    for content, name in ((raw(garden()), "a.json"), (SIMPLE, "b.csv"), (WRONG, "c.csv")):
        source = read_source(BytesIO(content), name)
        back = unpacked(packed(source))
        assert (back.notes, back.lines, back.plan) == (source.notes, source.lines, source.plan)
        if source.package is not None:
            assert back.package is not None
            assert blueprint_of(back.package, Choice()) == blueprint_of(source.package, Choice())


@pytest.mark.parametrize("deep", [150, 450, 800, 5000])
@pytest.mark.parametrize("where", ["CFItems", "CFRubrics"])
def test_however_deep_a_package_is_nested_it_is_refused_or_taken_and_never_a_crash(
    lead: Membership, deep: int, where: str
) -> None:
    package = garden()
    package["CFItems"][2]["extensions"] = "HERE" if where == "CFItems" else {}
    package["CFRubrics"] = [{"deep": "HERE"}] if where == "CFRubrics" else []
    client = client_of(lead)
    content = raw(package).replace(b'"HERE"', b"[" * deep + b"]" * deep)
    answer = send(client, content, "garden.json")
    assert answer.status_code == (302 if deep < limits.MOST_NESTED else 422)
    if answer.status_code == 302:
        assert client.post(f"{answer.url}publish/").status_code == 302
        open_framework(framework=FrameworkVersion.objects.get().framework, by=lead)


@pytest.mark.parametrize("rubbish", [None, 7, "x", {}, [None], ["a", 5], [[{}]]])
def test_parts_that_we_do_not_read_may_hold_anything_and_every_version_can_be_given_out(
    lead: Membership, rubbish: Any
) -> None:
    package = garden() | {"CFRubrics": rubbish, "CFDefinitions": {"CFLicenses": rubbish}}
    package["CFItems"][3]["extensions"] = rubbish
    changed = garden() | {"CFRubrics": rubbish, "CFDefinitions": rubbish}
    changed["CFItems"][2]["fullStatement"] = "Builds a heap."
    changed["CFItems"].pop(), changed["CFAssociations"].pop()
    for each in (package, changed):
        answer = send(client_of(lead), raw(each), "garden.json")
        assert client_of(lead).post(f"{answer.url}publish/").status_code == 302
        version = FrameworkVersion.objects.order_by("-published_at")[0]
        open_framework(framework=version.framework, by=lead)
        assert FORMS["case-1.1"].made(version) and FORMS["case-1.0"].made(version)
    assert FrameworkVersion.objects.count() == 2


def test_hostile_names_and_words_are_shown_harmlessly(lead: Membership) -> None:
    client = client_of(lead)
    content = table(["domain", "competency"], ["<script>alert(1)</script>", "=cmd|'/C calc'!A0"])
    there = send(client, content, "../../<img src=x onerror=alert(1)>.csv").url
    text = client.get(there).content.decode() + client.get(HERE).content.decode()
    assert "<script>alert" not in text and "<img src=x" not in text


def test_the_pages_cost_the_same_whatever_is_in_them(
    lead: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    small = send(client, SIMPLE).url
    rows = [[f"Domain {n % 50}", f"Competency {n}"] for n in range(1000)]
    large = send(client, table(["domain", "competency"], *rows), "many.csv").url
    for address in (small, large):
        with django_assert_num_queries(6):
            client.get(address)
    with django_assert_num_queries(5):
        client.get(HERE)
