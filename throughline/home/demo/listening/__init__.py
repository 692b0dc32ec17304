"""What the demo's school asked its people, and what they answered: two listenings that are closed and one that is open.

The file holds what people wrote; the modules ask and answer through the verbs, person by person.
"""
