"""What waits in the spool of a listening is in no backup, and everything else is (docs/decisions/0052)."""

import json
import tarfile
from pathlib import Path

import pytest

from tests.running.lived import Lived
from tests.running.test_backup import emptied

pytestmark = pytest.mark.crash

ASK = """
import json
from throughline.journeys.models import Journey
from throughline.schools.models import Membership
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.models import LETTERS, SPOOL, Listening, WaitingLetter, WrittenTo
from throughline.voices.spool.marks import code_hash, token_hash
from throughline.voices.spool.releasing import release_what_can_be
from throughline.voices.spool.tests.steps import answered, give_codes, opened, written
lead = Membership.objects.get(name="Amara Okafor")
begun = begin_listening(journey=Journey.objects.get(), title="What we hear", by=lead)
ask_group(listening=begun, group="learner", by=lead)
learners = opened(begun)["learner"]
codes = give_codes(learners, 23)
for code in codes[:20]:
    answered(learners, code=code)
assert release_what_can_be() == 10
answered(learners, code=codes[20], words="zqheldwordszq")
token = written(learners, words="zqwrittenwordszq")
here = {"organisation": learners.organisation, "asked": learners, "sheet": 2}
WaitingLetter.objects.create(**here, to="zqaddresszq@families.test", language="en", seed="zqseedzq")
WrittenTo.objects.create(**here, address_hash="zqhashzq")
assert all(model.objects.exists() for model in (*SPOOL, *LETTERS))
print(json.dumps({"spent": [code_hash(each) for each in codes[:21]], "token": token_hash(token)}))
"""

SEE = """
import json
from throughline.voices.models import LETTERS, SPOOL, Answer, Slip
told = {model._meta.db_table: model.objects.count() for model in (*SPOOL, *LETTERS, Answer, Slip)}
print(json.dumps(told))
"""


def database_in(backup: Path) -> bytes:
    with tarfile.open(backup) as tar:
        name = next(each for each in tar.getnames() if each.startswith("database."))
        content = tar.extractfile(name)
        assert content
        return content.read()


def test_no_backup_holds_what_waits_in_the_spool(data: Lived, tmp_path: Path) -> None:
    told = json.loads(data.shell(ASK))
    live = data.content()
    backup = data.backup()
    assert data.content() == live, "the running service keeps all of it"
    new = emptied(data, tmp_path)
    said = new.run("restore", "--verify", str(backup))
    assert "FAIL" not in said and "rows in" in said
    kept = json.loads(new.shell(SEE))
    assert (kept.pop("voices_answer"), kept.pop("voices_slip")) == (10, 23)
    assert len(kept) == 6 and set(kept.values()) == {0}
    others = {table: each for table, each in live.items() if table not in kept}
    assert {table: each for table, each in new.content().items() if table in others} == others
    new.run("prepare")
    assert "Nothing failed" in new.run("doctor")
    if "DATABASE_URL" not in data.environment:
        bytes_of_copy = database_in(backup)
        needles = ["zqheldwordszq", "zqwrittenwordszq", "zqaddresszq", "zqseedzq", "zqhashzq", told["token"]]
        bytes_of_live = b"".join(each.read_bytes() for each in data.var.glob("throughline.sqlite3*"))
        assert all(each.encode() in bytes_of_live for each in needles)
        assert not any(each.encode() in bytes_of_copy for each in needles)
        # Each code that was given out stands once, on its slip: nothing tells which were used.
        assert {bytes_of_copy.count(each.encode()) for each in told["spent"]} == {2}  # its row and its index


# After every statement that the backup sends, every file that lies in its folder is looked through.
WATCHED = """
import sqlite3
from pathlib import Path
from django.core.management import call_command
from throughline.home.running import engines
folder, met, plain = Path({folder!r}), [], sqlite3.connect
def look():
    files = [each for each in folder.rglob("*") if each.is_file()]
    met.append(len(files))
    for each in files:
        content = each.read_bytes()
        assert not [word for word in {needles!r} if word.encode() in content], each
class Watched(sqlite3.Connection):
    def execute(self, *given):
        look()
        found = super().execute(*given)
        look()
        return found
engines.sqlite3.connect = lambda *given, **named: plain(*given, factory=Watched, **named)
call_command("backup", to=str(folder))
look()
print("looked", sum(map(bool, met)) > 50)
"""


def test_while_a_backup_is_made_nothing_of_the_spool_lies_beside_it(
    sqlite_data: Lived, tmp_path: Path
) -> None:
    """Nor does anything when it is killed: what lies there then was there at some statement."""
    told = json.loads(sqlite_data.shell(ASK))
    folder = tmp_path / "backups"
    folder.mkdir()
    needles = ["zqheldwordszq", "zqwrittenwordszq", told["token"]]
    said = sqlite_data.shell(WATCHED.format(folder=str(folder), needles=needles))
    assert "looked True" in said
