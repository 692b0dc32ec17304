"""Looking for known malware: the industry's test file always, and a ClamAV daemon when the operator names its socket."""

import logging
import socket
import struct

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.files.kinds import FileRefused

logger = logging.getLogger(__name__)
_TEST_FILE = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
_CHUNK = 64 * 1024
# Says nothing of a scanner: most schools have set none up.
HARMFUL = _("This file contains something known to be harmful, so it was not saved.")


def scan(content: bytes) -> None:
    """Refuse malware. When the daemon is named but does not answer, nothing is kept: unchecked is not clean."""
    if _TEST_FILE in content:
        raise FileRefused(HARMFUL)
    place = getattr(settings, "CLAMAV_SOCKET", "")
    if not place:
        return
    try:
        answer = _ask(place, content)
    except OSError:
        logger.exception("the virus scanner at %s does not answer", place)
        raise FileRefused(_("We cannot check files right now. Please try again later.")) from None
    if b"FOUND" in answer:
        raise FileRefused(HARMFUL)
    if b"OK" not in answer:
        logger.error("the virus scanner could not check a file: %r", answer)
        raise FileRefused(_("We cannot check files right now. Please try again later."))


def _ask(place: str, content: bytes) -> bytes:
    """The INSTREAM command of clamd over its local socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(30)
        line.connect(place)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            part = content[start : start + _CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return line.recv(4096)
