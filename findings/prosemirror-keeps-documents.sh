#!/bin/bash
# prosemirror 0.6.1 (PyPI) keeps every document in which a position was looked up.
#
# Expected: a document that nobody holds any more is let go; the cache of looked-up positions refers to it weakly.
# Happens:  what the cache holds refers to the document itself, so it stays for as long as the process lives. In a server that
#           applies steps, every version of every text stays.
# Seen:     after 50 documents: 50 of them alive
#           after emptying prosemirror.model.resolvedpos._resolve_cache: 0 of them alive
# Instead:  empty that cache after each change.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check prosemirror==0.6.1
"$place/venv/bin/python" - <<'PY'
import gc
import sys
import weakref

from prosemirror.model import resolvedpos
from prosemirror.schema.basic import schema

seen = []
for number in range(50):
    document = schema.node("doc", None, [schema.node("paragraph", None, [schema.text(f"text {number}")])])
    document.resolve(1)
    seen.append(weakref.ref(document))
del document
gc.collect()
kept = sum(each() is not None for each in seen)
print(f"after 50 documents: {kept} of them alive")
resolvedpos._resolve_cache.clear()
gc.collect()
left = sum(each() is not None for each in seen)
print(f"after emptying prosemirror.model.resolvedpos._resolve_cache: {left} of them alive")
sys.exit(0 if kept == 50 and left == 0 else 1)
PY
