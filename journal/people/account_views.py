"""Asking for an account, proving an address, a forgotten password, one's own details."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, views
from django.contrib.auth.decorators import login_required
from django.contrib.messages.views import SuccessMessageMixin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles import co_authors
from articles.models import Journal
from articles.refusals import Refused
from journal.people import registration
from journal.people.forms import AboutMe, Confirm, ForgottenPassword, Register
from journal.people.limits import CONFIRM, LETTER, REGISTER, RESET, spend
from journal.people.mail import write_to
from journal.people.models import User
from journal.security import address_of

__all__ = [
    "ChangePassword",
    "Forgotten",
    "NewPassword",
    "about_me",
    "confirm",
    "prove_email",
    "register",
    "sent",
]

PROOF_SECONDS = 2 * 24 * 3600
FORM = ["GET", "HEAD", "POST"]


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    words = {"journal": Journal.objects.current(), **context}
    return render(request, f"people/{template}.html", words, status=status)


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def myself(request: HttpRequest) -> User:
    """Read anew: a form that is refused must not change who is shown as signed in."""
    person: Any = request.user
    return User.objects.get(pk=person.pk)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(FORM)
def register(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address is known or not."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    form = Register(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "register", 422 if request.method == "POST" else 200, form=form)
    try:
        spend(REGISTER, address_of(request) or "")
        said = form.cleaned_data
        registration.register(
            name=said["name"],
            unit=said["unit"],
            email=said["email"],
            password=said["password"],
            site=site_of(request),
        )
    except Refused as refusal:
        return page(request, "register", refusal.status, form=form, refusal=str(refusal))
    return redirect("people:registered")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "sent", title=_("One more step"))


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(FORM)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's link: with the password it opens the account and signs in."""
    form = Confirm(request.POST or None)
    try:
        if registration.pending(token) is None:
            registration.confirm(token, "")  # says why it is worth nothing
        if request.method != "POST" or not form.is_valid():
            return page(request, "confirm", form=form)
        spend(CONFIRM, token)
        user = registration.confirm(token, form.cleaned_data["password"])
    except Refused as refusal:
        return page(request, "confirm", refusal.status, refusal=str(refusal))
    if user is None:
        return page(request, "confirm", 422, form=form, refusal=_("This is not the password you chose."))
    if not user.is_active:
        return page(request, "waiting", title=_("The office looks at it"))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Your account is open."))
    return redirect("portal:home")


class WithJournal:
    """What our templates show of the house."""

    def get_context_data(self, **kwargs: Any) -> Any:
        return super().get_context_data(journal=Journal.objects.current(), **kwargs)  # type: ignore[misc]


@method_decorator(never_cache, name="dispatch")
class Forgotten(WithJournal, views.PasswordResetView):
    """The same answer whether the address is known or not."""

    template_name = "people/forgotten.html"
    form_class = ForgottenPassword
    success_url = reverse_lazy("people:password-sent")
    extra_context = {"title": gettext_lazy("Set a new password")}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            spend(RESET, address_of(self.request) or "")
            spend(LETTER, form.cleaned_data["email"].lower())
        except Refused as refusal:
            context = self.get_context_data(form=form, refusal=str(refusal))
            return self.render_to_response(context, status=refusal.status)
        return super().form_valid(form)


class NewPassword(WithJournal, SuccessMessageMixin, views.PasswordResetConfirmView):
    """The letter's link; Django's token dies with the old password and after three days."""

    template_name = "people/new_password.html"
    success_url = reverse_lazy("people:login")
    success_message = gettext_lazy("The new password holds. Sign in with it.")


class ChangePassword(WithJournal, SuccessMessageMixin, views.PasswordChangeView):
    template_name = "people/change_password.html"
    success_url = reverse_lazy("people:about-me")
    success_message = gettext_lazy("The new password holds.")


@never_cache
@login_required
@require_http_methods(FORM)
def about_me(request: HttpRequest) -> HttpResponse:
    """My name, unit and addresses as the office sees them."""
    user = myself(request)
    form = AboutMe(request.POST or None, instance=user)
    if request.method != "POST" or not form.is_valid():
        return page(request, "about_me", 422 if request.method == "POST" else 200, form=form)
    try:
        if token := form.save():
            wanted = form.cleaned_data["email"].lower()
            spend(LETTER, wanted)
            where = site_of(request) + reverse("people:prove-email", args=[token])
            write_to(
                wanted,
                _("Confirm your new e-mail address"),
                _("Open the link within two days, signed in, to use this address from now on:\n\n%(address)s")
                % {"address": where},
            )
            messages.success(
                request,
                _("Stored. The new address holds once you open the link in the letter."),
            )
        else:
            messages.success(request, _("Stored."))
    except Refused as refusal:
        return page(request, "about_me", refusal.status, form=form, refusal=str(refusal))
    return redirect("people:about-me")


@never_cache
@login_required
@require_http_methods(FORM)
def prove_email(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's link, for whoever asked for it; GET shows a button, for mail programs open links, too."""
    user = myself(request)
    try:
        pk, old, new = signing.loads(token, salt=AboutMe.SALT, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        pk, old, new = 0, "", ""
    taken = User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists()
    if pk != user.pk or old != user.email or taken:
        sentence = _("This link was used already or is too old. Change the address again in your details.")
        return page(request, "prove_email", 422, refusal=sentence)
    if request.method != "POST":
        return page(request, "prove_email", email=new)
    user.email = new
    user.save()
    co_authors.bind(user)
    messages.success(request, _("The new address holds."))
    return redirect("people:about-me")
