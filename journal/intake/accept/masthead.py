"""The printed masthead: roles with their names, then the facts of the imprint under their printed labels."""

from __future__ import annotations

from articles.models import Issue, MastheadLine
from journal.intake.manuscript import IssueManuscript

__all__ = ["write_masthead"]

#: What the trade prints before each fact. Unknown facts keep their own key as the label.
LABELS = {
    "publisher": "主办",
    "place": "出版地",
    "address": "地址",
    "postcode": "邮编",
    "phone": "电话",
    "fax": "传真",
    "email": "电子信箱",
    "licence": "准印证号",
    "issn": "ISSN",
    "cn": "国内统一刊号",
    "price": "定价",
    "printer": "印刷",
    "print_run": "印数",
    "distribution": "发送对象",
    "circulation_note": "发行",
    "call_for_papers": "征稿",
    "frequency": "刊期",
    "website": "网址",
}
LABEL_LONGEST = 50


def write_masthead(row: Issue, issue: IssueManuscript) -> bool:
    """Make the issue's masthead what was printed; returns whether anything was written."""
    wanted = list(_lines(issue).items())
    fields = ("label", "kind", "values")
    rows = [(label, str(kind), values) for (label, kind), values in wanted]
    if list(row.masthead.order_by("position").values_list(*fields)) == rows:
        return False
    row.masthead.all().delete()
    MastheadLine.objects.bulk_create(
        MastheadLine(issue=row, position=n, **dict(zip(fields, line, strict=True)))
        for n, line in enumerate(rows, start=1)
    )
    return True


def _lines(issue: IssueManuscript) -> dict[tuple[str, MastheadLine.Kind], list[str]]:
    """Label and kind → values; a label printed twice is one line with all its names."""
    lines: dict[tuple[str, MastheadLine.Kind], list[str]] = {}
    labels: dict[str, tuple[str, MastheadLine.Kind]] = {}
    facts = dict(issue.facts)
    if issue.frequency:
        facts.setdefault("frequency", issue.frequency)
    licence = facts.pop("licence_label", LABELS["licence"])
    printed = [(m.role, MastheadLine.Kind.PEOPLE, list(m.names)) for m in issue.masthead]
    for key, value in facts.items():
        label = licence if key == "licence" else LABELS.get(key, key)
        printed.append((label, MastheadLine.Kind.FACT, [value]))
    for label, kind, values in printed:
        label = label.strip()[:LABEL_LONGEST]
        if label:
            line = labels.setdefault(label, (label, kind))
            have = lines.setdefault(line, [])
            have += [v for v in values if v not in have]
    return lines
