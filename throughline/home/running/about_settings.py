"""Whether the settings are fit for people's data."""

import platform
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks

from throughline.home.running.findings import Finding, fail, warn, well


def the_settings() -> Iterator[Finding]:
    """Production rules, and what Django itself says of them."""
    if not settings.PRODUCTION:
        yield warn(
            "settings",
            "Not in production (THROUGHLINE_PRODUCTION): cookies go over http, and the demo can be turned on.",
        )
        return
    found = [
        each
        for each in checks.run_checks(include_deployment_checks=True)
        if each.level >= checks.WARNING and not each.is_silenced()
    ]
    for each in found:
        yield warn("settings", f"{each.msg.splitlines()[0]} ({each.id})")
    if not settings.SITE_ADDRESS.startswith("https://"):
        found.append(checks.Warning(""))
        yield fail(
            "settings", f"THROUGHLINE_ADDRESS is {settings.SITE_ADDRESS}; it has to begin with https://."
        )
    if not found:
        yield well("settings", f"Production rules are on, for {settings.SITE_ADDRESS}.")


def prepared() -> Iterator[Finding]:
    """What `prepare` makes for pages is there."""
    missing = [
        name
        for name, place in {
            "translations": Path(settings.LOCALE_PATHS[0]),
            "styles, scripts and fonts": Path(settings.STATIC_ROOT),
        }.items()
        if not place.exists() or not any(place.iterdir())
    ]
    if missing:
        yield fail("program", f"The {' and the '.join(missing)} are missing. Run `prepare`.")
    else:
        yield well("program", f"Everything is prepared; Python {platform.python_version()}.")
