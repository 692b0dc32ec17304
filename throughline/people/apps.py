from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "throughline.people"
    label = "people"

    def ready(self) -> None:
        from throughline.people import receivers  # noqa: PLC0415  (models are not ready earlier)

        receivers.connect()
