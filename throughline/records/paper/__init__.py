"""Paper: what a school prints of a framework, laid out by Typst as tagged PDF.

`base.typ` is the page that every paper shares (the report of a round too), `compiling.py` makes the file. A paper has a
module that says what stands on it (`workbook.py`, `cards.py`, `blank.py`) and a layout of the same name.
"""
