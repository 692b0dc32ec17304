from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "throughline.records"
    label = "records"

    def ready(self) -> None:
        from throughline.files import uses  # noqa: PLC0415  (models are not ready earlier)
        from throughline.frameworks import registry  # noqa: PLC0415
        from throughline.frameworks.drafting.registry import pages  # noqa: PLC0415
        from throughline.records import exhibits, named_dates, panels  # noqa: PLC0415
        from throughline.records.crosswalks.views import panel_through  # noqa: PLC0415
        from throughline.records.moving.queries import moves_as_dates  # noqa: PLC0415
        from throughline.records.paper.catalog import to_print, to_take_along  # noqa: PLC0415
        from throughline.records.profile.blank import blank_profile  # noqa: PLC0415
        from throughline.records.queries import cited_files, visible_files  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415

        uses.register("evidence", visible=visible_files, cited=cited_files)
        register_event("record.opened", _("opened a record"))
        register_event("record.decided", _("recorded a decision on %(competency)s"))
        register_event("record.set-aside", _("left %(competency)s out"))
        register_event("record.taken-up", _("included %(competency)s again"))
        register_event("record.rebuilt", _("reset standings to match the decisions"))
        register_event("evidence.brought", _("added the evidence “%(title)s”"))
        register_event("evidence.claimed", _("said what else the evidence “%(title)s” shows"))
        register_event("evidence.reworked", _("brought a newer edition of the evidence “%(title)s”"))
        register_event("evidence.withdrawn", _("withdrew the evidence “%(title)s”"))
        named_dates.sources.add(moves_as_dates)
        register_event("record.moved", _("moved a record to “%(title)s”, version %(number)s"))
        exhibits.register()
        pages.add((_("Preview as a profile"), "records:draft-preview"))
        registry.pictures.add(blank_profile)
        registry.downloads.add(to_take_along)
        registry.member_downloads.add(to_print)
        panels.sources.add(panel_through)
