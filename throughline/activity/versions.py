"""Whether this program, its user and its database belong together: asked before anything is begun."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from throughline.kit.private import somebody_elses

NEWER = (
    "This database was used by a newer version of Throughline, which this one does not know: {names}. "
    "Nothing was changed. Start the newer version again, or restore a backup from before the update."
)


def applied_migrations() -> list[str]:
    """What has been done to this database, as `app.name`, in order."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def known_migrations() -> set[str]:
    """What this program could have done, also under the name that a later migration stands for."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    for migration in loader.disk_migrations.values():
        known |= {f"{app}.{name}" for app, name in migration.replaces}
    return known


def unknown_here(applied: list[str]) -> list[str]:
    """The migrations that only a newer program can have done."""
    known = known_migrations()
    return [name for name in applied if name not in known]


def refuse_newer_database() -> None:
    """Stop, with a sentence, before an old program touches what a newer one has made."""
    unknown = unknown_here(applied_migrations())
    if unknown:
        raise CommandError(NEWER.format(names=", ".join(unknown)))


def is_migrated() -> bool:
    """Every migration of this program has been applied to this database."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def refuse_somebody_elses_data() -> None:
    """Root is kept from making what the service could then not read."""
    owner = somebody_elses(settings.VAR)
    if owner:
        raise CommandError(
            f"The folder {settings.VAR} belongs to the user {owner}, and this is root. "
            "Run the command as that user (docs/running/production.md: `throughline COMMAND`)."
        )


def refuse_other_database() -> None:
    """For what works with the data: its own user, and neither a newer nor an older database."""
    refuse_somebody_elses_data()
    refuse_newer_database()
    if not is_migrated():
        raise CommandError("The database is not up to date. Run `manage.py prepare` first.")
