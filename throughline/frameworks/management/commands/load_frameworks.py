"""`manage.py load_frameworks`: publish the frameworks that ship with the product. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case_api.actions import give_out_all
from throughline.frameworks.publishing.actions import load_shipped


class Command(BaseCommand):
    help = "Publish the frameworks that ship with the product, with their translations. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--replace-unused",
            action="store_true",
            help="Replace a version whose words have changed, as long as no record stands on it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_shipped(replace_unused=options["replace_unused"])
            give_out_all()
        except FrameworkProblem as problem:
            raise CommandError(problem.sentence) from None
        for each in done:
            version = each.version
            self.stdout.write(f"{version.title}, version {version.number}: {each.changed} rows changed")
