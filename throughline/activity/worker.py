"""The background worker: sends letters, does chores, and says that it lives.

It takes a signal to stop between two letters or chores. A database that is away for a while does not end it.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import Error, close_old_connections, connection

from throughline.activity import chores, post, pulse

log = logging.getLogger(__name__)

# A round of work that takes longer than this is stuck, and the worker no longer says that it lives.
STUCK_AFTER = timedelta(minutes=10)


class Worker:
    """One round every two seconds until told to stop."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._round_began = time.monotonic()

    def stop(self) -> None:
        """Finish the letter or chore at hand, then end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop."""
        chores.find_chores()
        heart = threading.Thread(target=self._beat_on, name="heart", daemon=True)
        heart.start()
        while not self.stopping.is_set():
            self._round_began = time.monotonic()
            self._guarded(self.one_round)
            self.stopping.wait(pulse.EVERY.total_seconds())
        heart.join(timeout=5)
        connection.close()

    def one_round(self) -> None:
        """Send what is due, do what is due."""
        post.deliver_due(stop=self.stopping.is_set)
        for deliver in post.others:
            deliver(self.stopping.is_set)
        if not self.stopping.is_set():
            chores.run_due_chores()

    def _beat_on(self) -> None:
        while not self.stopping.is_set():
            if time.monotonic() - self._round_began < STUCK_AFTER.total_seconds():
                self._guarded(pulse.beat)
            self.stopping.wait(pulse.EVERY.total_seconds())
        connection.close()

    def _guarded(self, act: "chores.Work") -> None:
        close_old_connections()
        try:
            act()
        except Error:
            log.exception("The database did not answer; trying again")
            connection.close()
