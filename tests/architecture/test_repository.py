"""What stands in the repository works anywhere: no registry's host, no machine's path, everything pinned."""

import re

from tests.architecture.tree import ROOT, tracked_files

# Written in pieces, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb" + ".debian.org"]
PATHS = [rf"[\"' =(:]/({place})/" for place in ("wo" + "rk", "ro" + "ot", "fa" + "rm", "o" + "pt/py" + "pi")]
UNWANTED = re.compile("|".join([re.escape(host) for host in HOSTS] + PATHS))


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}: {line.strip()[:120]}"
            for line in text.splitlines()
            if UNWANTED.search(line)
        ]
    assert found == []


def test_every_requirement_is_pinned_with_hashes_and_names_no_index() -> None:
    for name in ("run", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        blocks = re.split(r"\n(?=[a-zA-Z0-9])", text)
        pinned = [block for block in blocks if re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==", block)]
        assert len(pinned) > 10
        assert all("--hash=sha256:" in block for block in pinned)
        assert not re.search(r"--(extra-)?index-url|--find-links|file:|https?://", text)


def test_the_suite_needs_nothing_from_beside_the_repository() -> None:
    outside = [path for path in tracked_files() if path.is_symlink()]
    assert outside == []
