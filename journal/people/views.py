"""The readers' door, and the second proof of who works at the desk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache

from articles.models import Journal
from journal.people import second_factor

__all__ = ["RecoveryCodes", "SecondFactor", "SetUp", "SignIn"]


class SignIn(LoginView):
    """Signs in and goes back to the page that asked for it, else to the issues for signed-in readers."""

    template_name = "people/login.html"
    request: HttpRequest

    def get_default_redirect_url(self) -> str:
        """Contributors come to send or to follow, approvers to sign; everybody else to read."""
        user = self.request.user
        comes = user.has_perm("articles.add_article") or user.has_perm("articles.sign_for_unit")
        return resolve_url("portal:home" if comes else "public:members")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(journal=Journal.objects.current(), **kwargs)


class CodeForm(forms.Form):
    """Six figures of the telephone, or a recovery code."""

    code = forms.CharField(max_length=20, strip=True)

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


@method_decorator(never_cache, name="dispatch")
class Proof(LoginRequiredMixin, View):
    """What the pages of the second proof have in common."""

    template = ""
    request: HttpRequest

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        words = {"journal": Journal.objects.current(), "next": self.onward(), **context}
        return render(self.request, self.template, words, status=status)

    def onward(self) -> str:
        """The page that was asked for, if it is one of ours; else the desk."""
        wanted = self.request.POST.get("next") or self.request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(
            wanted, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return wanted if wanted and ours else reverse("admin:index")

    def code(self) -> str:
        form = CodeForm(self.request.POST)
        return str(form.cleaned_data["code"]) if form.is_valid() else ""


class SecondFactor(Proof):
    """Ask for a code; lead to the set-up whoever has no device; tell who has proven it how things stand."""

    template = "people/second_factor.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        device = second_factor.device_of(user)
        if device is None:
            query = urlencode({"next": self.onward()})
            return redirect(f"{reverse('people:second-factor-set-up')}?{query}")
        left = user.recovery_codes.filter(used_at=None).count() if user.is_verified() else None
        return self.show(left=left)

    def post(self, request: HttpRequest) -> HttpResponse:
        if wait := second_factor.seconds_to_wait(request.user):
            return self.show(429, refusal=wait_sentence(wait))
        if second_factor.verify(request, self.code()):
            return HttpResponseRedirect(self.onward())
        return self.show(
            422, refusal=_("This code is not right. Wait for the next one and type its six figures.")
        )


class SetUp(Proof):
    """Show the secret, take its first code, show the recovery codes – once."""

    template = "people/second_factor_set_up.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A second device would go round the first."""
        if request.user.is_authenticated and second_factor.device_of(request.user) is not None:
            return redirect("people:second-factor")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.offer()

    def post(self, request: HttpRequest) -> HttpResponse:
        codes = second_factor.confirm(request, self.code())
        if codes is None:
            return self.offer(
                422, _("This code is not right. See that the telephone's clock is, and type the next one.")
            )
        return self.show(codes=codes)

    def offer(self, status: int = 200, refusal: str = "") -> HttpResponse:
        key = second_factor.key_of(self.request)
        user: Any = self.request.user
        picture = second_factor.picture_of(key, user)
        return self.show(status, picture=picture, key=second_factor.shown(key), refusal=refusal)


class RecoveryCodes(Proof):
    """POST: new recovery codes instead of the old ones, for somebody who has given the second proof."""

    http_method_names = ["post"]
    template = "people/second_factor_set_up.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if not user.is_verified():
            messages.warning(request, _("Give the code of your telephone first."))
            return redirect("people:second-factor")
        return self.show(codes=second_factor.new_codes(user))


def wait_sentence(seconds: int) -> str:
    return ngettext(
        "Too many wrong codes: wait %(seconds)d second, then type the code your telephone shows.",
        "Too many wrong codes: wait %(seconds)d seconds, then type the code your telephone shows.",
        seconds,
    ) % {"seconds": seconds}
