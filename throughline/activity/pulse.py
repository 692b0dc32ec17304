"""Whether the background worker lives: it leaves the time every few seconds, and `/readyz` reads it."""

from datetime import datetime, timedelta

from django.utils import timezone

from throughline.activity.models import Heartbeat

EVERY = timedelta(seconds=2)
SILENT_AFTER = timedelta(seconds=15)
WORKER = "worker"


def beat(name: str = WORKER) -> None:
    """Say that this process lives, now by the real clock."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def is_alive(name: str = WORKER) -> bool:
    """True when the process was heard of in the last moments."""
    return Heartbeat.objects.filter(name=name, at__gt=timezone.now() - SILENT_AFTER).exists()


def last_beat(name: str = WORKER) -> datetime | None:
    """When it was last heard of."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
