from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "throughline.rosters"
    label = "rosters"

    def ready(self) -> None:
        from throughline.rosters.policy import may_open_classes  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.log import register_event  # noqa: PLC0415
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(75, _("Classes"), in_header("rosters:classes", may_open_classes))
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


EVENTS = {
    "roster.year-added": _("added the school year %(name)s"),
    "roster.year-changed": _("changed the school year %(name)s"),
    "roster.term-added": _("added the term %(name)s"),
    "roster.term-removed": _("removed the term %(name)s"),
    "roster.class-added": _("added the class %(name)s"),
    "roster.class-changed": _("changed the class %(name)s"),
    "roster.class-archived": _("archived the class %(name)s"),
    "roster.class-restored": _("brought back the class %(name)s"),
    "roster.enrolled": _("put %(name)s into %(section)s"),
    "roster.ended": _("ended the time of %(name)s in %(section)s"),
    "roster.guardian-added": _("wrote down that %(guardian)s is a guardian of %(name)s"),
    "roster.guardian-ended": _("wrote down that %(guardian)s is no longer a guardian of %(name)s"),
    "roster.demographics": _("chose whether rosters bring demographics"),
    "roster.applied": _(
        "applied the roster “%(name)s”: %(new)s new, %(changed)s changed, %(ended)s ended, %(flagged)s flagged"
    ),
}
