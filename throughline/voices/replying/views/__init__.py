"""Pages on which replies are written, and the one that respondents read."""
