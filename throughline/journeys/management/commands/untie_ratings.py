"""`manage.py untie_ratings`: what the worker does by itself, done now, and how it stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.journeys.closing.anonymizing import scrub_now, untie_old_rounds


class Command(BaseCommand):
    """Safe to repeat."""

    help = "Cut the link between ratings and people in every closed round with hidden names, and wipe what was deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        cut, failed = untie_old_rounds()
        self.stdout.write(
            f"The link was cut in {cut} round{'' if cut == 1 else 's'}; "
            + ("not in all others." if failed else "in the others it was before.")
        )
        if not scrub_now():
            raise CommandError("Something reads an older state of the database. Run this again in a moment.")
        self.stdout.write("Nothing deleted is left in the database's files: all of it is wiped.")
        if failed:
            raise CommandError(
                f"The link could not be cut in {len(failed)} rounds; the log says why: {', '.join(map(str, failed))}"
            )
