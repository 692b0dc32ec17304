"""How static files are named: each by its content, also where one script names another."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "elements/*.js"  # packages ship scripts whose imports lead nowhere


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """An `import` of a script of ours names the file as it is kept, so that a browser never mixes two versions."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        OURS,
        HashedFilesMixin._js_module_import_aggregation_patterns[1],  # type: ignore[attr-defined]
    )
