"""What a framework file may be: the one place for the limits of an import. They stand in docs/using/frameworks.md too."""

from datetime import timedelta

MEGABYTE = 1024 * 1024
MOST_MB = 50  # a file
MOST_BYTES = MOST_MB * MEGABYTE
MOST_UNPACKED = 100 * MEGABYTE  # an XLSX file, opened
LARGE = 1 * MEGABYTE  # from here on the worker reads and publishes it
LARGE_OPENED = 8 * MEGABYTE  # and a workbook that grows to this
MANY_ROWS = 3_000  # a table of so many rows is published by the worker, however small its file
MANY_ITEMS = 2_000  # what an open framework of so many items answers is written down by the worker
MOST_ITEMS = 20_000  # a CASE package
DEEPEST = 50  # levels of its tree
MOST_VALUES = 4_000_000  # texts, numbers, keys and brackets in a large package
MOST_NESTED = 200  # how deep they may be nested
LONGEST_TEXT = 20_000  # characters of one text
MOST_ROWS = 40_000  # a table
MOST_COLUMNS = 60
MOST_SHEETS = 20  # of a workbook that are looked at for one with headings
MOST_STEPS = 12
MOST_KEPT = 30  # imports of one organisation that wait to be published
KEPT_FOR = timedelta(days=14)
MOST_TRIES = 3  # how often the worker takes up a file that it could not finish
GIVEN_UP_AFTER = timedelta(minutes=10)
