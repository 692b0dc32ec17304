"""What this program writes to its own log: when (UTC), what, and never a secret.

The log goes to whoever runs the server, to files and to other programs; a secret in it would open doors there.
"""

import logging
import re
from datetime import UTC, datetime
from http import HTTPStatus

# What follows in these addresses opens something. A proxy in front must not keep them either (docs/running/production.md);
# tests/architecture finds an address that is missing here.
SECRET_ADDRESSES = (
    "/i/",
    "/l/",
    "/say/",
    "/cal/",
    "/to-families/",
    "/did/",
    "/no-mail/",
    "/v/",
    "/c/",
    "/account/password/reset/key/",
)
# Who answers there is promised that nothing tells when: lines with the time of a wrong code, an empty form or a wait could
# be counted off beside what was answered. Nothing is written of such a request, unless the fault is ours.
UNTOLD_ADDRESSES = ("/v/", "/c/")
# Nor when a sheet of paper was typed in that somebody filled out (a school may be called "key-in").
_typed_in = re.compile(r"(?<!/s)/key-in/")
HIDDEN = "…"
# (A school may be called "i".)
_after_secret = re.compile(rf"(?<!/s)({'|'.join(map(re.escape, SECRET_ADDRESSES))})[^\s?#'\"]+")
_untold = re.compile(rf"(?<!/s)({'|'.join(map(re.escape, UNTOLD_ADDRESSES))})")


class Untold(logging.Filter):
    """Leaves out what is said of requests to `UNTOLD_ADDRESSES`, but for faults of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", None)
        if path is None:
            said = record.getMessage()
            return record.levelno >= logging.ERROR or not (_untold.search(said) or _typed_in.search(said))
        is_ours = getattr(record, "status_code", 0) >= HTTPStatus.INTERNAL_SERVER_ERROR
        return is_ours or not (path.startswith(UNTOLD_ADDRESSES) or _typed_in.search(path))


class NoTraceback(logging.Filter):
    """A page that is not there or not open to somebody is no fault of ours: one line says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if (
            getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
            < HTTPStatus.INTERNAL_SERVER_ERROR
        ):
            record.exc_info = record.exc_text = None
        return True


class TimedLine(logging.Formatter):
    """`2026-11-29T08:15:02.417Z WARNING throughline.people A sign-in failed.`, with every secret taken out.

    `secrets` are words that must never appear, wherever they come from: a traceback, a driver's own message.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.secrets = sorted({each for each in secrets if len(each) > 3}, key=len, reverse=True)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"

    def format(self, record: logging.LogRecord) -> str:
        line = _after_secret.sub(rf"\1{HIDDEN}", super().format(record))
        for secret in self.secrets:
            line = line.replace(secret, HIDDEN)
        return line
