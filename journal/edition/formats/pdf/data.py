"""What the templates are given: the issue and its articles as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.drawn_cover import Cover, cover_for
from journal.edition.formats.blocks import Heading, PictureBlock, inlines_in, plain
from journal.edition.formats.pdf.block_data import Blocks, Pictures, clean
from journal.edition.formats.pdf.plan import Part, columns_of, set_large
from journal.edition.formats.text import ArticleText, Credit, IssueText, Person
from journal.edition.formats.wording import dated, facts_of, listed_title

__all__ = ["drawing", "issue_data"]

#: A title line of more does not stand on one line in a size that is still a title's.
TITLE_SIGNS = 24


def issue_data(
    issue: IssueText, parts: list[Part], pictures: Pictures, *, cover: bool = True, proof: bool = False
) -> dict[str, Any]:
    journal = issue.journal
    firsts = {group.articles[0].pk for group in issue.groups if group.articles}
    return {
        "title": issue.title,
        "publisher": journal.organiser or journal.name,
        "keywords": list(dict.fromkeys(word for a in issue.articles for word in a.keywords)),
        "journal": journal.name,
        "issue": issue.name,
        "label": issue.label,
        "small": journal.pinyin_name.upper(),
        "slogans": list(issue.slogans),
        "masthead": [{"label": line.label, "values": list(line.values)} for line in issue.masthead],
        "facts": [{"label": label, "values": [value]} for label, value in facts_of(issue)],
        "registration": "" if says_numbers(issue) else registration(issue),
        "labels": labels(),
        "proof": proof,
        "cover": cover_data(issue, pictures) if cover else None,
        "contents": contents_data(issue),
        "dense": dense(issue),
        "items": [part_data(part, pictures, firsts) for part in parts],
    }


def labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "masthead": _("masthead"),
        "abstract": _("Abstract"),
        "keywords": _("Keywords"),
        "proof": _("Proof, not for distribution"),
    }


def part_data(part: Part, pictures: Pictures, firsts: set[int]) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "words": part.words,
        "number": part.number,
        "bare": part.bare,
        "articles": [article_data(a, part.articles, pictures, a.pk in firsts) for a in part.articles],
    }


# The front.


def cover_data(issue: IssueText, pictures: Pictures) -> dict[str, Any]:
    said = {"journal": issue.journal.name, "issue": issue.name}
    overall = _("No. %(serial)s overall") % {"serial": issue.serial_number} if issue.serial_number else ""
    return {
        "picture": pictures.data(issue.cover, _("the cover"))["file"] if issue.cover else None,
        "words": _("Cover of %(journal)s, %(issue)s") % said,
        "ink": cover_for(issue.year, issue.number).ink,
        "name": issue.journal.name,
        "small": issue.journal.pinyin_name.upper(),
        "overall": overall,
        "year": str(issue.year),
        "number": issue.number,
    }


def drawing(cover: Cover) -> str:
    """The plate of a drawn cover as SVG: paths alone, every value our own."""
    blocks = "".join(f'<path d="{path}" fill-opacity="{share}"/>' for path, share in cover.blocks)
    lines = "".join(f'<path d="{path}" stroke-width="{width}"/>' for path, width in cover.lines)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="285mm" viewBox="0 0 210 285">'
        f'<path d="M0 0h210v285h-210z" fill="{cover.ground}"/><g fill="{cover.ink}">{blocks}'
        '<path d="M14 60h182v1.6h-182zM14 63h182v.5h-182z"/></g>'
        f'<g fill="none" stroke="{cover.ink}">{lines}</g></svg>'
    )


def contents_data(issue: IssueText) -> list[dict[str, Any]]:
    """The sections with their entries; pages are filled in where the articles land."""
    return [
        {"section": clean(group.section), "entries": [entry(article) for article in group.articles]}
        for group in issue.groups
    ]


#: From loose to tight, as the contents page is set: points over and under a section, a line with its
#: distance to the next.
DENSITIES = ((9, 20), (6, 17.5), (5, 16), (3.5, 14.5))
CONTENTS_ROOM, CONTENTS_SIGNS = 575, 34


def dense(issue: IssueText) -> int:
    """Which of the densities brings the contents onto one page; the loosest when none does."""
    lines = sum(entry_lines(article) for group in issue.groups for article in group.articles)
    for number, (around, line) in enumerate(DENSITIES):
        if lines * line + len(issue.groups) * 2 * around <= CONTENTS_ROOM:
            return number
    return 0


def entry_lines(article: ArticleText) -> int:
    title, names = len(listed_title(article)), len("".join(article.names)) + len(article.names)
    own = -(-title // CONTENTS_SIGNS)
    return own + (title % CONTENTS_SIGNS + names + 2 > CONTENTS_SIGNS and names > 0)


def entry(article: ArticleText) -> dict[str, Any]:
    return {
        "id": article.pk,
        "title": clean(listed_title(article)),
        "names": [clean(name) for name in article.names],
    }


def says_numbers(issue: IssueText) -> bool:
    """Whether the masthead has the journal's numbers already."""
    said = " ".join(value for line in issue.masthead for value in line.values)
    journal = issue.journal
    numbers = (journal.issn, journal.cn_number) if journal.serial else ()
    return any(numbers) and all(number in said for number in numbers)


