"""What other capabilities add to the page where a text is written (`apps.py`)."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from throughline.elements.policy import Part
from throughline.kit.registry import Registry
from throughline.schools.tenant import MemberRequest

# Modules for the page, as static addresses ("elements/talk/page.js"); they call `extend` of `elements/text/extending.js`.
scripts = Registry[str]()
# What stands beside the text, made for each request.
asides = Registry[Callable[[MemberRequest, Part], SafeString]]()
