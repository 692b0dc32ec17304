"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
application = get_wsgi_application()

# What is loaded by now stays for good, so the garbage collector need not look at it again; and a page makes thousands
# of objects that go by themselves. Looking less often saves a seventh of a page's time (bench/results.md).
gc.freeze()
gc.set_threshold(10_000, 20, 20)
