"""What every list of the desk does: it remembers how its person last looked at it, and stays quick."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.functional import cached_property

__all__ = ["CLEAR", "BoundedPaginator", "DeskChangeList", "DeskList"]

#: ``?clear=1`` forgets what is remembered: the links that take the last filter off lead there.
CLEAR = "clear"
LONGEST_MEMORY = 1000
#: Longer lists are not counted to their end, nobody leafs through them: they are searched and filtered.
COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Counts to ``COUNTED`` and no further; ``count`` is then this number and ``beyond`` true."""

    @cached_property
    def counted(self) -> int:
        found: Any = self.object_list
        return int(found.order_by()[: COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNTED)

    @property
    def beyond(self) -> bool:
        return self.counted > COUNTED


class DeskChangeList(ChangeList):
    """Never leads to the bare address: that is where the remembered view is opened."""

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        found = super().get_query_string(new_params, remove)
        return f"?{CLEAR}=1" if found == "?" and not self.is_popup else found

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter, a search or an order is in force, which "clear" would take off."""
        return bool(self.query or self.has_active_filters or "o" in self.params)


class DeskList:
    """For a ``ModelAdmin``: a bare visit opens the list as this person left it.

    The query of the last visit (filters, order, search; not the page) stays in the session. A link with a
    query wins over it, ``?clear=1`` forgets it, popups and autocompletion never see it.
    """

    paginator: Any = BoundedPaginator
    list_per_page = 50
    show_full_result_count = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        view: Any = super().changelist_view  # type: ignore[misc]
        if request.method != "GET" or {IS_POPUP_VAR, TO_FIELD_VAR, ERROR_FLAG} & request.GET.keys():
            return view(request, extra_context)
        key = f"list:{self.opts.label_lower}"  # type: ignore[attr-defined]
        if CLEAR in request.GET:
            request.session.pop(key, None)
            return HttpResponseRedirect(request.path)
        if not request.GET and (remembered := request.session.get(key)):
            return HttpResponseRedirect(f"{request.path}?{remembered}")
        response = view(request, extra_context)
        remember(request, key, asked(request.GET) if response.status_code == 200 else "")
        return response


def asked(query: QueryDict) -> str:
    """The part of a query worth remembering."""
    kept = query.copy()
    for name in query:
        if name == PAGE_VAR or not any(query.getlist(name)):
            del kept[name]
    words = kept.urlencode()
    return words if len(words) <= LONGEST_MEMORY else ""


def remember(request: HttpRequest, key: str, words: str) -> None:
    if words and request.session.get(key) != words:
        request.session[key] = words
    elif not words and key in request.session:
        del request.session[key]
