"""`manage.py migrate`, in a third of the time.

For each constraint, index and new model Django makes all models around it anew, as they are at that point of their
history: most of what setting up a database takes. None of the three changes what is around it, so here that stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState


class Forwards(MigrationExecutor):
    """Backwards a model has to be as it was before as well as after: there everything stays with Django."""

    def _migrate_all_forwards(self, *args: Any, **kwargs: Any) -> Any:
        with leaving_what_is_around():
            return super()._migrate_all_forwards(*args, **kwargs)  # type: ignore[misc]


@contextmanager
def leaving_what_is_around() -> Iterator[None]:
    """Project states that make anew only what changes."""
    plain = ProjectState.add_model

    def add_model(state: ProjectState, added: ModelState) -> None:
        inherits = any(isinstance(base, str) for base in added.bases)
        if "apps" not in state.__dict__ or inherits:
            plain(state, added)
            return
        apps = state.__dict__.pop("apps")
        plain(state, added)
        state.__dict__["apps"] = apps
        apps.render_multiple([added])

    with (
        patch.object(ProjectState, "add_model", add_model),
        patch.object(ProjectState, "_append_option", _append),
    ):
        yield


def _append(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    """What is added to the constraints or indexes of a model is added to the model that there is."""
    options = state.models[app_label, model_name].options
    options[option] = [*options[option], added]
    if "apps" in state.__dict__:  # asking for it would make all models
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, [*getattr(meta, option), added.clone()])
        meta.__dict__.pop("total_unique_constraints", None)


class Command(migrate.Command):
    """The same command with the same options."""

    def handle(self, *args: Any, **options: Any) -> None:
        with patch.object(migrate, "MigrationExecutor", Forwards):
            super().handle(*args, **options)
