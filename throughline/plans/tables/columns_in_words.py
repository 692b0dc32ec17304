"""What people call the fields of a table, and what a written plan calls its columns."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "key": _("Key (what the row is called in your table)"),
    "goal": _("Goal"),
    "for_whom": _("For whom (of the goal)"),
    "by_when": _("Goal by when"),
    "title": _("Action"),
    "owner": _("Owner (name or e-mail)"),
    "helpers": _("Helpers (several with semicolons)"),
    "starts_on": _("Starts on"),
    "due_on": _("Due on"),
    "state": _("State"),
    "done_when": _("Done when"),
    "resources": _("Resources"),
}
# Headings of what goes out: the same in every language, so that a file comes in again wherever it is read.
HEADINGS = {
    "key": "key",
    "goal": "goal",
    "for_whom": "for whom",
    "by_when": "goal by",
    "title": "action",
    "owner": "owner",
    "helpers": "helpers",
    "starts_on": "starts on",
    "due_on": "due on",
    "state": "state",
    "done_when": "done when",
    "resources": "resources",
    # What stands beside: it goes out and is not read when the table comes in again.
    "waits_for": "waits for",
    "serves": "serves",
}
WIDTHS = {
    "key": 12,
    "measure_key": 12,
    "goal": 40,
    "title": 46,
    "measure": 46,
    "risk": 46,
    "about": 46,
    "done_when": 40,
    "resources": 30,
    "waits_for": 40,
    "serves": 40,
    "definition": 40,
    "response": 40,
    "why": 40,
    "words": 60,
    "what_changed": 40,
    "note": 40,
}
