from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElementsConfig(AppConfig):
    name = "throughline.elements"
    label = "elements"

    def ready(self) -> None:
        from throughline.elements.editing import outlined  # noqa: F401, PLC0415
        from throughline.elements.policy import may_begin, may_see_draft  # noqa: PLC0415
        from throughline.elements.shortcuts import tabs  # noqa: PLC0415
        from throughline.elements.structure import panels  # noqa: F401, PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        navigation.register(15, _("Elements"), in_header("elements:list"))
        tabs.add((60, _("Sections"), "elements:sections", may_see_draft))
        tabs.add((70, _("People"), "elements:participants", lambda part: may_begin(part.member)))
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


# What the log says, in the order of the capabilities.
EVENTS = {
    "element.begun": _("began “%(title)s”"),
    "element.outline-changed": _("changed the sections of “%(title)s”"),
    "element.renamed": _("renamed an element to “%(title)s”"),
    "element.invited": _("invited %(name)s to “%(title)s”"),
    "element.may-changed": _("changed what %(name)s may do in “%(title)s”"),
    "element.text-replaced": _("changed the text of “%(title)s”"),
    "element.item-added": _("added “%(name)s” to “%(title)s”"),
    "element.item-changed": _("changed “%(name)s” in “%(title)s”"),
    "element.item-moved": _("moved “%(name)s” in “%(title)s”"),
    "element.item-removed": _("removed “%(name)s” from “%(title)s”"),
    "element.item-back": _("brought back “%(name)s” to “%(title)s”"),
    "element.item-tied": _("changed what “%(name)s” in “%(title)s” is tied to"),
    "element.uninvited": _("took back the invitation of %(name)s to “%(title)s”"),
}
