"""Verbs of organisations, members, invitations, groups and ties, by theme."""

from throughline.schools.actions.affiliations import (
    agree_affiliation,
    ask_affiliation,
    decline_affiliation,
    end_affiliation,
)
from throughline.schools.actions.groups import (
    add_to_group,
    archive_group,
    change_group,
    create_group,
    remove_from_group,
    restore_group,
)
from throughline.schools.actions.invitations import (
    Entry,
    Invited,
    Outcome,
    accept_invitation,
    invite_people,
    renew_invitation,
    withdraw_invitation,
)
from throughline.schools.actions.members import change_roles, leave, remove_member
from throughline.schools.actions.organisations import (
    change_organisation,
    create_organisation,
    create_organisation_for_guest,
    start_first_organisation,
)

__all__ = [
    "Entry",
    "Invited",
    "Outcome",
    "accept_invitation",
    "add_to_group",
    "agree_affiliation",
    "archive_group",
    "ask_affiliation",
    "change_group",
    "change_organisation",
    "change_roles",
    "create_group",
    "create_organisation",
    "create_organisation_for_guest",
    "decline_affiliation",
    "end_affiliation",
    "invite_people",
    "leave",
    "remove_from_group",
    "remove_member",
    "renew_invitation",
    "restore_group",
    "start_first_organisation",
    "withdraw_invitation",
]
