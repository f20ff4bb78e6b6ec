"""Lists in pages with addresses of their own (``…/2/``), so that each can be a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

__all__ = ["PAGE_SIZE", "Paged", "page_of"]

PAGE_SIZE = 20


class Paged:
    """One page of a list and the addresses of the pages beside it (``None`` at the ends)."""

    def __init__(self, page: Page[Any], name: str, arguments: list[Any]) -> None:
        self.page, self.name, self.arguments = page, name, arguments
        self.number, self.total = page.number, page.paginator.num_pages
        self.count = page.paginator.count

    def address(self, number: int) -> str:
        if number == 1:
            return reverse(self.name, args=self.arguments)
        return reverse(self.name, args=[*self.arguments, number])

    @property
    def here(self) -> str:
        return self.address(self.number)

    @property
    def newer(self) -> str | None:
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def older(self) -> str | None:
        return self.address(self.number + 1) if self.number < self.total else None


def page_of(
    items: QuerySet[Any], number: int, name: str, arguments: list[Any], size: int = PAGE_SIZE
) -> Paged:
    """Page ``number`` of ``items``; raises ``Http404`` for pages that are not there. Page 1 may be empty."""
    paginator: Paginator[Any] = Paginator(items, size)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return Paged(paginator.page(number), name, arguments)
