"""P1: nobody can tell which code, and which address that got it by mail, an answer came by, who has the closed listening's database, every backup, and the logs."""

import logging
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.trust.linking import (
    ANSWERS,
    SLIPS,
    Respondent,
    Tables,
    best_by_chance,
    by_nearness,
    came_between,
    laid,
    order_of_backups,
    tables_of,
    tries,
)
from tests.trust.linking_letters import Post
from tests.trust.loot import files_but_of, take_all
from throughline.home.running.backing_up import back_up
from throughline.journeys.tests.steps import a_place
from throughline.schools.models import Membership
from throughline.testing import make_member, make_school, shipped_version
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import LETTERS, SPOOL, Asked, Draft, Listening
from throughline.voices.spool import releasing
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.marks import code_hash, token_hash
from throughline.voices.spool.outcomes import Outcome
from throughline.voices.spool.releasing import COMPANY, release_what_can_be
from throughline.voices.spool.tests.steps import OPEN, give_codes, opened

pytestmark = pytest.mark.django_db(transaction=True)

N = 1_000
UNUSED = 40
SOME = 150  # through the pages
BACKUPS = 5
QUESTIONS = [f"q{number}" for number in range(6)]
# Five standard deviations of the rank correlation of two random orders of a thousand.
TOO_ALIKE = 5 / N**0.5


@dataclass
class Told:
    """A listening and what really happened in it."""

    listening: Listening
    lead: Membership
    asked: Asked
    people: list[Respondent] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


@pytest.fixture
def told() -> Iterator[Told]:
    lead = make_member(make_school(), "Lead Lind", "lead")
    journey = a_place(lead, shipped_version(), [lead]).journey
    listening = begin_listening(journey=journey, title="What we hear", by=lead)
    ask_group(listening=listening, group="family", invited=N, by=lead)
    yield Told(listening, lead, opened(listening, QUESTIONS)["family"])


Answering = Callable[[Asked, str, dict[str, int], str], str]


def by_the_verbs(asked: Asked, code: str, steps: dict[str, int], words: str) -> str:
    """One person answers; the token of their draft."""
    token = begin_draft(asked)
    save_draft(token, steps=steps, background={}, words={OPEN: words})
    assert hand_in(token, code=code) == Outcome.OK
    return token


def by_the_pages(asked: Asked, code: str, steps: dict[str, int], words: str) -> str:
    """The same on a phone of their own; what it tells of itself is made of their words."""
    number = int(words[2:6], 16)
    phone = Client(
        headers={"User-Agent": f"phone {words}"}, REMOTE_ADDR=f"10.77.{number // 256}.{number % 256}"
    )
    here = f"/v/{asked.place}/"
    assert "/answer/1/" in phone.post(here, {"code": code}).headers["Location"]
    token = phone.cookies["voice-draft"].value
    chosen = {f"q.{name}": step for name, step in steps.items()}
    first = phone.post(f"{here}answer/1/", {**chosen, f"w.{OPEN}": words})
    assert "/answer/2/" in first.headers["Location"]
    assert "/done/" in phone.post(f"{here}answer/2/", {"b.grade-band": ""}).headers["Location"]
    return str(token)


