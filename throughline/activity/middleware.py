"""A form posted twice is carried out once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, HttpResponseRedirectBase

from throughline.activity.models import Receipt
from throughline.kit.ids import parse_uuid
from throughline.kit.registry import Registry
from throughline.ui.asseen import FIELD as AS_SEEN

KEY_FIELD = "_once"

# Rooms do slow work on what a form brought here, before the transaction: on SQLite it keeps all others waiting.
_before = Registry[Callable[[HttpRequest], None]]()
before_writing = _before.add

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def counts_tries(view: View) -> View:
    """What this view writes is kept even when it refuses: a key in the post is not looked at."""
    view.counts_tries = True  # type: ignore[attr-defined]
    return view


class OnceOnly:
    """Forms of signed-in people carry a key (`{% once_key %}`). The view and the receipt share one transaction.

    A success is a redirect: it is kept with the key, and any later post of the same form is sent there. "Nothing to
    show" (204) is what a form answers while it is still being filled in: that is kept, and the key stays fresh.
    Anything else (an error shown on the form) is rolled back and leaves no receipt, so that the corrected form goes
    through. A form that must count wrong tries therefore carries no key, and its view says `@counts_tries`, so that
    somebody who adds a key does not have their wrong tries forgotten.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        key = _key_of(request)
        if key is None or not request.user.is_authenticated or getattr(view, "counts_tries", False):
            return None
        actor = request.user.pk
        if request.FILES and not Receipt.objects.filter(actor_id=actor, key=key).exists():
            for prepare in _before:
                prepare(request)
        try:
            with transaction.atomic():
                receipt = Receipt.objects.create(actor_id=actor, key=key, location="")
                _one_after_the_other(request)
                response = view(request, *args, **kwargs)
                if isinstance(response, HttpResponseRedirectBase):
                    Receipt.objects.filter(pk=receipt.pk).update(location=response.url)
                elif response.status_code == HTTPStatus.NO_CONTENT:
                    receipt.delete()
                else:
                    transaction.set_rollback(True)
                return response
        except IntegrityError:
            done = Receipt.objects.filter(actor_id=actor, key=key).first()
            if done is None:
                raise
            return HttpResponseRedirect(done.location)


def _one_after_the_other(request: HttpRequest) -> None:
    """Two who change the same thing at the same moment: the second is to see what the first has saved (`ui.asseen`).

    On SQLite a transaction that writes keeps others out anyhow.
    """
    if any(name.endswith(AS_SEEN) for name in request.POST) and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [request.path])


def _key_of(request: HttpRequest) -> UUID | None:
    return parse_uuid(request.POST.get(KEY_FIELD, "")) if request.method == "POST" else None
