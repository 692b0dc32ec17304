"""`manage.py prepare`: everything that must be so before the server starts, and nothing twice."""

import hashlib
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from throughline.activity.versions import is_migrated, refuse_newer_database, refuse_somebody_elses_data
from throughline.kit.private import close, close_all
from throughline.schools.first_run import first_run_key
from throughline.schools.models import Organisation


class Command(BaseCommand):
    """Safe to repeat: a second run finds nothing to do and changes no data."""

    help = "Migrate, load the frameworks, compile translations, collect static files; with the demo, load its school."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_somebody_elses_data()
        refuse_newer_database()
        close_all(settings.VAR)
        close_database()
        self.when(not is_migrated(), "Setting up the database", lambda: call_command("migrate", verbosity=0))
        call_command("createcachetable", verbosity=0)
        untranslated = self.changed("messages", list(translations())) or not are_compiled()
        self.when(untranslated, "Compiling translations", compile_messages)
        call_command("prepare_assets", stdout=self.stdout)
        self.when(self.changed("static", static_files()), "Collecting styles, scripts and fonts", collect)
        call_command("load_frameworks", stdout=io.StringIO())
        missing = settings.DEMO and not Organisation.objects.filter(is_demo=True).exists()
        self.when(missing, "Building the demo school", lambda: call_command("load_demo"))
        self.keep_stamps()
        if settings.PRODUCTION and not Organisation.objects.exists():
            self.stdout.write(f"Setup key, asked for at {settings.SITE_ADDRESS}/start/: {first_run_key()}")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stamps: dict[Path, str] = {}

    def when(self, needed: bool, sentence: str, act: Callable[[], object]) -> None:
        """Do a step that is needed, and say what is being done and how long it took."""
        if not needed:
            return
        self.stdout.write(f"{sentence} …")
        self.stdout.flush()
        began = time.monotonic()
        act()
        self.stdout.write(f"  done in {time.monotonic() - began:.1f} s")

    def changed(self, name: str, files: list[Path]) -> bool:
        """True when these files are not as they were at the last preparation."""
        found = hashlib.sha256()
        for file in files:
            about = file.stat()
            found.update(f"{file.name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
        stamp = settings.VAR / "prepared" / name
        if stamp.exists() and stamp.read_text() == found.hexdigest():
            return False
        self.stamps[stamp] = found.hexdigest()
        return True

    def keep_stamps(self) -> None:
        """Remember what was done, only now that all of it went well."""
        for stamp, text in self.stamps.items():
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(text)


def close_database() -> None:
    """An SQLite file may lie elsewhere than in the data folder."""
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            file = Path(f"{connection.settings_dict['NAME']}{ending}")
            if file.exists():
                close(file)


def translations() -> dict[Path, Path]:
    """Each translation and what it is compiled to, in the data folder."""
    place = Path(settings.LOCALE_PATHS[0])
    sources = sorted(settings.TRANSLATIONS.rglob("*.po"))
    return {po: place / po.relative_to(settings.TRANSLATIONS).with_suffix(".mo") for po in sources}


def are_compiled() -> bool:
    """None of them has got lost since."""
    return all(compiled.exists() for compiled in translations().values())


def compile_messages() -> None:
    """With Babel, so that no program outside Python is needed."""
    for source, compiled in translations().items():
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as text, compiled.open("wb") as out:
            write_mo(out, read_po(text))


def static_files() -> list[Path]:
    """All files that pages load, from rooms and packages."""
    return sorted(
        Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list(["*.map"])
    )


def collect() -> None:
    """Copy, name by content and compress."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=["*.map"])
