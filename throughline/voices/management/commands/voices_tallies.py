"""`voices_tallies --check`: compare what was counted of every listening with its answers; `--rebuild` mends it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.voices.figures.tallying import differences_of, rebuild
from throughline.voices.models import Asked


class Command(BaseCommand):
    help = "Compare the tallies of every listening with its answers (--check), or put them right (--rebuild)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="change nothing; fail when something differs")
        which.add_argument(
            "--rebuild", action="store_true", help="count the answers anew where something differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        look = differences_of if options["check"] else rebuild
        groups, wrong = 0, 0
        # What was forgotten has neither answers nor tallies.
        for asked in (
            Asked.objects.filter(listening__forgotten_at=None).select_related("listening").order_by("pk")
        ):
            groups += 1
            if found := look(asked):
                wrong += len(found)
                self.stdout.write(f"group {asked.pk}: {len(found)} tallies differ from its answers")
        if wrong and options["check"]:
            raise CommandError(f"{wrong} tallies differ; voices_tallies --rebuild mends them.")
        self.stdout.write(f"{groups} groups, {wrong} tallies {'differ' if options['check'] else 'mended'}.")
