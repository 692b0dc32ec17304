"""What people type into the lines and boxes of a verb, checked the same way everywhere."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.kit.text import clean_line
from throughline.people.models import normal_address

NAME_LIMIT = 200
ADDRESS_LIMIT = 254


def checked_line(value: str, *, field: str, missing: str | Promise, limit: int = NAME_LIMIT) -> str:
    """`value` on one clean line; an error on `field` when nothing is left or it is longer than `limit`."""
    if "\x00" in value:
        raise ValidationError(
            {field: _("This contains a character that cannot be saved. Please type it again.")}
        )
    line = clean_line(value)
    if not line:
        raise ValidationError({field: str(missing)})
    if len(line) > limit:
        raise ValidationError({field: too_long(limit)})
    return line


def too_long(limit: int) -> str:
    """The sentence for text over its limit."""
    return ngettext(
        "Please keep this to %(limit)d character.", "Please keep this to %(limit)d characters.", limit
    ) % {"limit": limit}


def checked_address(value: str, *, field: str = "email") -> str:
    """`value` as an e-mail address in the form in which it is kept."""
    address = normal_address(value)
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError({field: _("This is not an email address.")}) from None
    if len(address) > ADDRESS_LIMIT or "\x00" in value:
        raise ValidationError({field: _("This is not an email address.")})
    return address
