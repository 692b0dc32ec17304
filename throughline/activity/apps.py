from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActivityConfig(AppConfig):
    name = "throughline.activity"
    label = "activity"

    def ready(self) -> None:
        from throughline.activity.ledger import install_after_migrate  # noqa: PLC0415  (models are not ready earlier)
        from throughline.activity.typed import strip  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register_strip(strip)
        post_migrate.connect(install_after_migrate, dispatch_uid="append-only")