def registration(issue: IssueText) -> str:
    """``ISSN … · CN …``, or the licence of an internal publication."""
    journal = issue.journal
    if journal.serial:
        numbers = (("ISSN", journal.issn), ("CN", journal.cn_number))
        return " · ".join(f"{label} {number}" for label, number in numbers if number)
    licence = f"{_('Licence')} {journal.licence_number}" if journal.licence_number else ""
    return " · ".join(filter(None, (licence, _("Internal material, exchanged free of charge"))))


# The article.


def article_data(
    article: ArticleText, run: tuple[ArticleText, ...], pictures: Pictures, first: bool
) -> dict[str, Any]:
    said = "".join(article.closing_notes)
    columns = columns_of(article, run)
    large = len(run) == 1 and set_large(article)
    loose = (PictureBlock((each,), each.caption, each.credit) for each in article.loose_figures)
    blocks = Blocks(pictures, article.place, article.photo_story)
    title = [half for line in article.title for half in halves(clean(line))]
    if article.part_mark:
        title[-1] += article.part_mark
    return {
        "id": article.pk,
        "section": clean(article.section),
        "first_of_section": first,
        "kicker": clean(article.kicker),
        "title": title,
        "subtitle": clean(article.subtitle),
        "bylines": [clean(line) for credit in article.credits for line in bylines(credit, said)],
        "abstract": [clean(words) for words in article.abstract],
        "keywords": clean("；".join(article.keywords)),
        "blocks": list(blocks.data((*article.blocks, *loose))),
        "status": f"（{article.series_status}）" if article.series_status else "",
        "tail": [clean(words) for words in tail(article)],
        "columns": columns,
        "large": large,
        "shares": len(run) > 1,
        "lines": -(-lines_in(article) // columns),
    }


def lines_in(article: ArticleText) -> int:
    """About how many lines of a narrow column it takes; the setting adds what is short."""
    lines = sum(-(-len(words) // 16) for words in tail(article))
    for block in article.blocks:
        words = len(plain(tuple(inlines_in((block,)))))
        lines += 2 if isinstance(block, Heading) else 12 * isinstance(block, PictureBlock)
        lines += -(-(words + 2) // 14) if words else 0
    return lines + 12 * len(article.loose_figures)


def halves(line: str) -> list[str]:
    """A title too long for one line parts at its blank nearest the middle."""
    blanks = [at for at, sign in enumerate(line) if sign in " \u3000"]
    if len(line) <= TITLE_SIGNS or not blanks:
        return [line]
    at = min(blanks, key=lambda blank: abs(blank - len(line) / 2))
    return [line[:at], line[at + 1 :]]


def bylines(credit: Credit, said: str) -> Iterator[str]:
    """``本刊记者 顾晓川 李伟``, ``何田（上渡区文化馆 馆员） 文``; under a group its members."""
    people = [named(person, said) for person in credit.people]
    yield " ".join(filter(None, [credit.before, *people, credit.after]))
    for person in credit.people:
        if person.members:
            yield "；".join(f"{role}：{' '.join(names)}" for role, names in person.members)


def named(person: Person, said: str) -> str:
    """The name; unit and post behind it, unless the name or the closing notes hold the unit."""
    if not person.unit or person.unit in person.name or person.unit in said:
        return person.name
    return f"{person.name}（{f'{person.unit} {person.post}'.strip()}）"


def tail(article: ArticleText) -> Iterator[str]:
    if article.source:
        yield _("Source: %(source)s") % {"source": article.source}
    yield from article.closing_notes
    for notice in article.notices:
        yield f"{_('Correction')} {dated(notice.day)} {notice.words}"
