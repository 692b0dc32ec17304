"""Addresses of professional learning."""

from django.urls import URLPattern, path

from throughline.plans.addresses import LEARNING, OFFERING, REFLECTION, TRAIT
from throughline.plans.professional.views import offerings, own

urlpatterns: list[URLPattern] = [
    path(LEARNING, offerings.learning, name="learning"),
    path(f"{LEARNING}add/", offerings.add, name="add-offering"),
    path(f"{LEARNING}what-is-kept/", offerings.kept, name="what-is-kept"),
    path(f"{LEARNING}mine/", own.mine, name="my-learning"),
    path(OFFERING, offerings.offering, name="offering"),
    path(f"{OFFERING}change/", offerings.change, name="change-offering"),
    path(f"{OFFERING}sign-up/", offerings.sign_up, name="sign-up"),
    path(f"{OFFERING}withdraw/", offerings.withdraw, name="withdraw"),
    path(f"{OFFERING}people/", offerings.people, name="offering-people"),
    path(f"{OFFERING}practice/", own.practice, name="practice"),
    path(f"{TRAIT}reflect/", own.reflect, name="reflect"),
    path(f"{TRAIT}review/", own.review, name="review-trait"),
    path(REFLECTION, own.reflection, name="reflection"),
    path(f"{REFLECTION}change/", own.change, name="change-reflection"),
    path(f"{REFLECTION}delete/", own.delete, name="delete-reflection"),
    path(f"{REFLECTION}share/", own.share, name="share-reflection"),
    path(f"{REFLECTION}unshare/", own.unshare, name="unshare-reflection"),
]
