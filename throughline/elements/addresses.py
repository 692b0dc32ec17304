"""How the addresses of elements begin: there is one element of each kind, so its kind names it."""

ELEMENTS = "s/<slug:school>/elements/"
ELEMENT = f"{ELEMENTS}<slug:kind>/"
