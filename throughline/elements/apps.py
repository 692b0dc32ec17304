from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElementsConfig(AppConfig):
    name = "throughline.elements"
    label = "elements"

    def ready(self) -> None:
        from throughline.elements.bringing.registry import comments_taken  # noqa: PLC0415
        from throughline.elements.credits import panels as for_records  # noqa: F401, PLC0415
        from throughline.elements.editing import outlined, registry  # noqa: F401, PLC0415
        from throughline.elements.editing.pictures import cited_pictures, visible_pictures  # noqa: PLC0415
        from throughline.elements.gathering import panels as rounds  # noqa: F401, PLC0415
        from throughline.elements.policy import may_begin, may_see_draft, may_write  # noqa: PLC0415
        from throughline.elements.shortcuts import tabs  # noqa: PLC0415
        from throughline.elements.structure import panels  # noqa: F401, PLC0415
        from throughline.elements.talk.aside import talk_aside  # noqa: PLC0415
        from throughline.elements.talk.from_files import take_comments  # noqa: PLC0415
        from throughline.files import uses  # noqa: PLC0415
        from throughline.schools.log import register_event  # noqa: PLC0415  (models are not ready earlier)
        from throughline.schools.panels import in_header  # noqa: PLC0415
        from throughline.ui import navigation  # noqa: PLC0415

        registry.scripts.add("elements/talk/page.js")
        registry.asides.add(talk_aside)
        comments_taken.add(take_comments)
        navigation.register(15, _("Elements"), in_header("elements:list"))
        tabs.add((300, _("Talk"), "elements:talk", may_see_draft))
        tabs.add((400, _("History"), "elements:history", may_see_draft))
        tabs.add((1, _("Sections"), "elements:sections", may_see_draft))
        tabs.add((2, _("People"), "elements:participants", lambda part: may_begin(part.member)))
        _adopting()
        uses.register("elements", visible=visible_pictures, cited=cited_pictures)
        tabs.add((100, _("Text"), "elements:text", may_see_draft))
        tabs.add((101, _("Bring a text"), "elements:bring", may_write))
        tabs.add((102, _("Take it along"), "elements:take", may_see_draft))
        for verb, sentence in EVENTS.items():
            register_event(verb, sentence)


def _adopting() -> None:
    """What was adopted, on its own pages, in the records of journeys, and as files."""
    from throughline.elements.adopting import evidence  # noqa: PLC0415  (models are not ready earlier)
    from throughline.elements.adopting.queries import adopted_files, files_of_editions  # noqa: PLC0415
    from throughline.elements.policy import may_see_draft  # noqa: PLC0415
    from throughline.elements.shortcuts import tabs  # noqa: PLC0415
    from throughline.files import uses  # noqa: PLC0415
    from throughline.records import evidence_bodies, panels  # noqa: PLC0415
    from throughline.records.models import Evidence  # noqa: PLC0415

    tabs.add((500, _("Where it stands"), "elements:stage", bool))
    tabs.add((501, _("Consultations"), "elements:consultations", may_see_draft))
    tabs.add((502, _("Editions"), "elements:editions", bool))
    tabs.add((503, _("Translations"), "elements:translations", may_see_draft))
    tabs.add((504, _("Publish"), "elements:publish", may_see_draft))
    uses.register("editions", visible=files_of_editions, cited=adopted_files)
    panels.sources.add(evidence.adopted_here)
    panels.at_the_table.add(evidence.adopted_here)
    evidence_bodies.register(Evidence.Kind.ADOPTED, evidence.edition_body, evidence.edition_stands)


