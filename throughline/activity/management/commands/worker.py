"""`manage.py worker`: the background worker, until Ctrl-C or SIGTERM."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from throughline.activity.versions import refuse_other_database
from throughline.activity.worker import Worker


class Command(BaseCommand):
    """Sends queued mail and does periodic work. Any number of them may run at once."""

    help = "Send queued mail and do periodic work, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_other_database()
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
