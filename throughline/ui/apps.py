from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "throughline.ui"
    label = "ui"

    def ready(self) -> None:
        from throughline.ui.samples import register_all  # noqa: PLC0415  (models are ready only now)

        register_all()
