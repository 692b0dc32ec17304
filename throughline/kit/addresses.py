"""Addresses that a browser hands back to us."""

from django.utils.http import url_has_allowed_host_and_scheme


def local_path(value: str) -> str:
    """`value` when it is a path on this site, else nothing: an address must never lead people elsewhere."""
    safe = url_has_allowed_host_and_scheme(value, allowed_hosts=None)
    return value if value.startswith("/") and safe else ""
