"""The pages of the grammar: what they show, what they refuse, what they cost, and that nothing leaks."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe
from PIL import Image

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import Tree
from throughline.kit import clock
from throughline.kit.registry import Registry
from throughline.records import named_dates, panels
from throughline.records.actions import Cite, decide, open_record
from throughline.records.evidence.actions import Shows, withdraw_evidence
from throughline.records.models import Evidence, Record
from throughline.records.named_dates import NamedDate
from throughline.schools.models import Group, Membership
from throughline.testing import client_of

Bring = Callable[..., Evidence]
MARCH, JUNE = (datetime(2025, month, 10, 12, tzinfo=UTC) for month in (3, 6))


@pytest.fixture
def client(lead: Membership) -> Client:
    return client_of(lead)


@pytest.fixture
def base(record: Record) -> str:
    return f"/s/{record.organisation.slug}/records/{record.pk}/"


@pytest.fixture
def story(record: Record, grown: Tree, lead: Membership, bring: Bring) -> Evidence:
    """In March the first competency begins; in June it is earned and the second begins on evidence soon stale."""
    first, second = grown.competencies[:2]
    with clock.standing_at(MARCH):
        decide(record=record, competency_id=first.id, after="in-progress", reason="We began <b>", by=lead)
    with clock.standing_at(JUNE):
        piece = bring(shows=tuple(Shows(first.id, each.id) for each in first.indicators))
        decide(
            record=record,
            competency_id=first.id,
            after="earned",
            reason="Every class does it",
            by=lead,
            cites=[Cite(piece.id, each.id) for each in first.indicators],
            why_changed="practice",
            dissent="One of us is not sure",
        )
        short = bring(recheck_on=date(2025, 8, 1), title="Soon stale")
        decide(
            record=record,
            competency_id=second.id,
            after="in-progress",
            reason="A start",
            by=lead,
            cites=[Cite(short.id)],
        )
    return piece


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


class TestProfile:
    def test_today_and_any_date(self, client: Client, base: str, story: Evidence) -> None:
        html = client.get(f"{base}profile/").content.decode()
        assert "1 of 2" in html
        assert "in progress, to re-check" in html
        past = client.get(f"{base}profile/?on=2025-04-01").content.decode()
        assert "0 of 2" in past
        assert "The profile on April 1, 2025" in past

    def test_the_day_of_a_decision_includes_it(self, client: Client, base: str, story: Evidence) -> None:
        told = [
            client.get(f"{base}profile.json?on={day}").json()["items"][0]["standing"]
            for day in ("2025-03-09", "2025-03-10", "2025-06-09", "2025-06-10")
        ]
        assert told == ["not-started", "in-progress", "in-progress", "earned"]

    def test_between_two_dates_it_says_what_changed_and_why(
        self, client: Client, base: str, story: Evidence
    ) -> None:
        html = client.get(f"{base}profile/?from=2025-07-01").content.decode()
        assert "What became stale" in html
        assert "No standings changed" in html
        html = client.get(f"{base}profile/?from=2025-04-01&on=2025-07-01").content.decode()
        assert "From in progress to earned. What we do has changed." in html
        assert "Every class does it" in html
        assert "What became stale" not in html
        assert "April 1, 2025 and July 1, 2025, side by side" in html

    def test_names_and_reasons_are_shown_as_typed(self, client: Client, base: str, story: Evidence) -> None:
        html = client.get(f"{base}profile/?from=2025-01-02&on=2025-04-01").content.decode()
        assert "We began &lt;b&gt;" in html

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("on=banana", "year, month, and day"),
            ("on=2025-02-30", "year, month, and day"),
            ("on=2999-01-01", "is in the future"),
            ("from=0001-01-01", "too far back"),
            ("on=2025-03-01&from=2025-03-01", "before the other one"),
            ("on=%00", "year, month, and day"),
        ],
    )
    def test_dates_that_make_no_sense_are_told_clearly(
        self, query: str, sentence: str, client: Client, base: str, story: Evidence
    ) -> None:
        page = client.get(f"{base}profile/?{query}")
        assert page.status_code == 422
        assert sentence in page.content.decode()
        for name in ("profile.svg", "profile.json"):
            answer = client.get(f"{base}{name}?{query}")
            assert answer.status_code == 400
            assert sentence in answer.content.decode()

    def test_rooms_above_name_dates_and_the_page_links_to_them(
        self, client: Client, base: str, story: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(named_dates, "sources", Registry())
        today = clock.today()
        named_dates.sources.add(lambda *_about: [NamedDate(date(2025, 6, 12), "First round closed")])
        named_dates.sources.add(lambda *_about: [NamedDate(today, "Closed just now")])
        html = client.get(f"{base}profile/").content.decode()
        assert "First round closed" in html
        assert "?on=2025-06-12" in html
        assert "?from=2025-06-12" in html
        assert f"?on={today}" in html and f"?from={today}" not in html

    def test_picture_and_data(self, client: Client, base: str, story: Evidence) -> None:
        picture = client.get(f"{base}profile.svg?from=2025-04-01")
        assert picture["Content-Type"].startswith("image/svg+xml")
        assert "script" not in picture["Content-Security-Policy"]
        assert ET.fromstring(picture.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
        data = client.get(f"{base}profile.json?from=2025-04-01").json()
        assert data["framework"] == {"title": "A small framework", "version": "1"}
        assert data["holder"] == {"kind": "organisation", "name": "Harbour Bridge"}
        assert data["items"][0] == {
            "code": "c0",
            "name": "Competency 0",
            "domain": "Purpose",
            "level": "foundational",
            "standing": "earned",
            "since": JUNE.isoformat(),
            "recheck": False,
            "set_aside": None,
            "before": "in-progress",
        }
        assert json.dumps(data["items"][3]["since"]) == "null"


class TestCompetency:
    def test_it_tells_the_whole_history(
        self, client: Client, base: str, grown: Tree, story: Evidence, lead: Membership
    ) -> None:
        withdraw_evidence(evidence=story, reason="Not ours", by=lead)
        html = client.get(f"{base}competencies/{grown.competencies[0].id}/").content.decode()
        for said in (
            "Indicator 1 of competency 0",
            "Who can tell: learners, families",
            "From in progress to earned",
            "From not started to in progress",
            "One of us is not sure",
            "What we do has changed.",
            "withdrawn since",
            "Notes of a visit",
            "Not yet",
        ):
            assert said in html, said
        assert html.index("From in progress to earned") < html.index("From not started to in progress")

    def test_rooms_above_add_panels(
        self, client: Client, base: str, grown: Tree, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(panels, "sources", Registry())
        panels.sources.add(lambda *_about: panels.Panel("Agreed steps", mark_safe("<p>Usual in June</p>")))
        panels.sources.add(lambda *_about: None)
        html = client.get(f"{base}competencies/{grown.competencies[0].id}/").content.decode()
        assert "Agreed steps" in html
        assert "<p>Usual in June</p>" in html

    def test_a_competency_of_another_framework_is_not_here(self, client: Client, base: str) -> None:
        assert client.get(f"{base}competencies/{uuid4()}/").status_code == 404


class TestBring:
    FIELDS = {
        "kind": "text",
        "title": "What we saw",
        "text": "They asked each other first.",
        "mark": "practice",
        "happened_on": "2025-03-01",
        "place": "in-school",
    }

    def test_the_form_puts_the_competency_first_and_keeps_a_local_way_back(
        self, client: Client, base: str, grown: Tree
    ) -> None:
        first = grown.competencies[2]
        html = client.get(f"{base}evidence/new/?competency={first.id}&next=/s/x/agree/").content.decode()
        assert html.index("Indicator 1 of competency 2") < html.index("Indicator 1 of competency 0")
        assert 'value="/s/x/agree/"' in html
        assert "MB" in html
        assert client.get(f"{base}evidence/new/?competency={uuid4()}").status_code == 404
        assert client.get(f"{base}evidence/new/?competency=x").status_code == 404

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1", "evil"]
    )
    def test_the_way_back_never_leads_elsewhere(self, elsewhere: str, client: Client, base: str) -> None:
        html = client.get(f"{base}evidence/new/", {"next": elsewhere}).content.decode()
        assert "evil" not in html[html.index('<form class="form bring"') :]
        answer = client.post(f"{base}evidence/new/", {**self.FIELDS, "next": elsewhere})
        assert answer.status_code == 302
        assert answer["Location"] == f"/s/harbour-bridge/evidence/{Evidence.objects.get().pk}/"

    def test_it_is_kept_with_what_it_shows(
        self, client: Client, base: str, grown: Tree, lead: Membership
    ) -> None:
        competency = grown.competencies[0]
        shows = [str(competency.id), f"{competency.id}:{competency.indicators[1].id}"]
        answer = client.post(
            f"{base}evidence/new/", {**self.FIELDS, "shows": shows, "why": "It is usual", "next": "/back/"}
        )
        assert (answer.status_code, answer["Location"]) == (302, "/back/")
        made = Evidence.objects.get()
        assert (made.brought_by, made.happened_on, made.mark) == (lead, date(2025, 3, 1), "practice")
        assert {each.indicator_id for each in made.claims.all()} == {None, competency.indicators[1].id}

    def test_after_an_error_everything_typed_is_still_there(
        self, client: Client, base: str, grown: Tree
    ) -> None:
        box = f"{grown.competencies[0].id}:{grown.competencies[0].indicators[0].id}"
        upload = SimpleUploadedFile("notes.txt", b"Some notes")
        wrong = {
            **self.FIELDS,
            "kind": "file",
            "title": "",
            "happened_on": "2999-01-01",
            "shows": [box],
            "file": upload,
        }
        answer = client.post(f"{base}evidence/new/", wrong)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Give it a short title." in html
        assert "This date is in the future." in html
        assert "Please choose the file again" in html
        assert "They asked each other first." in html
        assert f'value="{box}" checked' in html
        assert Evidence.objects.count() == 0

    def test_no_file_no_address_no_figure(self, client: Client, base: str) -> None:
        for kind, sentence in (
            ("file", "Choose a file."),
            ("link", "Enter a full web address"),
            ("figure", "Enter the figure and what it counts."),
        ):
            answer = client.post(f"{base}evidence/new/", {**self.FIELDS, "kind": kind})
            assert answer.status_code == 422
            assert sentence in answer.content.decode()

    def test_a_photo_is_shown_and_a_bad_file_is_refused_kindly(self, client: Client, base: str) -> None:
        content = BytesIO()
        Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
        photo = SimpleUploadedFile("wall.jpg", content.getvalue())
        answer = client.post(
            f"{base}evidence/new/", {**self.FIELDS, "kind": "photo", "text": "", "file": photo}
        )
        assert answer.status_code == 302
        made = Evidence.objects.get()
        assert made.file is not None
        html = client.get(answer["Location"]).content.decode()
        assert f"/files/{made.file.pk}/?inline" in html
        shown = client.get(f"/s/harbour-bridge/files/{made.file.pk}/?inline")
        assert shown["Content-Type"] == "image/webp"
        page = SimpleUploadedFile("page.html", b"<html><script>1</script>")
        answer = client.post(f"{base}evidence/new/", {**self.FIELDS, "kind": "file", "file": page})
        assert answer.status_code == 422
        assert Evidence.objects.count() == 1

    def test_a_groups_standing_can_be_brought(
        self, client: Client, base: str, grown: Tree, lead: Membership, record: Record
    ) -> None:
        assert "a group’s standing" not in client.get(f"{base}evidence/new/").content.decode()
        group = Group.objects.create(organisation=lead.organisation, kind="subject", name="Mathematics")
        theirs = open_record(version=record.version, by=lead, group=group)
        made = decide(
            record=theirs, competency_id=grown.competencies[0].id, after="in-progress", reason="So", by=lead
        )
        assert "Mathematics: Competency 0, in progress" in client.get(f"{base}evidence/new/").content.decode()
        told = {**self.FIELDS, "kind": "standing", "title": "", "cited_decision": str(made.pk)}
        answer = client.post(f"{base}evidence/new/", told)
        piece = Evidence.objects.get()
        assert (piece.cited_decision, piece.title) == (made, "Mathematics: Competency 0, in progress")
        decide(
            record=theirs, competency_id=made.competency_id, after="not-started", reason="Stopped", by=lead
        )
        assert "decided again since" in client.get(answer["Location"]).content.decode()

    def test_a_double_click_makes_one_row(self, client: Client, base: str) -> None:
        once = {**self.FIELDS, "_once": str(uuid4())}
        first, second = (client.post(f"{base}evidence/new/", once) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert Evidence.objects.count() == 1


class TestEvidence:
    def test_the_list_can_be_narrowed(
        self, client: Client, base: str, grown: Tree, bring: Bring, lead: Membership
    ) -> None:
        with clock.standing_at(MARCH):
            bring(title="Plan", mark="document")
            bring(title="Old notes", recheck_on=date(2025, 6, 1))
            bring(title="Shown", shows=(Shows(grown.competencies[0].id),))
            withdraw_evidence(evidence=bring(title="Withdrawn"), reason="Not ours", by=lead)

        def titles(query: str) -> set[str]:
            html = client.get(f"{base}evidence/?{query}").content.decode()
            return {
                each for each in ("Plan", "Old notes", "Shown", "Withdrawn") if f"<bdi>{each}</bdi>" in html
            }

        assert titles("") == {"Plan", "Old notes", "Shown", "Withdrawn"}
        assert titles("mark=document") == {"Plan"}
        assert titles("state=stale") == {"Old notes"}
        assert titles("state=withdrawn") == {"Withdrawn"}
        assert titles("state=fresh") == {"Plan", "Shown"}
        assert titles(f"competency={grown.competencies[0].id}") == {"Shown"}
        assert titles("competency=x&mark=y&page=z") == {"Plan", "Old notes", "Shown", "Withdrawn"}

    def test_its_page_says_what_it_shows_and_where_it_stands(self, client: Client, story: Evidence) -> None:
        html = client.get(f"/s/harbour-bridge/evidence/{story.pk}/").content.decode()
        assert "Indicator 2 of competency 0" in html
        assert "From in progress to earned" in html

    def test_it_can_be_claimed_for_more(self, client: Client, story: Evidence, grown: Tree) -> None:
        address = f"/s/harbour-bridge/evidence/{story.pk}/claims/new/"
        assert client.get(address).status_code == 200
        assert client.post(address, {}).status_code == 422
        answer = client.post(address, {"shows": [str(grown.competencies[3].id)], "why": "Here too"})
        assert answer.status_code == 302
        assert story.claims.filter(competency=grown.competencies[3].id, why="Here too").exists()
        assert client.get(f"{address}?record={uuid4()}").status_code == 404
        assert client.get(f"{address}?record=x").status_code == 404

    def test_it_is_withdrawn_with_a_reason(
        self, client: Client, story: Evidence, educator: Membership
    ) -> None:
        address = f"/s/harbour-bridge/evidence/{story.pk}/withdraw/"
        refused = client_of(educator).get(address)
        assert refused.status_code == 403
        assert client_of(educator).post(address, {"reason": "No"}).status_code == 403
        assert "Say why" in client.post(address, {"reason": ""}).content.decode()
        assert client.post(address, {"reason": "Another school’s"}).status_code == 302
        story.refresh_from_db()
        assert story.withdrawn_reason == "Another school’s"
        html = client_of(educator).get(f"/s/harbour-bridge/evidence/{story.pk}/").content.decode()
        assert "Another school’s" in html
        assert "withdraw/" not in html


ADDRESSES = ("profile/", "profile.svg", "profile.json", "evidence/", "evidence/new/", "competencies/{c}/")
OF_EVIDENCE = ("", "claims/new/", "withdraw/")


@pytest.fixture
def everywhere(record: Record, grown: Tree, story: Evidence) -> list[str]:
    """Every page, for a record and a piece of evidence that exist."""
    start = "/s/{slug}/"
    of_record = [
        f"{start}records/{record.pk}/{each}".replace("{c}", str(grown.competencies[0].id))
        for each in ADDRESSES
    ]
    return [*of_record, *(f"{start}evidence/{story.pk}/{each}" for each in OF_EVIDENCE)]


def test_strangers_find_nothing_by_any_way_in(
    everywhere: list[str], outsider: Membership, lead: Membership
) -> None:
    stranger = client_of(outsider)
    for address in everywhere:
        assert client_of(lead).get(address.format(slug="harbour-bridge")).status_code == 200, address
        for slug in ("harbour-bridge", "stonefield"):
            assert stranger.get(address.format(slug=slug)).status_code == 404, address
            if not address.endswith((".svg", ".json")):
                assert stranger.post(address.format(slug=slug), {"reason": "x"}).status_code in (404, 405), (
                    address
                )
        assert Client().get(address.format(slug="harbour-bridge")).status_code == 302, address


def test_those_who_do_not_see_the_record_find_nothing(
    everywhere: list[str], learner: Membership, family: Membership
) -> None:
    for member in (learner, family):
        for address in everywhere:
            assert client_of(member).get(address.format(slug="harbour-bridge")).status_code == 404, address


def test_a_learner_sees_their_own_record_and_staff_do_not(
    version: FrameworkVersion, learner: Membership, lead: Membership, bring: Bring
) -> None:
    own = open_record(version=version, by=learner, learner=learner)
    piece = bring(to=own, by=learner)
    for address in (f"records/{own.pk}/profile/", f"evidence/{piece.pk}/"):
        assert client_of(learner).get(f"/s/harbour-bridge/{address}").status_code == 200
        assert client_of(lead).get(f"/s/harbour-bridge/{address}").status_code == 404


class TestCost:
    """The number of queries does not depend on how much there is."""

    @pytest.fixture(autouse=True)
    def _nothing_from_above(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(named_dates, "sources", Registry())
        monkeypatch.setattr(panels, "sources", Registry())

    def more(self, record: Record, tree: Tree, by: Membership, bring: Bring, times: int) -> None:
        for place in range(times):
            competency = tree.competencies[place % 2]
            piece = bring(shows=tuple(Shows(competency.id, each.id) for each in competency.indicators))
            decide(
                record=record,
                competency_id=competency.id,
                after="earned",
                reason=f"Seen again {place}",
                by=by,
                cites=[Cite(piece.id, each.id) for each in competency.indicators],
            )

    @pytest.mark.parametrize(
        ("address", "most"),
        [
            ("profile/", 12),
            ("profile/?from=2025-04-01", 12),
            ("competencies/{c}/", 12),
            ("evidence/", 12),
            ("evidence/?state=fresh&mark=practice", 12),
            ("evidence/new/?competency={c}", 12),
        ],
    )
    def test_pages_of_a_record(
        self,
        address: str,
        most: int,
        client: Client,
        base: str,
        record: Record,
        grown: Tree,
        lead: Membership,
        bring: Bring,
    ) -> None:
        where = base + address.replace("{c}", str(grown.competencies[0].id))
        self.more(record, grown, lead, bring, 2)
        client.get(where)
        few = queries(client, where)
        self.more(record, grown, lead, bring, 6)
        assert queries(client, where) == few <= most

    def test_the_page_of_a_piece(
        self, client: Client, record: Record, grown: Tree, story: Evidence, lead: Membership
    ) -> None:
        where = f"/s/harbour-bridge/evidence/{story.pk}/"
        client.get(where)
        few = queries(client, where)
        for _ in range(5):
            decide(
                record=record,
                competency_id=grown.competencies[0].id,
                after="in-progress",
                reason="Again",
                by=lead,
                cites=[Cite(story.id)],
            )
        assert queries(client, where) == few <= 12

    def test_long_lists_are_paged(self, client: Client, base: str, bring: Bring) -> None:
        for place in range(51):
            bring(title=f"Piece {place}")
        first, second = (client.get(f"{base}evidence/?page={page}").content.decode() for page in (1, 2))
        assert first.count('class="evidence "') == 50
        assert second.count('class="evidence "') == 1
