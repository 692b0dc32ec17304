"""People who write in one element over HTTP, in a process of their own: `python -m bench.together.pens` is told on its standard input who.

Each has a paragraph and puts a letter into it twice a second (`pause`), wherever others have moved it. When a letter was typed is told
by the name of its batch, so that every other client knows how old it is when it arrives. What has arrived is put together into
a text at the end, after the measuring.
"""

import asyncio
import hashlib
import json
import random
import sys
import time
from typing import Any
from uuid import UUID

from prosemirror.transform import Step

from throughline.elements.editing.steps import applied, node_of
from throughline.elements.writing.schema import SCHEMA

GATHERED = 0.04  # seconds of typing that the browser sends together
CSRF = "c" * 32


class Pen:
    """One open editor."""

    def __init__(self, told: dict[str, Any], session: str, number: int) -> None:
        self.port, self.path, self.session = told["port"], told["path"], session
        self.version, self.document, self.place = told["version"], told["document"], told["places"][number]
        self.begun = self.version
        self.client = f"pen{number:09d}"
        self.heard: list[
            bytes
        ] = []  # as they came: millions of small objects would stop this process for seconds
        self.late: list[float] = []
        self.answers: list[float] = []
        self.refused = 0
        self.pause = told.get("pause", 0.5)  # seconds between two letters

    def head(self, method: str, path: str, more: str = "") -> bytes:
        cookies = f"sessionid={self.session}; csrftoken={CSRF}"
        return f"{method} {self.path}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n{more}\r\n".encode()

    async def look(self, path: str) -> None:
        """Load a page or what it asks for, as a browser does that opens the editor."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.head("GET", path, "Connection: close\r\n"))
        told = await reader.read()
        assert told.startswith(b"HTTP/1.1 200"), told[:300]
        writer.close()

    async def hear(self) -> None:
        """Until the line is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        writer.write(self.head("GET", f"live/events/?client={self.client}&from={self.version}"))
        await writer.drain()
        try:
            while line := await reader.readline():
                if line.startswith(b"data: ["):
                    self.heard.append(line[6:])
                    self.take(json.loads(line[6:]))
        except asyncio.CancelledError:
            writer.close()

    def take(self, changes: list[dict[str, Any]]) -> None:
        now = time.monotonic()
        for change in changes:
            if change["start"] < self.version:
                continue
            assert change["start"] == self.version, "a version is missing"
            self.version += len(change["steps"])
            for step in change["steps"]:
                if step["from"] <= self.place:
                    self.place += _size(step) - (min(step["to"], self.place) - step["from"])
            if change["client"] != self.client and change["batch"]:
                self.late.append(now - (UUID(change["batch"]).int >> 64) / 1e9)

    async def write(self, until: float) -> None:
        """Type twice a second; send, wait for the answer and for hearing it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(random.random() * 2 * self.pause)
        while time.monotonic() < until:
            begun = time.monotonic()
            name = UUID(int=time.monotonic_ns() << 64 | random.getrandbits(64))
            await asyncio.sleep(GATHERED)
            slice_ = {"content": [{"type": "text", "text": random.choice("abcdefgh ")}]}
            step = {"stepType": "replace", "from": self.place, "to": self.place, "slice": slice_}
            batch = {"batch": str(name), "steps": [step]}
            body = json.dumps({"version": self.version, "client": self.client, "batches": [batch]}).encode()
            more = f"X-CSRFToken: {CSRF}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            sent = time.monotonic()
            writer.write(self.head("POST", "live/steps/", more) + body)
            told = await answer(reader)
            self.answers.append(time.monotonic() - sent)
            self.refused += len(told["refused"])
            while self.version < told["version"]:
                await asyncio.sleep(0.005)
            await asyncio.sleep(max(0, begun + self.pause - time.monotonic()))
        writer.close()

    def hash(self) -> str:
        """Of the text as this client has it."""
        document, version = node_of(self.document), self.begun
        for line in self.heard:
            for change in json.loads(line):
                if change["start"] < version:  # heard twice
                    continue
                for told in change["steps"]:
                    document = applied(Step.from_json(SCHEMA, told), document)
                version += len(change["steps"])
        return hashlib.sha256(json.dumps(document.to_json(), sort_keys=True).encode()).hexdigest()


def _size(step: dict[str, Any]) -> int:
    return sum(len(each["text"]) for each in step["slice"]["content"])


async def answer(reader: asyncio.StreamReader) -> dict[str, Any]:
    """The JSON of an answer."""
    status, length = int((await reader.readline()).split()[1]), 0
    while (line := await reader.readline()).strip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    body = await reader.readexactly(length)
    assert status == 200, (status, body[:300])
    found: dict[str, Any] = json.loads(body)
    return found


async def play(told: dict[str, Any]) -> dict[str, Any]:
    """All of this process's people at once."""
    pens = [Pen(told, session, number) for number, session in told["sessions"]]
    hearing = [asyncio.create_task(pen.hear()) for pen in pens]
    await asyncio.sleep(2)
    until = time.monotonic() + told["seconds"]
    await asyncio.gather(*(pen.write(until) for pen in pens))
    await asyncio.sleep(told["after"])
    for each in hearing:
        each.cancel()
    print("measured", flush=True)
    sys.stdin.readline()
    return {
        "late": [each for pen in pens for each in pen.late],
        "answers": [each for pen in pens for each in pen.answers],
        "refused": sum(pen.refused for pen in pens),
        "versions": sorted({pen.version for pen in pens}),
        "hashes": sorted({pen.hash() for pen in pens}),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(play(json.loads(sys.stdin.readline())))))
