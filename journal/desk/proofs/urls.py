"""The addresses of the proof screens, below the issues and the manuscripts."""

from __future__ import annotations

from typing import Any

from django.urls import path

from journal.desk.proofs import issue_page, press_order, printing, rate, reading

__all__ = ["proof_urls"]

ISSUE: dict[str, tuple[str, Any]] = {
    "proofs": ("proofs/", issue_page.ProofsPage),
    "proofs_act": ("proofs/act/", issue_page.ProofsStep),
    "proofs_mark": ("proofs/mark/", issue_page.MarkOutside),
    "proofs_settle": ("proofs/settle/", issue_page.SettleOutside),
    "proofs_print": ("proofs/print/", printing.ProofPrint),
    "error_rate": ("error-rate/", rate.ErrorRate),
    "error_rate_pages": ("error-rate/pages/", rate.CountPages),
    "error_rate_mark": ("error-rate/mark/", rate.MarkPrinted),
    "error_rate_settle": ("error-rate/settle/", rate.SettlePrinted),
    "press": ("press-order/", press_order.PressOrder),
    "press_act": ("press-order/act/", press_order.PressStep),
    "form": ("form/", printing.IssueForms),
}
ARTICLE: dict[str, tuple[str, Any]] = {
    "proof": ("proof/", reading.ArticleProof),
    "proof_mark": ("proof/mark/", reading.MarkInArticle),
    "proof_sign": ("proof/sign/", reading.SignArticle),
    "proof_settle": ("proof/settle/", reading.SettleInArticle),
}


def proof_urls(site: Any) -> list[Any]:
    return [
        path(
            f"articles/{noun}/<int:pk>/{end}",
            site.admin_view(view.as_view(site=site)),
            name=f"articles_{noun}_{name}",
        )
        for noun, table in (("issue", ISSUE), ("article", ARTICLE))
        for name, (end, view) in table.items()
    ]
