"""Keep somebody from signing in, at once; `--undo` lets them in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.people.actions import deactivate, reactivate
from throughline.people.models import Person, normal_address


class Command(BaseCommand):
    help = "Keep a person from signing in; their sessions end at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--undo", action="store_true", help="let them sign in again")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=normal_address(options["email"])).first()
        if person is None:
            raise CommandError("There is nobody with this address.")
        if options["undo"]:
            reactivate(person=person)
            self.stdout.write(f"{person} can sign in again.")
        else:
            deactivate(person=person)
            self.stdout.write(f"{person} can no longer sign in.")
