"""First run, invitations, and an organisation's pages about its people, groups, ties, settings and log."""

from django.urls import URLPattern, URLResolver, include, path

from throughline.schools.views import groups, invitations, organisation, people, start

app_name = "schools"

inside: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invite/confirm/", invitations.invite_confirm, name="invite-confirm"),
    path("people/invited/", invitations.invited, name="invited"),
    path("people/<uuid:member>/", people.member, name="member"),
    path("people/<uuid:member>/roles/", people.roles, name="roles"),
    path("people/<uuid:member>/remove/", people.remove, name="remove"),
    path("people/<uuid:member>/invitation/renew/", invitations.renew, name="invitation-renew"),
    path("people/<uuid:member>/invitation/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("leave/", people.leave, name="leave"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group-new"),
    path("groups/<uuid:group>/", groups.group, name="group"),
    path("groups/<uuid:group>/change/", groups.group_change, name="group-change"),
    path("groups/<uuid:group>/archive/", groups.group_archive, name="group-archive"),
    path("groups/<uuid:group>/restore/", groups.group_restore, name="group-restore"),
    path("groups/<uuid:group>/people/<uuid:member>/out/", groups.group_take_out, name="group-take-out"),
    path("affiliations/", organisation.affiliations, name="affiliations"),
    path("affiliations/<uuid:tie>/agree/", organisation.affiliation_agree, name="affiliation-agree"),
    path("affiliations/<uuid:tie>/decline/", organisation.affiliation_decline, name="affiliation-decline"),
    path("affiliations/<uuid:tie>/end/", organisation.affiliation_end, name="affiliation-end"),
    path("settings/", organisation.settings, name="settings"),
    path("log/", organisation.log, name="log"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("start/", start.start, name="start"),
    path("i/<str:token>", invitations.invitation_link, name="invitation-link"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/as-someone-else/", invitations.invitation_as_someone_else, name="invitation-switch"),
    path("s/<slug:school>/", include(inside)),
]
