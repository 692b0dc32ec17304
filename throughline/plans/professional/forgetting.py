"""What is kept about people in professional learning goes again by itself."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from throughline.kit import clock
from throughline.plans.models import Reader, Reflection, TakingPart
from throughline.plans.professional.policy import NAMES_STAY

LEFT = timedelta(days=90)


def forget() -> int:
    """Delete that somebody signed up and did not come, two weeks after the end; and 90 days after somebody left, what they
    wrote for themselves. Whoever left is no reader of anybody’s any more. Safe to repeat; answers how many rows it touched."""
    ended = clock.today() - NAMES_STAY
    absent = TakingPart.objects.annotate(last=Coalesce(F("offering__ends_on"), F("offering__starts_on")))
    count = absent.filter(last__lt=ended, came=False, sealed="").delete()[0]
    gone = clock.now() - LEFT
    count += Reader.objects.filter(membership__left_at__isnull=False).delete()[0]
    count += Reflection.objects.filter(author__left_at__lt=gone).delete()[0]
    words = TakingPart.objects.filter(membership__left_at__lt=gone).exclude(sealed="")
    return count + words.update(sealed="", shared=False)
