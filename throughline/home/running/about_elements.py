"""Whether what was adopted is still what was adopted."""

from collections.abc import Iterator

from throughline.elements.adopting.checking import changed_editions
from throughline.elements.models import Edition
from throughline.home.running.findings import Finding, fail, some, well


def editions() -> Iterator[Finding]:
    """Works out the digest of every edition again."""
    changed = [
        f"{each.organisation.slug}: {each.title}, edition {each.number}" for each in changed_editions()
    ]
    if changed:
        yield fail(
            "editions",
            f"{len(changed)} editions are not what was adopted: {some(changed)}. Restore the last good backup.",
        )
    else:
        yield well("editions", f"All {Edition.objects.count()} editions are word for word what was adopted.")
