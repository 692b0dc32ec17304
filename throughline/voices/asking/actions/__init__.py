"""Verbs of composing a listening and running it."""

from throughline.voices.asking.actions.aloud import drop_recording, keep_recording
from throughline.voices.asking.actions.beginning import begin_listening, change_listening, compose
from throughline.voices.asking.actions.groups import (
    add_host,
    ask_group,
    ask_groups,
    change_group,
    drop_group,
    remove_host,
)
from throughline.voices.asking.actions.questions import (
    add_own_question,
    bring_back_question,
    change_question,
    drop_question,
    move_question,
)
from throughline.voices.asking.actions.running import (
    extend_listening,
    open_listening,
    pause_listening,
    resume_listening,
)

__all__ = [
    "add_host",
    "add_own_question",
    "ask_group",
    "ask_groups",
    "begin_listening",
    "bring_back_question",
    "change_group",
    "change_listening",
    "change_question",
    "compose",
    "drop_group",
    "drop_question",
    "drop_recording",
    "extend_listening",
    "keep_recording",
    "move_question",
    "open_listening",
    "pause_listening",
    "remove_host",
    "resume_listening",
]
