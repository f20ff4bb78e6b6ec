"""Signing in and out, the second proof, accounts people ask for themselves."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from journal.people import account_views as account
from journal.people.views import RecoveryCodes, SecondFactor, SetUp, SignIn

__all__ = ["app_name", "urlpatterns"]

app_name = "people"
urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="public:home"), name="logout"),
    path("login/code/", SecondFactor.as_view(), name="second-factor"),
    path("login/code/set-up/", SetUp.as_view(), name="second-factor-set-up"),
    path("login/code/recovery/", RecoveryCodes.as_view(), name="recovery-codes"),
    path("register/", account.register, name="register"),
    path("register/sent/", account.sent, name="registered"),
    path("register/<str:token>/", account.confirm, name="confirm"),
    path("password/forgotten/", account.Forgotten.as_view(), name="password-forgotten"),
    path("password/sent/", account.sent, name="password-sent"),
    path("password/new/<uidb64>/<token>/", account.NewPassword.as_view(), name="password-new"),
    path("password/change/", account.ChangePassword.as_view(), name="password-change"),
    path("account/", account.about_me, name="about-me"),
    path("account/email/<str:token>/", account.prove_email, name="prove-email"),
]
