"""Delegations of the final review at the desk: given with dates, withdrawn at once, each an event."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.delegations import delegate, withdraw_delegation
from articles.models import Delegation
from articles.refusals import Refused
from journal.security import address_of

__all__ = ["delegation_urls", "held_by", "state_of"]

SEE, GIVE = "articles.view_delegation", "articles.final_review"
PAGE = 50
STATES: dict[str, Any] = {
    "upcoming": gettext_lazy("not yet in force"),
    "in-force": gettext_lazy("in force"),
    "ended": gettext_lazy("ended"),
    "withdrawn": gettext_lazy("withdrawn"),
}


def delegation_urls(site: Any) -> list[URLPattern]:
    def room(view: Any) -> Any:
        return site.admin_view(lambda request, **words: view(request, site, **words))

    return [
        path("delegations/", room(delegations), name="delegations"),
        path("delegations/<int:pk>/withdraw/", room(require_POST(withdraw)), name="delegation_withdraw"),
    ]


def state_of(delegation: Delegation, today: datetime.date | None = None) -> str:
    """``upcoming``, ``in-force``, ``ended`` or ``withdrawn``."""
    today = today or timezone.localdate()
    if delegation.withdrawn_at is not None:
        return "withdrawn"
    if delegation.ends_on < today:
        return "ended"
    return "upcoming" if delegation.starts_on > today else "in-force"


def held_by(user: Any) -> list[Delegation]:
    """The delegations in force today that let this person give the final review, the longest last."""
    return list(Delegation.objects.valid_on().filter(holder=user).select_related("giver").order_by("ends_on"))


def possible_holders(giver: Any) -> QuerySet[Any]:
    """Who sees manuscripts and does not give the final review anyway; ``delegate()`` decides."""
    sees, gives = (
        Permission.objects.filter(content_type__app_label="articles", codename=name)
        for name in ("view_article", "final_review")
    )
    people = get_user_model()._default_manager.filter(is_active=True).exclude(pk=giver.pk)
    people = people.filter(Q(groups__permissions__in=sees) | Q(user_permissions__in=sees))
    return people.exclude(groups__permissions__in=gives).distinct().order_by("name", "pk")


class HolderField(forms.ModelChoiceField):
    """People by name, with their post where it is known."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()}（{obj.post}）" if obj.post else str(obj.get_full_name())


class DelegationForm(forms.Form):
    """Who gives the final review in my place, from when to when."""

    def __init__(self, giver: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = possible_holders(giver)  # type: ignore[attr-defined]

    holder = HolderField(
        get_user_model()._default_manager.none(),
        label=gettext_lazy("Who gives the final review"),
        error_messages={"invalid_choice": gettext_lazy("Choose somebody of the list.")},
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=gettext_lazy("Until, this day included"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)


def delegations(request: HttpRequest, site: Any) -> HttpResponse:
    """GET: the list and, for who gives the final review, the form. POST: give one."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    if request.method != "POST":
        today = timezone.localdate().isoformat()
        form = DelegationForm(request.user, initial={"starts_on": today})
        return page(request, site, form if request.user.has_perm(GIVE) else None)
    form = DelegationForm(request.user, request.POST)
    if not form.is_valid():
        return page(request, site, form, _("Nothing was delegated yet: see below."), 422)
    try:
        given = delegate(request.user, address=address_of(request), **form.cleaned_data)
    except Refused as refusal:
        return page(request, site, form, str(refusal), refusal.status)
    messages.success(
        request,
        _("%(holder)s gives the final review from %(start)s until %(end)s.")
        % {"holder": given.holder, "start": given.starts_on, "end": given.ends_on},
    )
    return redirect("admin:delegations")


def withdraw(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """POST: end a delegation at once."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    delegation = get_object_or_404(Delegation.objects.select_related("holder"), pk=pk)
    reason = request.POST.get("reason", "")[:200]
    try:
        withdraw_delegation(delegation, request.user, reason, address=address_of(request))
    except Refused as refusal:
        form = DelegationForm(request.user) if request.user.has_perm(GIVE) else None
        return page(request, site, form, str(refusal), refusal.status)
    messages.success(
        request, _("Withdrawn: %(holder)s gives no final review now.") % {"holder": delegation.holder}
    )
    return redirect("admin:delegations")


def page(
    request: HttpRequest, site: Any, form: DelegationForm | None, refusal: str = "", status: int = 200
) -> HttpResponse:
    rows = Paginator(
        Delegation.objects.select_related("giver", "holder").order_by("-starts_on", "-pk"), PAGE
    ).get_page(request.GET.get("page"))
    today = timezone.localdate()
    lines = [{"delegation": row, "state": state_of(row, today)} for row in rows]
    for line in lines:
        line["words"] = STATES[str(line["state"])]
        line["open"] = line["state"] in {"upcoming", "in-force"} and request.user.has_perm(GIVE)
    context = {
        **site.each_context(request),
        "title": _("Delegations of the final review"),
        "form": form,
        "refusal": refusal,
        "page": rows,
        "lines": lines,
    }
    return render(request, "desk/delegations.html", context, status=status)
