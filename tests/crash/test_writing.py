"""Server and database are killed while several write one text: what was acknowledged stands in it, once."""

import http.client
import itertools
import json
import random
import threading
import time
import uuid
from pathlib import Path

import pytest

from tests.crash.storm import CSRF, Victim, line_to
from tests.crash.test_nothing_is_lost import victim
from tests.running.places import ENGINES
from throughline.activity.tests.sink import Sink

WRITERS = 4

SET_UP = """
import json
from throughline.elements.editing.actions import replace_text
from throughline.elements.setup.actions import begin_element
from throughline.testing import client_of, make_member, make_person, make_school
amara = make_person("Amara Okafor")
lead = make_member(make_school("School"), "Amara Okafor", "lead", person=amara)
element = begin_element(kind="call-to-action", title="Why", language="en", outline=[], by=lead)
words = {"type": "paragraph", "content": [{"type": "text", "text": "Begin. End."}]}
version = replace_text(element=element, document={"type": "doc", "content": [words]}, seen=0, by=lead)
print(json.dumps({"session": client_of(amara).cookies["sessionid"].value, "version": version}))
"""

READ = """
import json
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change, Element
from throughline.elements.writing.schema import plain_text
held = Element.objects.get()
text = text_at(held)
rows = list(Change.objects.order_by("start").values_list("start", "end", "batch"))
print(json.dumps({"words": plain_text(text.document), "head": held.head, "version": text.version,
                  "rows": [(start, end, str(batch)) for start, end, batch in rows]}))
"""


def send(line: http.client.HTTPConnection, session: str, version: int, batch: str, words: str) -> int | None:
    """The version that was acknowledged; None when the line broke or the database was away."""
    step = {
        "stepType": "replace",
        "from": 8,
        "to": 8,
        "slice": {"content": [{"type": "text", "text": words}]},
    }
    told = {"version": version, "client": "c" * 12, "batches": [{"batch": batch, "steps": [step]}]}
    headers = {
        "Content-Type": "application/json",
        "X-CSRFToken": CSRF,
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
    }
    try:
        line.request("POST", "/s/school/elements/call-to-action/text/live/steps/", json.dumps(told), headers)
        answer = line.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        line.close()
        return None
    if answer.status >= 500:
        return None
    assert answer.status == 200, (answer.status, said[:300])
    found = json.loads(said)
    assert found["refused"] == []
    return int(found["version"])


@pytest.mark.crash
@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_acknowledged_stands_in_the_text_once(engine: str, tmp_path: Path) -> None:
    total, kills = 300, 4
    acknowledged: dict[int, str] = {}
    wrong: list[str] = []
    again = 0
    numbers = itertools.count()
    with Sink() as sink, victim(engine, tmp_path, sink.port) as product:
        told = json.loads(product.shell(SET_UP))

        def write() -> None:
            nonlocal again
            try:
                with line_to(product.port) as line:
                    while (number := next(numbers)) < total:
                        batch = str(uuid.uuid4())
                        while send(line, told["session"], told["version"], batch, f"[{number}] ") is None:
                            again += 1
                            time.sleep(0.05)
                        acknowledged[number] = batch
            except Exception as error:
                wrong.append(repr(error))

        product.start()
        threads = [threading.Thread(target=write) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        _kill_now_and_then(product, kills, total, acknowledged, wrong)
        for thread in threads:
            thread.join()
        product.stop()
        found = json.loads(product.shell(READ))
    assert wrong == []
    assert again > 0, "no write was ever interrupted: the test proves nothing"
    assert len(acknowledged) == total
    assert all(found["words"].count(f"[{number}] ") == 1 for number in range(total))
    assert found["words"].startswith("Begin. [") and found["words"].endswith("] End.")
    assert sorted(batch for _start, _end, batch in found["rows"][1:]) == sorted(acknowledged.values())
    ends = [0, *(end for _start, end, _batch in found["rows"])]
    assert [start for start, _end, _batch in found["rows"]] == ends[:-1]
    assert found["head"] == found["version"] == ends[-1]


def _kill_now_and_then(
    product: Victim, kills: int, total: int, acknowledged: dict[int, str], wrong: list[str]
) -> None:
    for kill in range(kills):
        while len(acknowledged) < (kill + 1) * total // (kills + 1) and not wrong:
            time.sleep(0.002)
        time.sleep(random.random() * 0.05)
        product.kill(database_too=kill % 2 == 1)
        product.start()
