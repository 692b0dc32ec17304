"""Many who write one text at once, against our server and beside another."""
