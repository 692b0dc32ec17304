"""The controls: what the attack of `test_linking` finds where letters with codes are kept as other letters are.

And that those who get one reach the questions and are told apart by nothing.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.trust.linking import SLIPS, Respondent, tables_of
from tests.trust.linking_letters import LETTERS_TABLE, Post
from tests.trust.loot import take_all
from tests.trust.test_linking import Told
from tests.trust.test_linking import told as told
from throughline.activity import actions as outbox
from throughline.activity.models import OutgoingMail
from throughline.activity.post import deliver_due
from throughline.activity.tests.sink import Sink
from throughline.activity.tests.test_post import mail_server_at
from throughline.home.running.backing_up import back_up
from throughline.kit import unkept
from throughline.voices.inviting.actions import letters, slips
from throughline.voices.models import LETTERS
from throughline.voices.spool.marks import code_hash, code_of

pytestmark = pytest.mark.django_db(transaction=True)
SOME = 120


@pytest.fixture
def post(told: Told, tmp_path: Path) -> Post:
    return Post(told.lead, tmp_path)


def as_people(post: Post, codes: list[str]) -> list[Respondent]:
    """Those who got a letter; none of them answers."""
    return [Respondent(code_hash(code), "", str(number), str(number)) for number, code in enumerate(codes)]


def test_the_attack_finds_them_where_codes_are_made_in_the_order_of_the_list(
    told: Told, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    class InOrder:
        @staticmethod
        def SystemRandom() -> Any:
            return InOrder

        @staticmethod
        def shuffle(rows: list[Any]) -> None:
            """Leave them as they were typed in."""

    monkeypatch.setattr(letters, "secrets", InOrder)
    monkeypatch.setattr(slips, "sorted", list, raising=False)
    people = as_people(post, post.give(told.asked, SOME))
    got = {each.name: each for each in post.laid_on_slips(people, [take_all().tables])}
    found = got[f"the list on {SLIPS} as read, seen 0"]
    assert found.hits == SOME and found.alike == 1


def test_a_backup_that_held_waiting_letters_would_tell_every_code(
    told: Told, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the server's key, which lies beside most backups."""
    names = {model._meta.db_table for model in LETTERS}
    monkeypatch.setattr(unkept, "tables", [each for each in unkept.tables if each not in names])
    post.give(told.asked, SOME)
    tables, raw = post.backups[0]
    assert {row["to"]: code_of(row["seed"]) for row in tables[LETTERS_TABLE]} == post.got
    assert all(each.encode() in raw for each in post.got)
    monkeypatch.undo()
    tables, raw = tables_of(back_up(tmp_path / "as we make it").file)
    assert not tables.get(LETTERS_TABLE) and not any(each.encode() in raw for each in post.got)


def test_while_letters_wait_the_running_database_would_tell(told: Told, post: Post) -> None:
    """Why nothing of them may be kept: there is something to find."""
    post.write(told.asked, SOME)
    rows = take_all().tables[LETTERS_TABLE]
    assert {row["to"] for row in rows} == set(post.listed)
    hashes = {row["code_hash"] for row in take_all().tables[SLIPS]}
    assert {code_hash(code_of(row["seed"])) for row in rows} == hashes


def test_the_usual_outbox_would_keep_every_address_and_in_a_backup_its_code(
    told: Told, tmp_path: Path
) -> None:
    """Its rows keep an address for a quarter of a year, the moment at which it was sent, and the text until then."""
    found = [(f"zq{number:012x}zq@families.test", f"{number:012d}") for number in range(5)]
    for address, code in found:
        outbox.queue_mail(key=f"code {address}", to=address, subject="?", body=f"/c/{code}")
    _tables, raw = tables_of(back_up(tmp_path / "waiting").file)
    assert all(address.encode() in raw and f"/c/{code}".encode() in raw for address, code in found)
    with Sink() as sink, mail_server_at(sink.port):
        assert deliver_due() == 5
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {address for address, _code in found}
