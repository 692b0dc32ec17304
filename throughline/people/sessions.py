"""Sessions in the database, as Django keeps them; the one of a request is looked up by a query that is written once."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from throughline.kit.prepared import Text, prepared


class SessionStore(db.SessionStore):
    """What the setting SESSION_ENGINE asks for."""

    def _get_session_from_db(self) -> Session | None:
        for found in _lasting(Text(self.session_key), timezone.now()):
            return found
        self._session_key = None
        return None


@prepared
def _lasting(key: Text, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
