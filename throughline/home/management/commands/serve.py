"""`manage.py serve`: web server and background worker together, in the foreground, until Ctrl-C."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from throughline.activity.versions import refuse_other_database
from throughline.home.serving import Together, allow_many_connections, answers_ready, port_is_free
from throughline.schools.models import Organisation

APPLICATION = "throughline.config.asgi:application"
LEAVING = 5  # seconds that open streams have to end before a web process does
CONNECTIONS = 4096  # that one web process keeps open at once, most of them waiting


class Command(BaseCommand):
    """One process to start and to stop, on a laptop as in production."""

    help = "Run the web server and the background worker until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
        )
        parser.add_argument("--workers", type=int, default=2, help="web server processes (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], settings.PORT
        if not port_is_free(host, port):
            raise CommandError(
                f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}"
            )
        refuse_other_database()
        greeting = self.greeting()
        connection.close()
        allow_many_connections()
        name = settings.ALLOWED_HOSTS[0].lstrip(".*") if settings.ALLOWED_HOSTS else ""
        together = Together(commands(host, port, options["workers"]), str(settings.ROOT), self.say)
        asked = together.run(
            lambda: answers_ready(host, port, name or "localhost"), lambda: self.say(greeting)
        )
        if not asked:
            sys.exit(1)
        self.say("Stopped.")

    def say(self, text: str) -> None:
        """Print at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()

    def greeting(self) -> str:
        """Where it is and what to do first."""
        lines = [f"\nThroughline is ready at {settings.SITE_ADDRESS}/"]
        if settings.DEMO:
            lines.append(
                f"Demo school: sign in with one click at {settings.SITE_ADDRESS}/demo/ (begin as `lead`)"
            )
        elif not Organisation.objects.filter(is_demo=False).exists():
            lines.append("Open that address to set up your organization.")
        return "\n".join([*lines, "Stop with Ctrl-C.\n"])


def commands(host: str, port: int, workers: int) -> dict[str, list[str]]:
    """What is started: granian, which awaits bodies and makes one page at a time (docs/decisions/0006), and the worker."""
    server = [sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--no-ws", "--host", host,
              "--port", str(port), "--workers", str(workers), "--backpressure", str(CONNECTIONS),
              "--backlog", "2048", "--http1-header-read-timeout", "15000", "--task-impl", "asyncio",
              "--loop", "asyncio", "--respawn-failed-workers", "--workers-kill-timeout", str(LEAVING), "--no-access-log", "--log-level", "warning",
              "--log-config", str(settings.PACKAGE / "config" / "server-log.json"),
              APPLICATION]  # fmt: skip
    return {"server": server, "worker": [sys.executable, "-m", "django", "worker"]}
