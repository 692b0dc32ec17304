"""How many took part in a conversation, in bands: an exact number would say too much of a small one."""

from django.utils.translation import gettext_lazy as _

BANDS = {
    "up-to-5": _("up to 5 people"),
    "6-to-10": _("6 to 10 people"),
    "more": _("more than 10 people"),
}
CHOICES = list(BANDS.items())
