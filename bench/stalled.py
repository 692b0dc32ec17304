"""What thirty people who save ratings notice of two hundred uploads that have stopped on their way.

python -m bench.stalled [--quick]
"""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from django.core.management import call_command

import throughline.config.wsgi  # noqa: F401  (sets up as the web server does)

if TYPE_CHECKING:
    from bench.building import School
    from bench.load import Rate

SAVING = 30
STALLED = 200
STALLED_REQUEST = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nabc"
)


@contextmanager
def stalled(port: int, how_many: int) -> Iterator[list[socket.socket]]:
    """Connections that promise a body, send three bytes of it and then nothing."""
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            for _ in range(how_many)
        ]
        for line in lines:
            line.sendall(STALLED_REQUEST)
        yield lines


def main() -> None:
    """Prepare an empty database and a school, measure, and print the figures as JSON."""
    from bench.building import build
    from bench.sizes import BASE, Size

    call_command("prepare", stdout=sys.stderr)
    seconds = 0.5 if "--quick" in sys.argv[1:] else 4.0
    print(json.dumps(measure_stalled(build(Size(SAVING, 1, BASE.items)), seconds)))


def measure_stalled(school: "School", seconds: float) -> dict[str, dict[str, Any]]:
    """The same saves without and with stalled uploads, in turns: the better of two for each."""
    from bench.load import cookie_of, saving, served, together

    cookies = [cookie_of(school, number) for number in range(SAVING)]
    asks = saving(school)
    alone: list[Rate] = []
    beside: list[Rate] = []
    with served() as port:
        together(port, cookies, asks, seconds / 2)
        for _turn in range(2):
            alone.append(together(port, cookies, asks, seconds))
            with stalled(port, STALLED):
                beside.append(together(port, cookies, asks, seconds))
    return {"alone": _best(alone).told(), "beside": _best(beside).told()}


def _best(rates: "list[Rate]") -> "Rate":
    return min(rates, key=lambda rate: (rate.failed, rate.p95))


if __name__ == "__main__":
    main()
