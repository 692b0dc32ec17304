"""A form says to whom it was given, so that what it sends is never taken for somebody else's."""

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from throughline.ui.pieces import NOTHING

FIELD = "_by"
_SIGNER = Signer(salt="throughline.ui.whose")


def whose_field(request: HttpRequest | None) -> SafeString:
    """A hidden field that names whoever has signed in, signed; nothing on a page for everybody."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return NOTHING
    if not hasattr(request, "whose_field"):
        told = format_html('<input type="hidden" name="{}" value="{}">', FIELD, _SIGNER.sign(str(person.pk)))
        request.whose_field = told  # type: ignore[union-attr]
    return request.whose_field  # type: ignore[union-attr,no-any-return]


def whose(request: HttpRequest) -> str:
    """The id of whoever was given the form that was sent, or nothing."""
    try:
        return _SIGNER.unsign(request.POST.get(FIELD, ""))
    except BadSignature:
        return ""
