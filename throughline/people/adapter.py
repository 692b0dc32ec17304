"""How django-allauth behaves here: no open registration, and every letter goes through the queue."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class PeopleAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation or the first-run page, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
