"""The five design elements of Harbor Bridge, each in another state.

Each stands in two files: its text as it is today (Markdown; another one for each translation), and what happened to it
(TOML): who wrote what on which day and what stood there before, its items, what was said, decided, adopted.
"""
