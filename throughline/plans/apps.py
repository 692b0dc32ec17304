from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "throughline.plans"
    label = "plans"

    def ready(self) -> None:
        from throughline.plans.policy import may_see_plan  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.log import register_event  # noqa: PLC0415
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(17, _("Plan"), in_header("plans:plan", may_see_plan))
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


# What the log says, in the order of the capabilities. Nothing here tells of mentoring or of anybody's reflection.
EVENTS = {
    "plan.goal-added": _("added the goal “%(title)s” to the plan"),
    "plan.action-added": _("added “%(title)s” to the plan"),
    "plan.action-state": _("marked “%(title)s” of the plan as %(state)s"),
}
