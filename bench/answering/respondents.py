"""People who answer on phones: each comes at their own time, reads, chooses, goes on, and hands in.

python -m bench.answering.respondents PORT PLACE AT_ONCE EACH_SECOND SECONDS THINK < CODES.json

Each types a code from the list. They come whether or not the server keeps up (an open loop). Printed as JSON: how long each request took, and the marks of
those whose answer was acknowledged.
"""

import asyncio
import json
import random
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "b" * 32  # the same in cookie and form: all that the server asks of a token
NAMES = re.compile(rb'name="([qw]\.[^"]+)"')
SEEN = re.compile(rb'name="seen" value="(\d+)"')
FORM = "application/x-www-form-urlencoded"
LONGEST_WAIT = 60


@dataclass(slots=True)
class Told:
    """What came of it: milliseconds by kind of request, marks of acknowledged answers, what went wrong."""

    waited: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Phone:
    """One person's browser: a connection, cookies, and nothing else."""

    def __init__(self, port: int, told: Told) -> None:
        self.port, self.told = port, told
        self.cookies = {"csrftoken": TOKEN}
        self.reader: Any = None
        self.writer: Any = None

    async def ask(self, kind: str, method: str, path: str, form: dict[str, str] | None = None) -> "Answer":
        """One request, timed to the last byte of its answer."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}).encode() if form is not None else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self._cookie()}\r\n"
        if form is not None:
            head += f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
        begun = time.perf_counter()
        answer = await asyncio.wait_for(self._sent(head.encode() + b"\r\n" + body), LONGEST_WAIT)
        self.told.waited.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
        self.cookies |= answer.cookies
        return answer

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def _sent(self, request: bytes) -> "Answer":
        if self.writer is not None and self.reader.at_eof():
            self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        return await _answer(self.reader)

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
            self.writer = None


@dataclass(slots=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    cookies: dict[str, str]
    body: bytes


async def _answer(reader: asyncio.StreamReader) -> Answer:
    status = int((await reader.readline()).split()[1])
    location, cookies, size = "", {}, 0
    while (line := (await reader.readline()).strip()) != b"":
        name, _colon, value = line.decode("latin-1").partition(": ")
        match name.lower():
            case "location":
                location = value
            case "set-cookie":
                key, _is, kept = value.partition(";")[0].partition("=")
                cookies[key] = kept
            case "content-length":
                size = int(value)
    return Answer(status, location, cookies, await reader.readexactly(size))


async def respond(port: int, place: str, code: str, mark: str, think: float, told: Told) -> None:
    """One person, from the poster to the thanks. `think`: seconds over each page, from half of it to one and a half."""
    phone = Phone(port, told)
    try:
        await phone.ask("welcome", "GET", f"/v/{place}/?in=en")
        await asyncio.sleep(think * random.uniform(0.5, 1.5))
        answer = await phone.ask("begin", "POST", f"/v/{place}/", {"do": "code", "code": code, "in": "en"})
        while "/answer/" in answer.location:
            here = answer.location
            shown = await phone.ask("read a page", "GET", here)
            await asyncio.sleep(think * random.uniform(0.5, 1.5))
            answer = await phone.ask("save a page", "POST", here.partition("?")[0], _filled(shown.body, mark))
        if "/done/" in answer.location:
            told.acknowledged.append(mark)
        else:
            told.wrong.append(f"{answer.status} {answer.location}")
    except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError) as error:
        told.wrong.append(type(error).__name__)
    finally:
        phone.close()


def _filled(page: bytes, mark: str) -> dict[str, str]:
    """Something chosen everywhere, and the mark written where one can write."""
    seen = SEEN.search(page)
    form = {"in": "en", "do": "next", "seen": seen[1].decode() if seen else "0"}
    for name in {found.decode() for found in NAMES.findall(page)}:
        form[name] = mark if name.startswith("w.") else str(random.randrange(5))
    return form


async def come(
    port: int,
    place: str,
    codes: list[str],
    at_once: int,
    each_second: float,
    seconds: float,
    think: float,
) -> dict[str, Any]:
    """`at_once` people come within the first moments, then `each_second` more until the time is over."""
    told = Told()
    begun = time.monotonic()
    coming = [begun + random.uniform(0, think) for _each in range(at_once)]
    coming += [begun + number / each_second for number in range(int(each_second * seconds))]
    people = []
    for number, when in enumerate(sorted(coming)):
        await asyncio.sleep(max(0.0, when - time.monotonic()))
        people.append(asyncio.create_task(respond(port, place, codes[number], f"mark-{number}", think, told)))
    await asyncio.gather(*people)
    return {
        "waited": told.waited,
        "acknowledged": told.acknowledged,
        "wrong": told.wrong,
        "came": len(coming),
        "took": time.monotonic() - begun,
    }


if __name__ == "__main__":
    port, place, at_once, each_second, seconds, think = sys.argv[1:7]
    codes = json.load(sys.stdin)
    found = asyncio.run(
        come(int(port), place, codes, int(at_once), float(each_second), float(seconds), float(think))
    )
    print(json.dumps(found))
