"""Signing in and out: for readers; people of the desk may come in here too."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from journal.people.views import SignIn

__all__ = ["app_name", "urlpatterns"]

app_name = "people"
urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="public:home"), name="logout"),
]
