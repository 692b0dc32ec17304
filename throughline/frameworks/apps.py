from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class FrameworksConfig(AppConfig):
    name = "throughline.frameworks"
    label = "frameworks"

    def ready(self) -> None:
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(15, _("Frameworks"), in_header("frameworks:frameworks"))
        navigation.register_open(_("Frameworks"), lambda: reverse("frameworks:public-frameworks"))

        register_event("framework.published", _("published the framework “%(title)s”, version %(number)s"))
        register_event("framework.draft-started", _("started a draft of the framework “%(title)s”"))
        register_event("framework.draft-changed", _("changed the draft of the framework “%(title)s”"))
        register_event("framework.draft-deleted", _("deleted the draft of the framework “%(title)s”"))
        register_event("framework.import-brought", _("imported the framework file “%(name)s”"))
        register_event("framework.import-asked", _("had the framework file “%(name)s” published"))
        register_event("framework.import-dropped", _("deleted the framework file “%(name)s”"))
        register_event(
            "framework.export-failed",
            _("asked for the framework “%(title)s” as a file, which could not be made (%(why)s)"),
        )
        register_event("framework.opened", _("opened the framework “%(title)s” to everyone"))
        register_event(
            "framework.closed",
            _("closed the framework “%(title)s”, so that only this organization can read it"),
        )
        register_event("framework.translated", _("translated texts of “%(title)s” into %(language)s"))
        register_event("crosswalk.started", _("started the crosswalk “%(title)s”"))
        register_event("crosswalk.changed", _("changed the description of the crosswalk “%(title)s”"))
        register_event("crosswalk.linked", _("linked competencies in the crosswalk “%(title)s”"))
        register_event("crosswalk.unlinked", _("removed links from the crosswalk “%(title)s”"))
        register_event("crosswalk.deleted", _("deleted the crosswalk “%(title)s”"))
