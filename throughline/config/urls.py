"""Every address of the product, room by room. Each view declares its door (`kit.access`)."""

from django.urls import URLPattern, URLResolver, include, path

# Addresses are looked for in this order: those that are asked for most come first, and none stands in two rooms.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("throughline.voices.urls")),  # 50,000 learners in a morning
    path("", include("throughline.journeys.urls")),
    path("", include("throughline.elements.urls")),
    path("", include("throughline.home.urls")),
    path("", include("throughline.activity.urls")),
    path("", include("throughline.people.urls")),
    path("", include("throughline.schools.urls")),
    path("", include("throughline.rosters.urls")),
    path("", include("throughline.files.urls")),
    path("", include("throughline.records.urls")),
    path("", include("throughline.frameworks.urls")),
    path("", include("throughline.plans.urls")),
    path("", include("throughline.network.urls")),
    path("", include("throughline.ui.urls")),
]
handler400 = "throughline.ui.views.bad_request"
handler403 = "throughline.ui.views.forbidden"
handler404 = "throughline.ui.views.not_found"
handler429 = "throughline.ui.views.too_many_requests"  # asked for by allauth
handler500 = "throughline.ui.views.server_error"
