"""Where the pages of this room stand."""

YEARS = "s/<slug:school>/school-years/"
CLASSES = "s/<slug:school>/classes/"
CLASS = f"{CLASSES}<uuid:section_id>/"
LEARNER = "s/<slug:school>/learners/<uuid:learner_id>/people/"
ROSTERS = "s/<slug:school>/rosters/"
ROSTER = f"{ROSTERS}<uuid:roster_id>/"
