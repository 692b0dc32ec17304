"""Signing in keeps the names that django-allauth looks for (`account_login` …); the page about me is `people:me`."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from throughline.people import views

account: list[URLPattern | URLResolver] = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("signup/", views.no_sign_up, name="account_signup"),
    path("login/code/", views.ask_for_code, name="account_request_login_code"),
    path("login/code/confirm/", views.give_code, name="account_confirm_login_code"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/set/", views.first_password, name="account_set_password"),
    path("password/reset/", views.ask_for_reset, name="account_reset_password"),
    path("password/reset/done/", views.reset_asked, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_renewed, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
]
me: list[URLPattern | URLResolver] = [
    path("", views.me, name="me"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(account)),
    path("me/", include((me, "people"))),
]