def ask(
    told: Told,
    how_many: int,
    to: Path,
    *,
    in_order: bool = False,
    giving: Callable[[Asked, int], list[str]] = give_codes,
    backups: int = BACKUPS,
    answering: Answering = by_the_verbs,
) -> None:
    """So many people answer, each by a slip of their own; answers are let go now and then, and backups are made."""
    chance = random.Random(11)
    codes = giving(told.asked, how_many + UNUSED)
    told.codes, told.unused = codes[:how_many], codes[how_many:]
    said = chance.sample(range(5 ** len(QUESTIONS)), how_many)
    steps = [[number // 5**place % 5 for place in range(len(QUESTIONS))] for number in said]
    words = [f"zq{uuid4().hex[:12]}zq" for _each in range(how_many)]
    tokens = [""] * how_many
    told.came = list(range(how_many))
    if not in_order:
        chance.shuffle(told.came)
    at = {how_many * (number + 1) // (backups + 1) for number in range(backups)}
    for done, number in enumerate(told.came, 1):
        tokens[number] = answering(
            told.asked, codes[number], dict(zip(QUESTIONS, steps[number], strict=True)), words[number]
        )
        if done % 37 == 0:
            release_what_can_be()
        if done in at:
            told.backups.append(back_up(to / str(done)).file)
    told.people = [
        Respondent(code_hash(code), token_hash(token), "".join(map(str, row)), text)
        for code, token, row, text in zip(told.codes, tokens, steps, words, strict=True)
    ]


def test_nobody_links_a_letter_or_its_code_to_an_answer_better_than_chance(
    told: Told, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "mail.log")  # the mail server's own
    post = Post(told.lead, tmp_path)
    ask(told, N, tmp_path, giving=post.give)
    opened_backups = [tables_of(each) for each in told.backups]
    backups = [tables for tables, _raw in opened_backups]
    _no_backup_tells_who_has_answered(told, opened_backups)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what the planner remembers is part of the database
    close_listening(listening=told.listening, by=told.lead)
    told.listening.refresh_from_db()
    assert told.listening.scrubbed_at is not None
    loot = take_all()
    assert len(loot.tables[ANSWERS]) == N
    slips = [number for number, _person in enumerate(told.people)]
    got = list(tries(told.people, loot.tables, [told.came, *post.orders(told.codes)]))
    got += post.laid_on_slips(told.people, [*map(itemgetter(0), post.backups), *backups, loot.tables])
    got.append(by_nearness(told.people, loot.raw))
    between = order_of_backups(told.people, backups, loot.tables)
    got.append(laid("slips on what came between backups", slips, between))
    most = best_by_chance(N)
    assert len(got) > 10
    assert [each for each in got if each.hits > most or abs(each.alike) > TOO_ALIKE] == []
    # As slips were given out, and answers: as they lie, by their keys, and as they came into backups. Each is an order
    # by chance of its own, of which one in 600 is that much alike.
    named = [f"{SLIPS} as read on {ANSWERS} as read", f"{SLIPS} as read on {ANSWERS}.id", got[-1].name]
    alike = sorted(abs(each.alike) for each in got if each.name in named)
    assert len(alike) == 3 and alike[1] < 0.1, alike
    if connection.vendor == "postgresql":
        # Index pages that were split hold hashes twice, used or not: so look wherever slips do not lie themselves.
        _nothing_tells_which_codes_were_used(told, loot.tables, b"")
        elsewhere = set(re.findall(rb"[0-9a-f]{64}", files_but_of(SLIPS)))
        assert not elsewhere.intersection(
            each.encode() for one in told.people for each in (one.code_hash, one.token_hash)
        )
    else:
        _nothing_tells_which_codes_were_used(told, loot.tables, loot.raw)
        assert not any(each.token_hash.encode() in loot.raw for each in told.people)
    said = caplog.text
    post.assert_no_trace([raw for _tables, raw in [*post.backups, *opened_backups]], loot.raw, said)
    assert not any(each.code_hash in said or each.token_hash in said for each in told.people)
    assert not any(code in said for code in told.codes)


def _no_backup_tells_who_has_answered(told: Told, backups: list[tuple[Tables, bytes]]) -> None:
    """None holds a row of the spool, a draft's token or a code; between two, none or at least ten answers came."""
    assert len(backups) == BACKUPS
    for tables, raw in backups:
        assert not any(tables.get(model._meta.db_table) for model in (*SPOOL, *LETTERS))
        assert not any(each.token_hash.encode() in raw for each in told.people[:100])
        assert not any(each.words.encode() in raw for each in told.people[:100])
        _nothing_tells_which_codes_were_used(told, tables, raw)
    came = came_between([tables for tables, _raw in backups])
    assert all(each == 0 or each >= COMPANY for each in came) and sum(came) > N // 2


def _nothing_tells_which_codes_were_used(told: Told, tables: Tables, raw: bytes) -> None:
    """Slips that were used are like those that were not: as often in the bytes, and alike in every column."""
    used = [each.code_hash for each in told.people]
    unused = [code_hash(each) for each in told.unused]
    assert len({raw.count(each.encode()) for each in [*used[:: N // UNUSED], *unused]}) == 1
    rows = {row["code_hash"]: row for row in tables[SLIPS]}
    differ = {"id", "code_hash", "_place"}
    assert (
        len({str({n: c for n, c in rows[each].items() if n not in differ}) for each in [*used, *unused]}) == 1
    )


def test_the_attack_finds_them_where_answers_are_let_go_in_order(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without shuffling, the same attack links nearly everybody."""

    class InOrder:
        @staticmethod
        def SystemRandom() -> Any:
            return InOrder

        @staticmethod
        def shuffle(rows: list[Any]) -> None:
            """Leave them as they came."""

    monkeypatch.setattr(releasing, "secrets", InOrder)
    ask(told, 120, tmp_path, in_order=True, backups=1)
    close_listening(listening=told.listening, by=told.lead)
    got = {each.name: each for each in tries(told.people, take_all().tables)}
    found = got[f"{SLIPS} as read on {ANSWERS} as read"]
    assert found.hits > 100 and found.alike > 0.95
    assert max(each.hits for each in got.values() if "voices_words" in each.name) > 100
    together = b"".join(
        each.words.encode() + b"\x00" * 40 + each.code_hash.encode() + b"\x00" * 400 for each in told.people
    )
    assert by_nearness(told.people, together).hits == 120, "a row of both would be found"


def test_while_it_is_open_the_spool_would_tell(told: Told, tmp_path: Path) -> None:
    """Why no backup may hold it: in the running database, drafts and used codes lie in the order of coming."""
    ask(told, 120, tmp_path, backups=0)
    tables = take_all().tables
    of_slip = {each.code_hash: number for number, each in enumerate(told.people)}
    of_token = {each.token_hash: number for number, each in enumerate(told.people)}
    spent = [of_slip[row["code_hash"]] for row in tables["voices_spent"]]
    drafts = [of_token[row["token_hash"]] for row in tables[Draft._meta.db_table]]
    assert laid("codes on drafts", spent, drafts).alike > 0.9


def test_on_the_pages_nothing_of_a_phone_is_kept_and_nobody_is_linked_either(
    told: Told, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ask(told, SOME, tmp_path, backups=2, answering=by_the_pages)
    bytes_of = [raw for _tables, raw in map(tables_of, told.backups)]
    close_listening(listening=told.listening, by=told.lead)
    loot = take_all()
    got = [*tries(told.people, loot.tables, [told.came]), by_nearness(told.people, loot.raw)]
    assert [each for each in got if each.hits > best_by_chance(SOME) or abs(each.alike) > 5 / SOME**0.5] == []
    for raw in (*bytes_of, loot.raw, caplog.text.encode()):
        assert b"phone zq" not in raw and b"10.77." not in raw
        assert not any(code.encode() in raw for code in told.codes)
        assert not any(each.token_hash.encode() in raw for each in told.people)
    assert told.asked.place not in caplog.text


def test_handing_in_on_the_pages_changes_the_spool_and_nothing_else(told: Told) -> None:
    """No session, no try, no receipt, no line in the log: nothing that has a time."""

    def everything() -> dict[str, list[str]]:
        return {
            model._meta.label: sorted(map(str, model._base_manager.values_list()))
            for model in apps.get_models()
            if model not in SPOOL
        }

    code = give_codes(told.asked, 1)[0]
    before = everything()
    by_the_pages(told.asked, code, dict.fromkeys(QUESTIONS, 2), "zq0123456789abzq")
    assert everything() == before
    assert all(model._base_manager.count() == 1 for model in SPOOL)
