"""Server and database are killed while people answer a listening: every answer that was acknowledged is there, once,
and every code was spent once."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.crash.storm import Victim, line_to
from tests.crash.test_nothing_is_lost import victim
from tests.running.places import ENGINES
from throughline.activity.tests.sink import Sink

PEOPLE, KILLS, WRITERS = 160, 3, 6
QUESTIONS = [f"q{number}" for number in range(6)]

SET_UP = f"""
import json
from throughline.journeys.tests.steps import a_place
from throughline.testing import make_member, make_school, shipped_version
from throughline.voices.asking.actions import ask_group, begin_listening
from throughline.voices.spool.tests.steps import give_codes, opened
lead = make_member(make_school("School"), "Amara Okafor", "lead")
begun = begin_listening(journey=a_place(lead, shipped_version(), [lead]).journey, title="Spring", by=lead)
ask_group(listening=begun, group="family", invited={PEOPLE}, by=lead)
families = opened(begun, {QUESTIONS!r})["family"]
print(json.dumps({{"place": families.place, "codes": give_codes(families, {PEOPLE} + 10)}}))
"""

# What there is while it is open, and then once it was closed.
SEE = """
import json
from throughline.schools.models import Membership
from throughline.voices.closing.actions import close_listening
from throughline.voices.figures.tallying import differences_of
from throughline.voices.models import SPOOL, Answer, Asked, Draft, HeldAnswer, HeldWords, Listening, Spent, Words
from throughline.voices.spool.marks import code_hash
def steps(*models):
    return [each["steps"] for model in models for each in model.objects.values_list("content", flat=True)]
told = {
    "open": steps(HeldAnswer, Answer),
    "spent": list(Spent.objects.values_list("code_hash", flat=True)),
    "hashes": [code_hash(code) for code in CODES],
    "words": list(HeldWords.objects.values_list("text", flat=True)),
}
Draft.objects.filter(handed_in=False).delete()
listening = close_listening(listening=Listening.objects.get(), by=Membership.objects.get(name="Amara Okafor"))
told["closed"] = steps(Answer)
told["words after"] = list(Words.objects.values_list("text", flat=True))
told["left"] = sum(model.objects.count() for model in SPOOL)
told["wrong"] = len(differences_of(Asked.objects.get()))
print(json.dumps(told))
"""


def said_by(number: int) -> dict[str, int]:
    """What nobody else says."""
    return {code: number // 5**place % 5 for place, code in enumerate(QUESTIONS)}


@dataclass
class Crowd:
    """People who answer on their phones, and send again what was not acknowledged, as they or their browsers would."""

    port: int
    place: str
    codes: list[str]
    acknowledged: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    again: int = 0
    numbers: Any = field(default_factory=lambda: iter(range(PEOPLE)))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer_on(self) -> None:
        """One person after the other, until everybody has answered."""
        try:
            with line_to(self.port) as line:
                while (number := self._next()) is not None and not self.wrong:
                    self._answer(line, number)
        except Exception as error:
            self.wrong.append(repr(error))

    def _next(self) -> int | None:
        with self.lock:
            return next(self.numbers, None)

    def _answer(self, line: http.client.HTTPConnection, number: int) -> None:
        here, cookies = f"/v/{self.place}/", dict[str, str]()
        steps = {f"q.{code}": str(step) for code, step in said_by(number).items()}
        pages = [
            (here, {"code": self.codes[number]}, "/answer/1/"),
            (f"{here}answer/1/", {**steps, "w.open.culture": f"[{number}]", "do": "next"}, "/answer/2/"),
            (f"{here}answer/2/", {"b.grade-band": "upper", "do": "next"}, "/done/"),
        ]
        for path, fields, then in pages:
            where = self._until_acknowledged(line, path, fields, cookies)
            assert then in where, f"{number}: from {path} to {where}"
        self.acknowledged.append(number)

    def _until_acknowledged(
        self, line: http.client.HTTPConnection, path: str, fields: dict[str, str], cookies: dict[str, str]
    ) -> str:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            }
            try:
                line.request("POST", path, urlencode(fields), headers)
                answer = line.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException):
                line.close()
                self.again += 1
                time.sleep(0.05)
                continue
            if answer.status >= 500:  # the database is away just now
                time.sleep(0.05)
                continue
            assert answer.status == 302, (path, answer.status, said[-500:])
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _is, value = cookie.partition(";")[0].partition("=")
                cookies[name] = value
            return str(answer.headers["Location"])
        raise AssertionError(f"{path} was not acknowledged within two minutes")


@pytest.mark.crash
@pytest.mark.parametrize("engine", ENGINES)
def test_every_acknowledged_answer_is_there_once_and_every_code_is_spent_once(
    engine: str, tmp_path: Path
) -> None:
    with Sink() as sink, victim(engine, tmp_path, sink.port) as product:
        told = json.loads(product.shell(SET_UP))
        crowd = Crowd(product.port, told["place"], told["codes"])
        product.start()
        try:
            _kill_now_and_then(product, crowd)
        finally:
            product.stop()
        found = json.loads(product.shell(SEE.replace("CODES", repr(told["codes"][:PEOPLE]))))
        log = (tmp_path / "log").read_text()

    assert crowd.wrong == []
    assert crowd.again > 0, "nobody was ever interrupted: the test proves nothing"
    assert sorted(crowd.acknowledged) == list(range(PEOPLE))
    expected = Counter(json.dumps(said_by(number), sort_keys=True) for number in range(PEOPLE))
    assert Counter(json.dumps(each, sort_keys=True) for each in found["open"]) == expected
    assert Counter(found["spent"]) == Counter(found["hashes"])
    assert Counter(found["words"]) == Counter(f"[{number}]" for number in range(PEOPLE))
    assert Counter(json.dumps(each, sort_keys=True) for each in found["closed"]) == expected
    assert Counter(found["words after"]) == Counter(found["words"])
    assert (found["left"], found["wrong"]) == (0, 0)
    # Killed or not, the server's own log says neither who asked for what, nor with which code.
    assert told["place"] not in log and not any(code in log for code in told["codes"])


def _kill_now_and_then(product: Victim, crowd: Crowd) -> None:
    threads = [threading.Thread(target=crowd.answer_on) for _each in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        for kill in range(KILLS):
            while len(crowd.acknowledged) < (kill + 1) * PEOPLE // (KILLS + 1) and not crowd.wrong:
                time.sleep(0.002)
            time.sleep(random.random() * 0.05)
            product.kill(database_too=kill % 2 == 1)
            product.start()
    except BaseException as error:
        crowd.wrong.append(f"the product did not come back: {error}")
        raise
    finally:
        for thread in threads:
            thread.join()
