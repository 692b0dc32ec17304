"""Pages of this room, by theme."""
