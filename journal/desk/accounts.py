"""Accounts: the system officer makes them, the security officer gives the roles; neither does both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.desk.lists import DeskList
from journal.people.models import User
from journal.people.roles import ROLES, label_of, mixed

__all__ = ["AccountAdmin"]

ASSIGN = "people.assign_roles"
ABOUT = ("username", "name", "unit", "post", "email", "telephone", "is_active")


class RoleFilter(admin.SimpleListFilter):
    """The roles of the table by their names."""

    title = _("roles")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.code, role.label) for role in ROLES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class RoleField(forms.ModelMultipleChoiceField):
    """The roles of the table, by the names people read."""

    def label_from_instance(self, obj: Group) -> str:
        return label_of(obj.name)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if refusal := mixed([group.name for group in chosen]):
            raise forms.ValidationError(str(refusal))
        return chosen


class PasswordForm(AdminPasswordChangeForm):
    """Django's form; its warning is not translatable there."""

    usable_password_help_text = format_lazy(  # type: ignore[assignment]
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("If disabled, the current password for this user will be lost."),
    )


class AccountAdmin(DeskList, UserAdmin):
    change_password_form = PasswordForm
    list_display = ["username", "name", "unit", "roles", "state"]
    list_filter = ["is_active", RoleFilter]
    search_fields = ["username", "name", "unit"]
    ordering = ["username"]
    filter_horizontal = ()
    actions = None
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("About the person"), {"fields": ("name", "unit", "post", "email", "telephone", "is_active")}),
        (_("Roles"), {"fields": ("groups",)}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "email", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def roles(self, user: User) -> str:
        return "、".join(label_of(group.name) for group in user.groups.all())

    roles.short_description = _("roles")  # type: ignore[attr-defined]

    @admin.display(description=_("state"), ordering="is_active")
    def state(self, user: User) -> str:
        return gettext("in use") if user.is_active else gettext("not in use")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody but a superuser touches a superuser; who gives roles may open an account for that alone."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj) or request.user.has_perm(ASSIGN)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed: tuple[str, ...] = ()
        if obj is not None and not super().has_change_permission(request, obj):
            fixed += ABOUT
        if not may_give(request, obj):
            fixed += ("roles",)
        return fixed

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever only gives roles sees no password line."""
        if obj is None:
            return super().get_fieldsets(request, obj)
        changes = super().has_change_permission(request, obj)
        about = self.fieldsets[:2] if changes else ((None, {"fields": ABOUT}),)
        # Who may not give roles reads their names; the field itself would show the groups' codes.
        field = "groups" if may_give(request, obj) else "roles"
        return (*about, (_("Roles"), {"fields": (field,)}))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Giving roles does not include setting passwords."""
        from django.core.exceptions import PermissionDenied

        if not super().has_change_permission(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            known = Group.objects.filter(name__in=[role.code for role in ROLES])
            return RoleField(known, label=_("roles"), required=False, widget=forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def may_give(request: HttpRequest, account: User | None) -> bool:
    """Whether this person gives roles – to others, never to themselves."""
    own = account is not None and account.pk == request.user.pk
    return request.user.has_perm(ASSIGN) and not own
