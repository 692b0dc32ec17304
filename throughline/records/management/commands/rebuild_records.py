"""`rebuild_records`: put every standing back to the fold of its decisions; `--check` only compares."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.records.models import Record
from throughline.records.rebuild import differences_of, mend


class Command(BaseCommand):
    help = "Rebuild the standings of every record from its decisions, or check them with --check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        look = differences_of if options["check"] else mend
        records, wrong = 0, 0
        for record in Record.objects.order_by("pk").iterator():
            records += 1
            for each in look(record):
                wrong += 1
                self.stdout.write(
                    f"record {each.record_id} competency {each.competency_id}: kept {each.kept}, decisions say {each.folded}"
                )
        if wrong and options["check"]:
            raise CommandError(f"{wrong} standings differ from their decisions; rebuild_records mends them.")
        self.stdout.write(
            f"{records} records, {wrong} standings {'differ' if options['check'] else 'mended'}."
        )
