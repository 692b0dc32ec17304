"""A person's browser, as little of it as a bench needs."""

import http.client
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.load import TOKEN

BOUNDARY = "a-boundary-of-the-bench"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    kind: str
    content: bytes
    location: str


@dataclass
class Asker:
    """Asks the server as one person, each time on a connection of its own."""

    port: int
    cookie: str
    statuses: Counter[int] = field(default_factory=Counter)

    def ask(self, method: str, address: str, body: bytes | None = None, kind: str = "") -> Answer:
        """A request of any kind."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Cookie": self.cookie, **({"Content-Type": kind} if kind else {})}
            line.request(method, address, body=body, headers=headers)
            said = line.getresponse()
            self.statuses[said.status] += 1
            there = said.headers.get("Location", "")
            return Answer(said.status, said.headers.get_content_type(), said.read(), there)
        finally:
            line.close()

    def get(self, address: str) -> Answer:
        """A page."""
        return self.ask("GET", address)

    def post(self, address: str, said: dict[str, str]) -> Answer:
        """A form."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **said}).encode()
        return self.ask("POST", address, body, "application/x-www-form-urlencoded")

    def upload(self, address: str, said: dict[str, str], name: str, content: bytes) -> Answer:
        """A form with a file."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {"csrfmiddlewaretoken": TOKEN, **said}.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.ask("POST", address, body, f"multipart/form-data; boundary={BOUNDARY}")
