"""`manage.py import_framework FILE`: publish a framework from a CASE package, CSV or XLSX.

See docs/using/frameworks.md.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from throughline.frameworks.blueprint import Blueprint, FrameworkProblem
from throughline.frameworks.case.mapping import Choice, Pick, depth_counts, kind_counts, propose
from throughline.frameworks.case.reading import CasePackage
from throughline.frameworks.importing.actions.publishing import publish_match
from throughline.frameworks.importing.matching import match_source
from throughline.frameworks.importing.preview import Prospect, kinds_of, prospect_of
from throughline.frameworks.importing.sources import Source, read_source
from throughline.frameworks.labels import column_name, row_names
from throughline.frameworks.markup import flattened
from throughline.frameworks.models import Competency
from throughline.frameworks.publishing.actions import Published
from throughline.schools.models import Organisation


class Command(BaseCommand):
    help = (
        "Publish a framework from a CASE 1.0 or 1.1 package (JSON) or from a table (CSV, XLSX). "
        "All or nothing; safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file; - reads from standard input")
        parser.add_argument("--title", default="", help="what a table is called that does not say it itself")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--school", metavar="SHORT-NAME", help="private to this organization")
        whose.add_argument("--shared", action="store_true", help="for every organization on this server")
        parser.add_argument("--list", action="store_true", help="show the tree and what could be chosen")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")
        parser.add_argument("--rows", action="store_true", help="say of every row or item what it becomes")
        for part, of in (("domain", "domains"), ("competency", "competencies")):
            group = parser.add_argument_group(of)
            group.add_argument(f"--{part}-depth", type=int, metavar="N", help="0 is the document itself")
            group.add_argument(f"--{part}-type", action="append", default=[], metavar="TYPE")
            group.add_argument(f"--{part}", action="append", default=[], metavar="IDENTIFIER-OR-CODE")
        group = parser.add_argument_group("levels and indicators")
        group.add_argument("--advanced-depth", type=int, metavar="N")
        group.add_argument("--advanced-type", action="append", default=[], metavar="TYPE")
        group.add_argument("--advanced", action="append", default=[], metavar="IDENTIFIER-OR-CODE")
        group.add_argument("--indicators", choices=["children", "none"], default="children")
        group.add_argument("--most-indicators", type=int, default=12, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = self._source(options)
            if options["list"]:
                self._show(source)
                return
            self._tell_rows(source, every=options["rows"])
            owner = self._owner(options)
            with transaction.atomic():
                found = match_source(source, _choice(options), owner)
                if source.package and options["rows"]:
                    self._tell_items(source.package, found.says or found.plan)
                self._tell_changes(prospect_of(found))
                done = publish_match(found, owner=owner, by=None)
                self._report(done, found.notes)
                if options["dry_run"]:
                    transaction.set_rollback(True)
                    self.stdout.write("This was a rehearsal: nothing was kept.")
        except FrameworkProblem as problem:
            raise CommandError(problem.sentence) from None

    def _source(self, options: dict[str, Any]) -> Source:
        name = "/dev/stdin" if options["file"] == "-" else options["file"]
        try:
            with Path(name).open("rb") as file:
                return read_source(file, options["file"], options["title"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None

    def _tell_rows(self, source: Source, *, every: bool) -> None:
        """The report per row: always those that are wrong, or of which something is not kept; all of them when asked."""
        if source.columns:
            said = ", ".join(f"{heading} = {column_name(use)}" for heading, use in source.columns)
            self.stdout.write(f"Headings, from row {source.at}: {said}")
        for doubt in source.doubts:
            self.stdout.write(f"Look: {doubt}")
        for line in source.lines:
            if line.problem:
                self.stdout.write(f"Row {line.row}: {line.problem} ({line.says or '–'})")
            elif every:
                self.stdout.write(f"Row {line.row}: {row_names(line.becomes)}: {line.says}")
            for lost in line.lost:
                self.stdout.write(f"Row {line.row}, not kept: {lost}")
            for remark in line.remarks:
                self.stdout.write(f"Row {line.row}, read with a guess: {remark}")
        if source.problems:
            raise CommandError(
                f"{len(source.problems)} of {len(source.lines)} rows cannot be taken; nothing was changed."
            )

    def _tell_items(self, package: CasePackage, plan: Blueprint) -> None:
        """What each item becomes; what is left out stays in the package."""
        kinds = kinds_of(plan)
        for node in package.nodes():
            words = " ".join(filter(None, [node.code, flattened(node.short or node.statement, 70)]))
            self.stdout.write(f"Item {words}: {row_names([kinds.get(node.identifier, '')])}")

    def _owner(self, options: dict[str, Any]) -> Organisation | None:
        if options["shared"]:
            return None
        if not options["school"]:
            raise CommandError("Say for whom: --school SHORT-NAME or --shared (or --list to look first).")
        owner = Organisation.objects.filter(slug=options["school"]).first()
        if owner is None:
            raise CommandError(f"There is no organization with the short name {options['school']}.")
        return owner

    def _show(self, source: Source) -> None:
        package = source.package
        self._tell_rows(source, every=package is None)
        if package is None:
            for note in source.notes:
                self.stdout.write(f"Note: {note}")
            return
        self.stdout.write(f"{package.title} ({package.version or package.changed or 'no version'})")
        for node in package.nodes():
            words = [node.code, flattened(node.short or node.statement, 70)]
            kind = f"  [{node.kind}]" if node.kind else ""
            self.stdout.write(f"{'  ' * node.depth}{node.depth} {' '.join(filter(None, words))}{kind}")
        self.stdout.write("Depths: " + _counted(depth_counts(package)))
        self.stdout.write("Types: " + (_counted(kind_counts(package)) or "none are given"))
        proposed = propose(package)
        self.stdout.write(
            f"Proposal: {_flags('domain', proposed.domains)} {_flags('competency', proposed.competencies)}"
        )
        for note in [*source.notes, *package.notes]:
            self.stdout.write(f"Note: {note}")

    def _tell_changes(self, prospect: Prospect) -> None:
        """What a framework that is here already would become."""
        if prospect.of is None:
            return
        if prospect.same is not None:
            self.stdout.write(f"This is version {prospect.same.number}, which is here already.")
            return
        self.stdout.write(f"Changed since version {prospect.of.number}:")
        for title, _note, rows in prospect.parts:
            self.stdout.write(f"  {title}: {', '.join(flattened(each.name, 60) for each in rows)}")
        for each in prospect.besides:
            self.stdout.write(f"  {each.what}: {each.before or '–'} → {each.after or '–'}")

    def _report(self, done: Published, notes: list[str]) -> None:
        version = done.version
        self.stdout.write(f"{version.title}, version {version.number}: {done.changed} rows changed")
        levels = Competency.objects.filter(version=version).values_list("level", flat=True)
        for domain in version.domains.order_by("position").prefetch_related("competencies__indicators"):
            competencies = list(domain.competencies.all())
            ideas = sum(len(each.indicators.all()) for each in competencies)
            self.stdout.write(
                f"  {flattened(domain.name, 70)}: competencies {len(competencies)}, indicators {ideas}"
            )
        advanced = sum(level == Competency.Level.ADVANCED for level in levels)
        self.stdout.write(f"  {len(levels) - advanced} foundational, {advanced} advanced")
        for note in notes:
            self.stdout.write(f"  Note: {note}")


def _flags(part: str, pick: Pick) -> str:
    """The options that say this pick."""
    kinds = [f'--{part}-type "{kind}"' for kind in pick.kinds]
    return " ".join([f"--{part}-depth {pick.depth}"] * (pick.depth is not None) + kinds)


def _counted(counts: "dict[Any, int]") -> str:
    return ", ".join(f"{key}: {counts[key]}" for key in sorted(counts))


def _choice(options: dict[str, Any]) -> Choice:
    def pick(part: str) -> Pick:
        return Pick(options[f"{part}_depth"], tuple(options[f"{part}_type"]), tuple(options[part]))

    return Choice(
        domains=pick("domain"),
        competencies=pick("competency"),
        advanced=pick("advanced"),
        indicators=options["indicators"] == "children",
        most_indicators=options["most_indicators"],
    )
