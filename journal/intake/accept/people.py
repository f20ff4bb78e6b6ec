"""Printed names to authors, bylines and group members; a role without a column stays a closing note."""

from __future__ import annotations

import re
from typing import Any

from articles.bylines import LONGEST_NAME, LONGEST_POST, LONGEST_UNIT, BylineLine, set_bylines
from articles.models import Article, Author, GroupMember
from articles.models.byline import BylineRole
from journal.intake import manuscript as m

__all__ = ["left_over_credits", "lines_of", "write_bylines"]

_MEMBER = re.compile(r"(?:课题组|调研组|编写组|写作组|项目组)?\s*(组长|副组长|成员|执笔)人?")
_STAFF = re.compile(r"本刊.*记者|本刊编辑")
_KNOWN: tuple[tuple[re.Pattern[str], BylineRole], ...] = (
    (re.compile(r"通讯员"), BylineRole.CORRESPONDENT),
    (_STAFF, BylineRole.STAFF),
    (re.compile(r"记者"), BylineRole.REPORTER),
    (re.compile(r"供图|图片提供"), BylineRole.SUPPLIED),
    (re.compile(r"摄"), BylineRole.PHOTOGRAPH),
    (re.compile(r"整理"), BylineRole.COMPILED),
    (re.compile(r"口述"), BylineRole.ORAL),
    (re.compile(r"译"), BylineRole.TRANSLATED),
    (re.compile(r"点评|评论$"), BylineRole.COMMENTARY),
    (re.compile(r"插图|绘|^图$"), BylineRole.DRAWING),
    (re.compile(r"^(?:文|撰文|文字)"), BylineRole.TEXT),
)


def role_of(printed: str) -> BylineRole | None:
    """The trade's role a printed one stands for; ``None`` when there is none."""
    if printed in BylineRole.values:
        return BylineRole(printed)
    return next((role for pattern, role in _KNOWN if pattern.search(printed)), None)


def lines_of(manuscript: m.Manuscript) -> list[BylineLine]:
    """Everybody to be named: authors first, then credits with a role of the trade; nobody twice in a role."""
    lines: list[BylineLine] = []
    for author in manuscript.authors:
        role = role_of(author.role)
        # A role the trade has no column for (特约评论员) is printed beside the name, where a post stands.
        post = author.post or ("" if role else author.role)
        lines.append(_line(author.name, author.kind, role or BylineRole.AUTHOR, author.affiliation, post))
    for credit in manuscript.credits:
        role = role_of(credit.role)
        if role and not _MEMBER.fullmatch(credit.role):
            kinds = {a.name: a for a in manuscript.authors}
            for name in credit.names:
                known = kinds.get(name)
                unit = known.affiliation if known else None
                lines.append(_line(name, known.kind if known else m.AuthorKind.PERSON, role, unit, ""))
    seen: set[tuple[str, str, str]] = set()
    return [x for x in lines if x.name and not ((k := (x.name, x.unit, x.role)) in seen or seen.add(k))]  # type: ignore[func-returns-value]


def _line(name: str, kind: m.AuthorKind, role: BylineRole, unit: str | None, post: str | None) -> BylineLine:
    return BylineLine(
        name.strip()[:LONGEST_NAME], str(kind), role, (unit or "")[:LONGEST_UNIT], (post or "")[:LONGEST_POST]
    )


def members_of(manuscript: m.Manuscript) -> list[tuple[str, str]]:
    """``(name, role)`` of a group's printed members, in order."""
    found = []
    for credit in manuscript.credits:
        if role := _MEMBER.fullmatch(credit.role):
            found += [(name, role[1]) for name in credit.names]
    return found


def left_over_credits(manuscript: m.Manuscript) -> list[str]:
    """Credits that are neither bylines nor members of the article's group, as printed lines."""
    has_group = any(a.kind is m.AuthorKind.GROUP for a in manuscript.authors)
    left = []
    for credit in manuscript.credits:
        member = bool(_MEMBER.fullmatch(credit.role))
        if (member and not has_group) or (not member and role_of(credit.role) is None):
            left.append(f"{credit.role}：{'、'.join(credit.names)}")
    return left


def write_bylines(article: Article, manuscript: m.Manuscript, by: Any = None) -> bool:
    """Make the article's bylines what the manuscript says; returns whether anything was written.

    With ``by`` a change is a line of the record: of a new article its first version tells enough.
    """
    lines = lines_of(manuscript)
    authors, written = set_bylines(article, lines, by)
    groups = [author for author in authors if author.kind == m.AuthorKind.GROUP]
    changed = write_members(groups[0], manuscript) if groups else False
    return changed or written


def write_members(group: Author, manuscript: m.Manuscript) -> bool:
    """Add the printed members a group does not have yet; members known from other issues stay."""
    known = {(x.author.name, x.role) for x in group.members.select_related("author")}
    new = [(n, r) for n, r in members_of(manuscript) if (n, r) not in known]
    position = group.members.count()
    for name, role in new:
        position += 1
        person = Author.objects.named(name[:LONGEST_NAME])
        GroupMember.objects.get_or_create(
            group=group, author=person, role=role, defaults={"position": position}
        )
    return bool(new)
