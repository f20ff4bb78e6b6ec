"""What somebody says of themselves: when they ask for an account, and later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import PasswordResetForm
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from journal.people.mail import write_to
from journal.people.models import User

__all__ = ["AboutMe", "Confirm", "ForgottenPassword", "Register"]


class Register(forms.Form):
    """A trap for machines stands among the fields: nobody sees it, nobody fills it in."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "name"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    unit = forms.CharField(
        label=gettext_lazy("unit"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail (your name for signing in)"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password (at least 12 characters)"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password"):
            about = User(
                username=data.get("email", ""), name=data.get("name", ""), email=data.get("email", "")
            )
            try:
                password_validation.validate_password(data["password"], about)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class Confirm(forms.Form):
    """The password typed when asking."""

    password = forms.CharField(
        label=gettext_lazy("The password you chose"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class ForgottenPassword(PasswordResetForm):
    """Django's form and token; the letter is ours."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        path = reverse("people:password-new", args=[context["uid"], context["token"]])
        asked = _("%(name)s, somebody, probably you, has asked for a new password. Open the link to set it:")
        parts = [
            asked % {"name": context["user"].get_full_name()},
            f"{context['protocol']}://{context['domain']}{path}",
            _("If it was not you, you need not do anything: the old password holds."),
        ]
        write_to(to_email, _("Set a new password"), "\n\n".join(parts))


class AboutMe(forms.ModelForm):
    """My details; another e-mail address takes the password now and a letter to prove it."""

    password = forms.CharField(
        label=gettext_lazy("Your password (only for another e-mail address)"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ["name", "unit", "post", "telephone", "email"]

    #: Signed into the letter; the old address makes it good for one time.
    SALT = "people.email"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = self.instance.email
        self.fields["email"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        moved = "email" in data and data["email"].lower() != self.address.lower()
        if moved and not self.instance.check_password(data.get("password") or ""):
            self.add_error("password", _("To use another address, type your password as well."))
        return data

    def save(self, commit: bool = True) -> Any:
        """Store all but a new address; returns the token that would prove it, or ``None``."""
        wanted = self.cleaned_data["email"].lower()
        self.instance.email = self.address
        super().save(commit)
        if wanted == self.address.lower():
            return None
        return signing.dumps([self.instance.pk, self.address, wanted], salt=self.SALT)
