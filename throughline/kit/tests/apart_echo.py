"""A process apart for tests: it tells about itself, or goes wrong in a chosen way."""

import os
import resource
import time
from typing import Any

from throughline.kit.apart import Told, serve


def work(asked: Told, content: bytes) -> tuple[Told, bytes]:
    """Whatever is asked for."""
    said: Any = None
    match asked["do"]:
        case "pid":
            said = os.getpid()
        case "die":
            os._exit(3)
        case "sleep":
            time.sleep(60)
        case "grow":
            bytearray(600 * 1024**2)
        case "environment":
            said = list(os.environ)
        case "core":
            said = list(resource.getrlimit(resource.RLIMIT_CORE))
    return {**asked, "said": said}, content


if __name__ == "__main__":
    serve(work, megabytes=256, idle=0.5)
