"""`manage.py backup`: database and files as one archive, while the service runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.activity.versions import refuse_somebody_elses_data
from throughline.home.running.backing_up import back_up, in_words, thin_out


class Command(BaseCommand):
    """The secret key is not in it: whoever finds a backup should not hold that too."""

    help = "Back up database and files into one archive with the hash of each file. The service may go on running."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", help="the folder to put it into (default: backups/ in THROUGHLINE_VAR)")
        parser.add_argument(
            "--keep", type=int, help="then delete all but this many of the backups in that folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_somebody_elses_data()
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("At least one backup has to be kept.")
        folder = Path(options["to"] or settings.VAR / "backups").absolute()
        made = back_up(folder)
        told = made.manifest
        self.stdout.write(
            f"Backed up {told.rows} rows in {len(told.tables)} tables and {len(told.files)} files "
            f"to {made.file} ({made.file.stat().st_size / 1e6:.1f} MB)."
        )
        if made.unremembered:
            self.stderr.write(
                f"`doctor` will not know of it, for that could not be noted. {made.unremembered}"
            )
        if told.missing:
            raise CommandError(
                f"Everything that is there was backed up, but {len(told.missing)} uploaded files were missing or damaged "
                f"before ({', '.join(told.missing[:3])}). `manage.py doctor` tells more. Older backups were left alone."
            )
        if options["keep"]:
            try:
                for file in thin_out(folder, options["keep"]):
                    self.stdout.write(f"Deleted the older {file.name}.")
            except OSError as error:
                raise CommandError(
                    f"The backup was made, but older ones could not be deleted. {in_words(error, folder)}"
                ) from None
