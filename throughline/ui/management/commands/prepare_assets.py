from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from throughline.ui.assets import prepare


class Command(BaseCommand):
    """Take the web fonts and the editor out of their packages. Quick and silent when there is nothing to do."""

    help = "Make the fonts and the editor that pages use, from the installed packages. Safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        if prepare(settings.ASSETS):
            self.stdout.write("Fonts and editor are ready.")
