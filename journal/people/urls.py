"""Signing in and out, and the second proof; people of the desk may come in here, too."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from journal.people.views import RecoveryCodes, SecondFactor, SetUp, SignIn

__all__ = ["app_name", "urlpatterns"]

app_name = "people"
urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="public:home"), name="logout"),
    path("login/code/", SecondFactor.as_view(), name="second-factor"),
    path("login/code/set-up/", SetUp.as_view(), name="second-factor-set-up"),
    path("login/code/recovery/", RecoveryCodes.as_view(), name="recovery-codes"),
]
