"""A real mail server that keeps what it is given, on a free port of this machine."""

import socket
import time
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Start with `with Sink() as sink:`; `refuse` maps an address to the line it is answered with."""

    def __init__(self, *, refuse: dict[str, str] | None = None, seconds_per_letter: float = 0) -> None:
        self.letters: list[Message] = []
        self.refuse = refuse or {}
        self.seconds_per_letter = seconds_per_letter
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        time.sleep(self.seconds_per_letter)
        self.letters.append(message_from_bytes(envelope.content))
        return "250 Taken"

    def __enter__(self) -> "Sink":
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
