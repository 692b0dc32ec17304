"""Whether every uploaded file is there, unchanged."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from throughline.files.models import StoredFile
from throughline.home.running.backing_up import storage_folders, stored_paths
from throughline.home.running.findings import Finding, fail, some, warn, well


def files() -> Iterator[Finding]:
    """Every row has its file with the very bytes that were kept, and (almost) every file has its row."""
    folder = storage_folders()["files"]
    lost, damaged, known = [], [], set()
    for path, sha256 in StoredFile.objects.order_by("path").values_list("path", "sha256").iterator():
        known.add(path)
        try:
            if _hash(folder / path) != sha256:
                damaged.append(path)
        except OSError:
            lost.append(path)
    if lost:
        yield fail("files", f"{len(lost)} uploaded files are missing or cannot be read: {some(lost)}.")
    if damaged:
        yield fail("files", f"{len(damaged)} uploaded files are not what was brought: {some(damaged)}.")
    if not lost and not damaged:
        yield well("files", f"All {len(known)} uploaded files are there, unchanged.")
    strays = [path for path in stored_paths(folder) if path not in known]
    if strays:
        yield warn(
            "files", f"{len(strays)} files belong to nothing; the worker sweeps them away after a day."
        )


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