# What the log says, in the order of the capabilities.
EVENTS = {
    "element.answered": _("answered in a conversation about “%(title)s”"),
    "element.begun": _("began “%(title)s”"),
    "element.outline-changed": _("changed the sections of “%(title)s”"),
    "element.renamed": _("renamed an element to “%(title)s”"),
    "element.commented": _("began a conversation about “%(title)s”"),
    "element.invited": _("invited %(name)s to “%(title)s”"),
    "element.may-changed": _("changed what %(name)s may do in “%(title)s”"),
    "element.text-brought": _("brought %(name)s into “%(title)s”"),
    "element.remark-edited": _("changed what they said about “%(title)s”"),
    "element.remark-removed": _("removed what they said about “%(title)s”"),
    "element.suggested": _("suggested other words for “%(title)s”"),
    "element.suggestion-accepted": _("accepted a suggestion for “%(title)s”"),
    "element.suggestion-refused": _("did not accept a suggestion for “%(title)s”"),
    "element.text-replaced": _("changed the text of “%(title)s”"),
    "element.credits-drafted": _("made a framework draft of the credits of “%(title)s”"),
    "element.entries-typed": _("added %(count)s entries to the community rounds of “%(title)s”"),
    "element.entries-sorted": _("sorted %(count)s entries of “%(title)s”"),
    "element.entries-removed": _("removed %(count)s entries of “%(title)s”"),
    "element.entries-back": _("brought %(count)s removed entries of “%(title)s” back"),
    "element.cluster-made": _("began the cluster “%(name)s” in “%(title)s”"),
    "element.cluster-renamed": _("renamed a cluster of “%(title)s” to “%(name)s”"),
    "element.cluster-dropped": _("took the cluster “%(name)s” of “%(title)s” apart"),
    "element.cluster-agreed": _("agreed on the attribute “%(name)s” in “%(title)s”"),
    "element.cluster-reopened": _("reopened the cluster “%(name)s” of “%(title)s”"),
    "element.missing-noted": _("wrote who is missing in “%(title)s”"),
    "element.item-added": _("added “%(name)s” to “%(title)s”"),
    "element.item-changed": _("changed “%(name)s” in “%(title)s”"),
    "element.item-moved": _("moved “%(name)s” in “%(title)s”"),
    "element.item-removed": _("removed “%(name)s” from “%(title)s”"),
    "element.item-back": _("brought back “%(name)s” to “%(title)s”"),
    "element.items-restored": _("brought back the items of an earlier version of “%(title)s”"),
    "element.item-tied": _("changed what “%(name)s” in “%(title)s” is tied to"),
    "element.written": _("wrote in “%(title)s”"),
    "element.text-restored": _("restored an earlier version of “%(title)s”"),
    "element.thread-reopened": _("opened a conversation about “%(title)s” again"),
    "element.thread-resolved": _("resolved a conversation about “%(title)s”"),
    "element.version-named": _("named a version of “%(title)s” “%(name)s”"),
    "element.version-unnamed": _("took the name “%(name)s” from a version of “%(title)s”"),
    "element.uninvited": _("took back the invitation of %(name)s to “%(title)s”"),
    "element.adopted": _("recorded that %(body)s adopted “%(title)s” (edition %(number)s)"),
    "element.to-drafting": _("returned “%(title)s” to drafting"),
    "element.to-proposed": _("proposed “%(title)s”"),
    "element.to-consultation": _("put “%(title)s” to consultation"),
    "element.to-in-force": _("put edition %(number)s of “%(title)s” in force"),
    "element.to-superseded": _("ended edition %(number)s of “%(title)s”"),
    "element.published": _("opened “%(title)s” to everyone"),
    "element.unpublished": _("no longer shows “%(title)s” to everyone"),
    "line.published": _("opened the throughline to everyone"),
    "line.unpublished": _("no longer shows the throughline to everyone"),
    "element.translated": _("translated “%(title)s” (%(language)s, %(count)s paragraphs)"),
    "consultation.opened": _("opened a consultation on “%(title)s”"),
    "consultation.link-replaced": _("made another link to the consultation on “%(title)s”"),
    "consultation.link-withdrawn": _("withdrew the link to the consultation on “%(title)s”"),
    "consultation.ended": _("ended the consultation on “%(title)s”"),
    "consultation.prolonged": _("gave the consultation on “%(title)s” another last day"),
    "consultation.taken": _("took in comments on “%(title)s” (%(count)s)"),
    "consultation.left-out": _("left out comments on “%(title)s” (%(count)s)"),
    "consultation.held": _("held comments on “%(title)s” again (%(count)s)"),
    "consultation.theme": _("began the theme “%(theme)s” of the consultation on “%(title)s”"),
    "consultation.theme-removed": _("removed the theme “%(theme)s” of the consultation on “%(title)s”"),
    "consultation.answered": _("answered the theme “%(theme)s” of the consultation on “%(title)s”"),
}
