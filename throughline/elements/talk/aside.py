"""What stands beside the editor: the way to what is said about the text, and to saying something about the selection."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from throughline.elements.policy import Part, may_comment
from throughline.elements.talk.showing import address_of
from throughline.schools.tenant import MemberRequest


def talk_aside(request: MemberRequest, part: Part) -> SafeString:
    """Links that a script lets follow the selection; without it one chooses the paragraph on the page behind them."""
    context = {
        "may_comment": may_comment(part),
        "address": address_of(part.element, "talk"),
        "threads": address_of(part.element, "threads-json"),
        "begin": address_of(part.element, "begin-thread"),
        "suggest": address_of(part.element, "suggest"),
    }
    return render_to_string("elements/_talk_aside.html", context, request)
