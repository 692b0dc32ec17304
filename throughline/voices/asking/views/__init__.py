"""Pages of composing a listening and running it."""
