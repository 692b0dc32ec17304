"""A staged roster held against what the school has: what would be new, changed, ended and flagged. Pure but for `held`."""
