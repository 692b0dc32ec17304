"""What rooms above show of a draft, each on a page of its own (the credit profile as it would look).

# in the room's AppConfig.ready()
registry.pages.add((_("Preview as a profile"), "records:draft-preview"))  # an address with `school` and `draft_id`
"""

from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from throughline.kit.registry import Registry

pages = Registry[tuple[str | Promise, str]]()


def links_to(school: str, draft_id: UUID) -> list[tuple[str, str | Promise]]:
    """The addresses of these pages for one draft, with their words."""
    return [
        (reverse(address, kwargs={"school": school, "draft_id": draft_id}), words) for words, address in pages
    ]
