"""`manage.py restore`: put a backup back, or only look whether it could be."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from throughline.activity.versions import refuse_somebody_elses_data
from throughline.home.running import engines
from throughline.home.running.archive import Broken, opened
from throughline.home.running.findings import Finding, Level
from throughline.home.running.restoring import checked, compared, restore, summary, verified


class Command(BaseCommand):
    """What was there before is never deleted. The secret key is in no backup: set the one that was used before."""

    help = "Put a backup back: checks every hash first, refuses to overwrite data, and says what it restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="the file that `backup` made")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="then check everything: database, ledgers, standings, every file",
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="also where there is data already; it is kept aside"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="restore into a temporary place only, verify, and remove it again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_somebody_elses_data()
        file = options["backup"].absolute()
        try:
            if options["check"]:
                self.try_it(file)
                return
            told = restore(file, overwrite=options["overwrite"], say=self.say)
        except Broken as error:
            raise CommandError(f"{file}: {error}") from None
        findings = [compared(told)]
        self.say(str(findings[0]))
        if options["verify"]:
            findings += map(self.told, verified(self.say))
        if any(each.level is Level.FAIL for each in findings):
            raise CommandError("The backup was put back, but not everything is well; see above.")
        self.say(summary(told))
        if told.missing:
            self.say(f"{len(told.missing)} uploaded files had been lost before the backup was made.")

    def try_it(self, file: Path) -> None:
        """A drill that touches nothing of what is in use."""
        with opened(file) as archive:
            told = checked(archive)
        if connection.vendor != "sqlite":
            with tempfile.TemporaryDirectory(dir=settings.VAR) as place, opened(file) as archive:
                dump = Path(place) / "database.pgdump"
                archive.take_out(dump.name, dump)
                engines.call_postgres("pg_restore", "-f", os.devnull, str(dump))
            self.say(
                f"The backup of {told.made_at} is whole and can be read to its end. Restoring it into an empty database "
                "tells the rest."
            )
            return
        with tempfile.TemporaryDirectory(dir=settings.VAR) as place:
            done = subprocess.run(  # noqa: S603
                [sys.executable, str(settings.ROOT / "manage.py"), "restore", str(file), "--verify"],
                env=trial_environment(place),
                cwd=settings.ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
        self.say(done.stdout.rstrip())
        if done.returncode:
            raise CommandError(done.stderr.strip()[-2000:])
        self.say("This was a trial in a temporary place: nothing that is in use was touched.")

    def told(self, finding: Finding) -> Finding:
        """Say it at once, and hand it on."""
        self.say(str(finding))
        return finding

    def say(self, text: str) -> None:
        """Print at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()


def trial_environment(place: str) -> dict[str, str]:
    """The settings of a trial: a data folder of its own, and a port that nobody is on."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "THROUGHLINE_VAR": place, "PORT": "0"}
