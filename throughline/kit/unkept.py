"""Tables whose rows no backup holds: they come along empty. A room adds its own when the product starts.

What stands in them may be lost with a disk, and must be known to be: docs/running/production.md says what that costs.
No row of another table may point at one of theirs.
"""

from throughline.kit.registry import Registry

tables = Registry[str]()
