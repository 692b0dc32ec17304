"""The machine and the processes: room on the disk, who may read what, the clock, the worker, letters, backups."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from throughline.activity import pulse
from throughline.activity.actions import NOWHERE
from throughline.activity.models import ChoreRun, Event, OutgoingMail
from throughline.home.running.backing_up import last_backup, room_needed
from throughline.home.running.findings import Finding, fail, some, warn, well
from throughline.home.serving import port_is_free
from throughline.kit.private import open_to_others, somebody_elses

LITTLE, TOO_LITTLE = 1_000_000_000, 100_000_000
SLIGHTLY_OFF, FAR_OFF = timedelta(seconds=5), timedelta(minutes=2)
BACKUP_EVERY = timedelta(hours=36)
LETTER_WAITS = timedelta(hours=1)
GIVEN_UP_LATELY = timedelta(days=7)


def disk() -> Iterator[Finding]:
    """Whether there is room for the data to grow, and for a backup."""
    free = shutil.disk_usage(settings.VAR).free
    told = f"{free / 1e9:.1f} GB are free in {settings.VAR}"
    if free < TOO_LITTLE:
        yield fail("disk", f"Only {free / 1e6:.0f} MB are free in {settings.VAR}: nothing can be saved soon.")
    elif free < LITTLE or free < room_needed():
        yield warn("disk", f"{told}. A backup would need {room_needed() / 1e9:.1f} GB.")
    else:
        yield well("disk", f"{told}.")


def permissions() -> Iterator[Finding]:
    """Whether anybody but the service's user could read what is kept."""
    var = Path(settings.VAR)
    owner = somebody_elses(var)
    if owner:
        yield fail("permissions", f"{var} belongs to {owner}, and this is root. Run the commands as {owner}.")
    wanted = [var]
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        wanted += [
            each for each in (file, *(Path(f"{file}{end}") for end in ("-wal", "-shm"))) if each.exists()
        ]
    readable = sorted(
        {str(place) for place in open_to_others(var)} | {str(p) for p in wanted if p.stat().st_mode & 0o077}
    )
    not_ours = [str(place) for place in wanted if not os.access(place, os.R_OK | os.W_OK)]
    if readable:
        yield fail("permissions", f"Others on this machine can read {some(readable)}. `prepare` shuts them.")
    if not_ours:
        yield fail("permissions", f"This user may not write {some(not_ours)}.")
    if not readable and not not_ours:
        yield well("permissions", "Nobody but this user can read the data.")


def the_clock() -> Iterator[Finding]:
    """Whether this machine, the database and the past agree on the time."""
    now, wrong = timezone.now(), False
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            off = abs(cursor.fetchone()[0] - timezone.now())
        if off > SLIGHTLY_OFF:
            wrong = True
            say = fail if off > FAR_OFF else warn
            yield say(
                "clock", f"This machine and the database server are {off.total_seconds():.0f} seconds apart."
            )
    newest = Event.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > now + FAR_OFF:
        wrong = True
        yield fail(
            "clock",
            f"It is {now:%Y-%m-%d %H:%M} UTC here, but something was done at {newest:%Y-%m-%d %H:%M}.",
        )
    if _is_synchronized() is False:
        wrong = True
        yield warn("clock", "Nothing keeps the clock right. On Debian: apt-get install systemd-timesyncd")
    if not wrong:
        yield well("clock", f"It is {now:%Y-%m-%d %H:%M:%S} UTC.")


def _is_synchronized() -> bool | None:
    """What the system says; None where it cannot be asked."""
    program = shutil.which("timedatectl")
    if not program:
        return None
    words = [program, "show", "--property=NTPSynchronized", "--value"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    return {"yes": True, "no": False}.get(told.stdout.strip()) if told.returncode == 0 else None


def worker() -> Iterator[Finding]:
    """Whether letters are sent and chores are done."""
    served = not port_is_free("127.0.0.1", settings.PORT)
    beat = pulse.last_beat()
    heard = f"it was last heard of at {beat:%Y-%m-%d %H:%M:%S} UTC" if beat else "it was never heard of"
    if pulse.is_alive():
        yield well("worker", "The worker is at work.")
    elif served:
        yield fail("worker", f"The server answers, but the worker is silent; {heard}.")
    else:
        yield warn("worker", f"The service is not running; {heard}.")
    failing = list(ChoreRun.objects.exclude(last_error="").values_list("name", "last_error"))
    if failing:
        yield warn(
            "worker", f"The last run failed of {some([f'{name} ({error})' for name, error in failing])}."
        )


def mail() -> Iterator[Finding]:
    """Whether letters can go out, and whether any are stuck."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield warn("mail", "No mail server is set (THROUGHLINE_MAIL_URL): letters are printed, not sent.")
    else:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        try:
            with get_connection(timeout=10):
                yield well("mail", f"The mail server {where} answers and lets us in.")
        except Exception as error:
            yield fail("mail", f"The mail server {where} cannot be used: {error}.")
    late = OutgoingMail.objects.filter(
        sent_at=None, given_up_at=None, created_at__lt=timezone.now() - LETTER_WAITS
    ).count()
    if late:
        yield warn("mail", f"{late} letters have been waiting for more than an hour.")
    lost = OutgoingMail.objects.filter(given_up_at__gt=timezone.now() - GIVEN_UP_LATELY)
    if number := lost.exclude(to__iendswith=NOWHERE).count():
        yield warn("mail", f"{number} letters of the last seven days were given up: they never arrived.")


def backups() -> Iterator[Finding]:
    """Whether there is a recent one."""
    last = last_backup()
    if last is None:
        yield warn("backup", "There has been no backup yet. `backup` makes one.")
        return
    at, file = last
    gone = "" if Path(file).exists() else " It is not there any more; keep a copy on another machine."
    told = f"The last one was made at {at:%Y-%m-%d %H:%M} UTC ({file}).{gone}"
    yield warn("backup", told) if timezone.now() - at > BACKUP_EVERY else well("backup", told)
