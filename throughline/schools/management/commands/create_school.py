"""Set up an organization whose first lead comes in by an invitation link. Prints the link, never a password."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from throughline.schools.actions import create_organisation_for_guest
from throughline.schools.letters import link_of
from throughline.schools.models import Organisation


class Command(BaseCommand):
    help = "Create a school, district or network and invite its first lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the organization's name")
        parser.add_argument(
            "--kind", choices=Organisation.Kind.values, default=Organisation.Kind.SCHOOL.value
        )
        parser.add_argument("--lead-email", required=True, help="address of the first lead")
        parser.add_argument("--lead-name", required=True, help="name of the first lead")
        parser.add_argument("--language", default="en", help="language of letters (default: en)")
        parser.add_argument("--time-zone", default="UTC", help="for example America/Chicago (default: UTC)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invited = create_organisation_for_guest(
                kind=options["kind"],
                name=options["name"],
                lead_name=options["lead_name"],
                lead_email=options["lead_email"],
                language=options["language"],
                time_zone=options["time_zone"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        organisation = invited.member.organisation
        self.stdout.write(f"{organisation.name} is set up; its short name is {organisation.slug}.")
        self.stdout.write(
            f"{invited.member.name} has been sent an invitation. You can also hand over this link:"
        )
        self.stdout.write(link_of(invited.token))
