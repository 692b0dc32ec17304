"""The files of the pictures in a text."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.elements.models import Element, Picture
from throughline.elements.policy import visible_elements
from throughline.files.models import StoredFile
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


def visible_pictures(seat: Seat) -> Q:
    """Condition on `StoredFile`: what the elements show that this person may see."""
    elements = Element.objects.filter(visible_elements(seat))
    shown = Picture.objects.filter(organisation=seat.organisation, element__in=elements)
    return Q(pk__in=shown.values("file"))


def cited_pictures() -> Q:
    """Condition on `StoredFile`: what a version of a text shows, which is never swept away."""
    return Q(pk__in=Picture.objects.values("file"))


def names_of_pictures(element: Element) -> dict[str, str]:
    """What the pictures of a text are called where one types it, by their files: the name of the file and a piece of its id.

    Those that the text showed once are among them. One query."""
    rows = Picture.objects.filter(organisation_id=element.organisation_id, element=element)
    return {
        str(file): f"{slugify(name.rpartition('.')[0])[:30].strip('-') or 'picture'}-{str(file)[-8:]}"
        for file, name in rows.order_by("file").values_list("file", "file__name")
    }


def keep_pictures(element: Element, files: Iterable[str], by: Membership) -> None:
    """Remember that the text shows these files. Raises `ValidationError` unless it did before, or `by` brought them."""
    wanted = {UUID(each) for each in files}
    if not wanted:
        return
    here = {"organisation_id": element.organisation_id}
    known = set(
        Picture.objects.filter(**here, element=element, file__in=wanted).values_list("file", flat=True)
    )
    missing = wanted - known
    brought = StoredFile.objects.filter(**here, pk__in=missing, brought_by=by).values_list("pk", flat=True)
    found = set(brought)
    if missing - found:
        raise ValidationError(_("A picture in this text isn’t here any more. Please add it again."))
    Picture.objects.bulk_create(Picture(**here, element=element, file_id=each) for each in found)
