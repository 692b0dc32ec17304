#!/usr/bin/env bash
# Django 5.2.19: transaction.on_commit(functools.partial(f), robust=True) is not robust when f raises.
#
# Expected: `robust=True` logs the error of the callback and goes on, whatever callable it was.
# Happens:  the line that logs it reads the callable's __qualname__, which a partial does not have, so an AttributeError
#           leaves the transaction's block. With a plain function the error is logged and nothing is raised.
# Seen:     function: nothing raised
#           partial: AttributeError: 'functools.partial' object has no attribute '__qualname__'
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install Django==5.2.19
cat > "$here/try.py" <<'PY'
import logging
from functools import partial

import django
from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, LOGGING_CONFIG=None)
django.setup()
logging.disable()

from django.db import transaction  # noqa: E402


def fails() -> None:
    raise ValueError("on purpose")


def outcome(callback) -> str:
    try:
        with transaction.atomic():
            transaction.on_commit(callback, robust=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "nothing raised"


print("function:", outcome(fails))
print("partial:", outcome(partial(fails)))
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
function: nothing raised
partial: AttributeError: 'functools.partial' object has no attribute '__qualname__'
SEEN
