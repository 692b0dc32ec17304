"""What the demo's school does about its priorities, and how it goes.

The files hold what people said; the modules ask for it through the verbs, day by day.
"""
