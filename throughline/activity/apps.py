from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActivityConfig(AppConfig):
    name = "throughline.activity"
    label = "activity"

    def ready(self) -> None:
        from throughline.activity.ledger import install_after_migrate  # noqa: PLC0415  (models are not ready earlier)

        post_migrate.connect(install_after_migrate, dispatch_uid="append-only")
