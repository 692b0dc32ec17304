"""`manage.py doctor`: looks at everything that can go wrong with an installation, and changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from throughline.home.running import (
    about_database,
    about_elements,
    about_files,
    about_listenings,
    about_machine,
    about_secrecy,
    about_settings,
)
from throughline.home.running.findings import Finding, Level, Look, fail

MACHINE: list[Look] = [
    about_settings.the_settings, about_settings.prepared, about_machine.disk, about_machine.permissions,
]  # fmt: skip
DATABASE: list[Look] = [
    about_database.durability, about_database.migrations, about_machine.the_clock, about_machine.worker,
    about_machine.mail, about_machine.backups, about_database.append_only, about_database.foreign_keys,
    about_secrecy.ratings, about_listenings.listenings,
]  # fmt: skip
THOROUGH: list[Look] = [
    about_database.integrity,
    about_database.records,
    about_elements.editions,
    about_files.files,
    about_secrecy.sealed,
]


class Command(BaseCommand):
    """Ends with code 1 when something fails; warnings alone do not."""

    help = "Look at settings, database, files, disk, worker, mail and backups; each line says how it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="leave out what reads every row and every file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        looks = MACHINE + DATABASE + ([] if options["quick"] else THOROUGH)
        found = [self.told(finding) for look in looks for finding in self.carried_out(look)]
        failed = sum(each.level is Level.FAIL for each in found)
        warned = sum(each.level is Level.WARN for each in found)
        if failed:
            raise CommandError(f"{failed} failed, {warned} to look at, of {len(found)}.")
        self.stdout.write(f"Nothing failed; {warned} to look at, of {len(found)}.")

    def carried_out(self, look: Look) -> list[Finding]:
        """One look. A database that cannot answer it is itself the finding."""
        try:
            return list(look())
        except Error as error:
            connection.close()
            about = look.__name__.removeprefix("the_").replace("_", " ")
            return [fail(about, f"The database cannot answer: {str(error).strip() or type(error).__name__}")]

    def told(self, finding: Finding) -> Finding:
        """Say it at once, and hand it on."""
        self.stdout.write(str(finding))
        self.stdout.flush()
        return finding
