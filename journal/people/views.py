"""The readers' door: who is signed in may open members' issues."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest
from django.shortcuts import resolve_url

from articles.models import Journal

__all__ = ["SignIn"]


class SignIn(LoginView):
    """Signs in and goes back to the page that asked for it, else to the issues for signed-in readers."""

    template_name = "people/login.html"
    request: HttpRequest

    def get_default_redirect_url(self) -> str:
        return resolve_url("public:members")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(journal=Journal.objects.current(), **kwargs)
