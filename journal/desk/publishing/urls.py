"""The addresses of the screens of publication, below the issues and the manuscripts."""

from __future__ import annotations

from typing import Any

from django.urls import path

from journal.desk.publishing import correcting, issue_page

__all__ = ["publishing_urls"]

ADDRESSES: dict[str, tuple[str, Any]] = {
    "articles_issue_publishing": ("articles/issue/<int:pk>/publishing/", issue_page.PublishingPage),
    "articles_issue_publishing_act": ("articles/issue/<int:pk>/publishing/act/", issue_page.PublishingStep),
    "articles_issue_edition": ("articles/issue/<int:pk>/publishing/edition/", issue_page.ShowEdition),
    "articles_article_correction": ("articles/article/<int:pk>/correction/", correcting.Correction),
}


def publishing_urls(site: Any) -> list[Any]:
    return [
        path(end, site.admin_view(view.as_view(site=site)), name=name)
        for name, (end, view) in ADDRESSES.items()
    ]
