#!/usr/bin/env bash
# lxml 6.1.3, lxml.html: where a page has 256 elements within each other it ends, without an exception.
#
# Expected: the text, as browsers show it (HTML sets no limit), or an exception.
# Happens:  what is in the nest and all that follows it is gone. `huge_tree=True` reads it.
# Seen:     240 deep: 'before deep after'
#           260 deep: 'before '
#           260 deep, huge_tree: 'before deep after'
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install lxml==6.1.3
cat > "$here/try.py" <<'PY'
from lxml.html import HTMLParser, document_fromstring


def text(levels: int, **options: bool) -> str:
    page = "<p>before </p>" + "<div>" * levels + "deep" + "</div>" * levels + "<p> after</p>"
    return document_fromstring(page, parser=HTMLParser(**options)).text_content()


print("240 deep:", repr(text(240)))
print("260 deep:", repr(text(260)))
print("260 deep, huge_tree:", repr(text(260, huge_tree=True)))
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
240 deep: 'before deep after'
260 deep: 'before '
260 deep, huge_tree: 'before deep after'
SEEN
