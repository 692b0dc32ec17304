"""Pages of actions."""

from throughline.plans.doing.views.one import action, drop_wait, due, move, state, waits
from throughline.plans.doing.views.writing import change, new, quick

__all__ = ["action", "change", "drop_wait", "due", "move", "new", "quick", "state", "waits"]
