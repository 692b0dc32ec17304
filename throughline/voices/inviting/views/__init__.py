"""Pages of the ways in, for those who run a listening and for families."""
