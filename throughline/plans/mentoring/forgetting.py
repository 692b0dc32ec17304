"""A pair ends when one of the two leaves the school; what ended pairs wrote goes by itself."""

from django.db import transaction
from django.db.models import Q

from throughline.kit import clock
from throughline.plans.mentoring.actions import STAYS
from throughline.plans.models import Pair


@transaction.atomic
def forget_pairs() -> int:
    """Safe to repeat; answers how many pairs it ended or deleted.

    Whoever stays reads the notes for 90 days more. When neither of the two is here any more, nobody could: they go at once.
    """
    today = clock.today()
    one_left = Q(mentor__left_at__isnull=False) | Q(mentee__left_at__isnull=False)
    both_left = Q(mentor__left_at__isnull=False) & Q(mentee__left_at__isnull=False)
    never = one_left & Q(agreed_on__isnull=True)
    gone = Pair.objects.filter(Q(forget_on__lte=today) | both_left | never)
    count = gone.count()
    gone.delete()
    open_ones = list(Pair.objects.filter(one_left, ended_on__isnull=True).values_list("pk", flat=True))
    return count + Pair.objects.filter(pk__in=open_ones).update(ended_on=today, forget_on=today + STAYS)
