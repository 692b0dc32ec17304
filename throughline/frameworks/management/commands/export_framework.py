"""`manage.py export_framework CODE`: write a framework as CASE 1.1 or 1.0, CSV or XLSX. See docs/using/frameworks.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.exporting.actions import file_of
from throughline.frameworks.exporting.formats import FORMS
from throughline.frameworks.models import Framework, FrameworkVersion
from throughline.frameworks.queries import newest_first
from throughline.schools.models import Organisation


class Command(BaseCommand):
    help = (
        "Write a framework to a file or to standard output, as CASE 1.1 or 1.0, CSV or XLSX. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("framework", help="its code, its id, or the identifier of its CASE document")
        parser.add_argument(
            "--school", metavar="SHORT-NAME", help="a framework of this organization (otherwise a shared one)"
        )
        parser.add_argument("--number", metavar="VERSION", help="which version; without it, the newest")
        parser.add_argument("--format", choices=sorted(FORMS), default="case-1.1")
        parser.add_argument("--to", metavar="FILE", help="where to; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self._version(options)
        try:
            content = file_of(version, options["format"])
        except ExportFault as fault:
            raise CommandError(fault.sentence) from None
        if not options["to"]:
            if options["format"] == "xlsx":
                raise CommandError("An XLSX file cannot be shown here. Say where to write it: --to FILE.")
            self.stdout.write(content.decode("utf-8-sig"))
            return
        try:
            Path(options["to"]).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['to']}: {error.strerror}") from None
        self.stdout.write(f"{version.title}, version {version.number}: {len(content)} bytes written")

    def _version(self, options: dict[str, Any]) -> FrameworkVersion:
        name = options["framework"]
        here = Framework.objects.filter(owner=self._owner(options["school"]))
        found = [
            each
            for each in here
            if name in (each.code, str(each.pk)) or name.lower() == each.source_identifier
        ]
        if not found:
            codes = ", ".join(sorted(each.code for each in here)) or "none"
            raise CommandError(f"There is no framework {name} here. There are: {codes}.")
        if not options["number"]:
            return newest_first(found[0])[0]
        versions = found[0].versions.select_related("framework__owner")
        version = versions.filter(number=options["number"]).first()
        if version is None:
            numbers = ", ".join(versions.order_by("published_at").values_list("number", flat=True))
            raise CommandError(f"There is no version {options['number']} of it. There are: {numbers}.")
        return version

    def _owner(self, slug: str | None) -> Organisation | None:
        if not slug:
            return None
        owner = Organisation.objects.filter(slug=slug).first()
        if owner is None:
            raise CommandError(f"There is no organization with the short name {slug}.")
        return owner
