"""How the addresses of the plan begin: an organisation has one."""

PLAN = "s/<slug:school>/plan/"
GOAL = f"{PLAN}goals/<uuid:goal_id>/"
ACTION = f"{PLAN}actions/<uuid:action_id>/"
POLICY = f"{PLAN}policies/<uuid:policy_id>/"
REMINDERS = f"{PLAN}reminders/"
