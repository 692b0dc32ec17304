from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "throughline.files"
    label = "files"

    def ready(self) -> None:
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)

        register_event("file.kept", _("brought a file"))
        register_event("files.swept", _("deleted files that nothing used any more (%(count)s)"))
