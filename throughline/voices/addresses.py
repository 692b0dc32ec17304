"""Where the pages of this room stand."""

LISTENINGS = "s/<slug:school>/listenings/"
LISTENING = f"{LISTENINGS}<uuid:listening_id>/"
# What respondents see: short enough to be typed from a poster. It opens a questionnaire and shows no answer.
ASKED = "v/<slug:place>/"
# A one-time code as a link.
CODE = "c/"
