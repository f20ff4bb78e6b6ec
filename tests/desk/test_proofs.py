"""The proof screens: reading and marking, rounds, the error rate, the press order, forms."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import press, workflow
from articles.blockers import Blocker
from articles.models import Article, Author, Byline, Event, Issue, Journal, ProofMark
from articles.press import IssueStage
from articles.refusals import Refused
from journal.desk.proofs.forms import pages_in, pages_line
from journal.desk.proofs.press_order import place_of
from tests.factories import Cast, drive_issue, make_article, make_issue, make_journal, read_round

pytestmark = pytest.mark.django_db

Sit = Callable[..., Client]
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def at(name: str, key: int, query: str = "") -> str:
    return reverse(f"admin:articles_{name}", args=[key]) + query


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """Typeset, its first round open."""
    issue = make_issue(cast, IssueStage.TYPESET)
    press.perform("open_round", issue, cast.head)
    return issue


@pytest.fixture
def article(issue: Issue) -> Article:
    article = issue.articles.order_by("pk").first()
    assert article is not None
    return article


def words_of(article: Article, **given: Any) -> dict[str, Any]:
    """A mark as the form sends it."""
    usual = {"line": 3, "kind": "character", "wrong": "缆绳", "right": "缆索", "required": "on"}
    return {**usual, "seen": article.text_hash, **given}


def mark(issue: Issue, cast: Cast, **given: Any) -> ProofMark:
    event = press.perform("mark_error", issue, cast.proofreader, **{"kind": "character", **given})
    return ProofMark.objects.get(pk=event.data["mark"])


def counts() -> tuple[int, int]:
    return ProofMark.objects.count(), Event.objects.count()


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# Reading and marking.


def test_the_text_stands_line_by_line_with_its_numbers(at_desk: Sit, article: Article) -> None:
    page = at_desk("proofreader").get(at("article_proof", article.pk))
    assert page.status_code == 200
    lines = re.findall(r'<li id="line-(\d+)".*?<span class="words">(.*?)</span>', page.content.decode())
    assert [number for number, _words in lines] == ["1", "2", "3"]
    assert lines[0][1] == article.title_line
    assert lines[2][1].startswith("　　")


def test_an_error_is_marked_at_its_line_and_underlined_there(
    at_desk: Sit, cast: Cast, article: Article
) -> None:
    answer = at_desk("proofreader").post(at("article_proof_mark", article.pk), words_of(article))
    found = ProofMark.objects.get()
    assert answer["Location"].endswith(f"/proof/#mark-{found.pk}")
    assert (found.place, found.page, found.wrong, found.weight) == ("3", 1, "缆绳", 1)
    page = at_desk("editor").get(at("article_proof", article.pk)).content.decode()
    assert "<mark>缆绳</mark>" in page
    assert 'value="缆索"' in page


def test_what_was_typed_is_still_there_when_a_mark_is_refused(
    at_desk: Sit, cast: Cast, article: Article
) -> None:
    before = counts()
    answer = at_desk("proofreader").post(at("article_proof_mark", article.pk), words_of(article, kind=""))
    assert answer.status_code == 422
    assert 'value="缆索"' in answer.content.decode()
    assert counts() == before


def test_a_mark_on_a_text_that_was_corrected_meanwhile_is_refused(
    at_desk: Sit, cast: Cast, article: Article
) -> None:
    sent = words_of(article)
    workflow.perform("correct_proof", article, cast.editor, text={"title": "改过的题目"})
    before = counts()
    answer = at_desk("proofreader").post(at("article_proof_mark", article.pk), sent)
    assert answer.status_code == 409
    assert 'value="缆索"' in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize("who", ["editor", "head", "chief", "registrar", "publisher"])
def test_only_proofreaders_mark_and_sign(at_desk: Sit, cast: Cast, article: Article, who: str) -> None:
    before = counts()
    client = at_desk(who)
    assert client.post(at("article_proof_mark", article.pk), words_of(article)).status_code == 403
    assert client.post(at("article_proof_sign", article.pk), {}).status_code == 403
    assert client.post(at("issue_proofs_mark", article.issue_id), outside()).status_code == 403
    assert counts() == before
    assert "mark-form" not in client.get(at("article_proof", article.pk)).content.decode()


def outside(**given: Any) -> dict[str, Any]:
    return {"where": "cover", "kind": "character", "wrong": "六", "right": "七", "required": "on", **given}


# Mending.


def test_the_right_words_are_put_in_as_a_logged_correction(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    press.perform("sign_proof", issue, cast.proofreader, article=article)
    found = mark(issue, cast, article=article, wrong="缆绳", right="缆索", place="3")
    send = {"mark": found.pk, "do": "put_in", "right": "钢缆"}
    answer = at_desk("editor").post(at("article_proof_settle", article.pk), send)
    assert answer.status_code == 302
    article.refresh_from_db()
    found.refresh_from_db()
    correction = article.proof_corrections.get()
    assert "钢缆" in article.body
    assert (correction.mark, correction.wrong, correction.right) == (found, "缆绳", "钢缆")
    assert found.outcome == "corrected"
    page = text_of(at_desk("head").get(at("issue_proofs", issue.pk)))
    assert 'class="signed"' in page
    assert 'class="void"' not in page


def test_words_that_stand_in_the_text_no_more_are_not_put_in(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    found = mark(issue, cast, article=article, wrong="缆绳", right="缆索", place="3")
    workflow.perform("correct_proof", article, cast.editor, text={"body": "<p>另一段话。</p>"})
    before = counts()
    send = {"mark": found.pk, "do": "put_in", "right": "缆索"}
    answer = at_desk("editor").post(at("article_proof_settle", article.pk), send)
    assert answer.status_code == 409
    assert "“缆绳”" in answer.content.decode()
    assert counts() == before


def test_a_mark_may_stand_as_it_is_and_is_settled_once(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    found = mark(issue, cast, article=article, wrong="缆绳")
    send = {"mark": found.pk, "do": "stet"}
    assert at_desk("editor").post(at("article_proof_settle", article.pk), send).status_code == 302
    assert at_desk("editor").post(at("article_proof_settle", article.pk), send).status_code == 409
    found.refresh_from_db()
    assert found.outcome == "stet"


@pytest.mark.parametrize("do", ["put_in", "stet", "done", ""])
def test_marks_of_another_article_and_of_none_are_not_settled_here(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article, do: str
) -> None:
    other = make_issue(cast, IssueStage.TYPESET)
    press.perform("open_round", other, cast.head)
    foreign = mark(other, cast, article=other.articles.first(), wrong="缆绳", right="缆索")
    before = counts()
    for key in (foreign.pk, 999_999):
        answer = at_desk("editor").post(at("article_proof_settle", article.pk), {"mark": key, "do": do})
        assert answer.status_code in {409, 422}
    assert counts() == before


def test_a_proofreader_does_not_mend(at_desk: Sit, cast: Cast, issue: Issue, article: Article) -> None:
    found = mark(issue, cast, article=article, wrong="缆绳", right="缆索")
    for do in ("put_in", "stet", "done"):
        send = {"mark": found.pk, "do": do}
        assert at_desk("proofreader").post(at("article_proof_settle", article.pk), send).status_code == 403


def test_an_article_that_is_not_in_proof_says_so(at_desk: Sit, cast: Cast) -> None:
    alone = make_article(cast, "accepted")
    placed = make_issue(cast, IssueStage.TYPESET).articles.first()
    assert placed is not None
    for key in (alone.pk, placed.pk):
        assert at_desk("proofreader").get(at("article_proof", key)).status_code == 409


# Signing.


def test_a_signature_counts_marks_and_characters_when_nothing_else_is_said(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    mark(issue, cast, article=article, important=True)
    answer = at_desk("proofreader").post(at("article_proof_sign", article.pk), {"seen": article.text_hash})
    others = issue.articles.exclude(pk=article.pk).in_page_order()
    assert answer["Location"] == at("article_proof", others[0].pk)
    signature = article.proof_signatures.get()
    assert (signature.errors, signature.characters) == (2, article.character_count)


def test_the_page_tells_beforehand_who_may_not_sign(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    press.perform("sign_proof", issue, cast.proofreader, article=issue.articles.first())
    for article in issue.articles.all()[1:]:
        press.perform("sign_proof", issue, cast.proofreader, article=article)
    press.perform("close_round", issue, cast.head, pages_changed=0)
    press.perform("open_round", issue, cast.head)
    article = issue.articles.first()
    assert article is not None
    page = text_of(at_desk("proofreader", **ENGLISH).get(at("article_proof", article.pk)))
    assert "somebody else has to read it in the second" in page
    before = counts()
    assert at_desk("proofreader").post(at("article_proof_sign", article.pk), {}).status_code == 403
    assert counts() == before
    assert at_desk("second_proofreader").post(at("article_proof_sign", article.pk), {}).status_code == 302


def test_an_author_s_reading_is_refused_with_the_reason(at_desk: Sit, cast: Cast, article: Article) -> None:
    author = Author.objects.create(name="夏禾", code="xia-he", user=cast.proofreader)
    Byline.objects.create(article=article, author=author, position=2)
    answer = at_desk("proofreader", **ENGLISH).post(at("article_proof_sign", article.pk), {})
    assert answer.status_code == 403
    assert "does not count as a proof round" in answer.content.decode()


# The rounds of an issue.


def test_rounds_stand_against_articles_with_who_read_what(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    first, _second = issue.articles.order_by("pk")
    press.perform("sign_proof", issue, cast.proofreader, article=first)
    table = at_desk("head").get(at("issue_proofs", issue.pk)).context["table"]
    assert [[bool(c.signature) for c in row.cells] for row in table.rows] == [
        [True, False, False],
        [False] * 3,
    ]
    assert [row.cells[0].due for row in table.rows] == [False, True]
    assert (table.demanded, table.signed_now) == (3, 1)


def test_an_extra_round_is_shown_with_its_reason(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.TYPESET)
    read_round(issue, cast, 1, pages_changed=4)
    page = text_of(at_desk("head", **ENGLISH).get(at("issue_proofs", issue.pk)))
    assert "An extra round is demanded" in page
    assert "more than a third" in page


def test_a_round_is_closed_from_here_and_a_stale_page_does_nothing(
    at_desk: Sit, cast: Cast, issue: Issue
) -> None:
    for article in issue.articles.all():
        press.perform("sign_proof", issue, cast.proofreader, article=article)
    send = {"action": "close_round", "pages_changed": "1", "version": str(issue.version - 1)}
    address = at("issue_proofs_act", issue.pk)
    assert at_desk("head").post(address, send).status_code == 409
    answer = at_desk("head").post(address, {**send, "version": str(issue.version)})
    assert answer["Location"] == at("issue_proofs", issue.pk)
    assert issue.proof_rounds.get().pages_changed == 1


def test_late_steps_show_on_the_proofs_page(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    issue.delivery_date = timezone.localdate() + datetime.timedelta(days=12)
    issue.save()
    page = at_desk("proofreader").get(at("issue_proofs", issue.pk))
    assert [step.step for step in page.context["due"] if step.late] == ["proof_1"]
    assert "is-late" in page.content.decode()


def test_an_error_on_the_cover_is_marked_and_settled_here(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    answer = at_desk("proofreader").post(at("issue_proofs_mark", issue.pk), outside(place="右上角"))
    found = ProofMark.objects.get()
    assert answer["Location"].endswith(f"#mark-{found.pk}")
    assert (found.part, found.counts, found.place) == ("cover", 2, "右上角")
    send = {"mark": found.pk, "outcome": "corrected"}
    assert at_desk("proofreader").post(at("issue_proofs_settle", issue.pk), send).status_code == 403
    assert at_desk("editor").post(at("issue_proofs_settle", issue.pk), send).status_code == 302
    found.refresh_from_db()
    assert found.settled_by == cast.editor


def test_an_unknown_part_is_refused_and_nothing_is_lost(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    before = counts()
    answer = at_desk("proofreader").post(at("issue_proofs_mark", issue.pk), outside(where="envelope"))
    assert answer.status_code == 422
    assert 'value="七"' in answer.content.decode()
    assert counts() == before


# The error rate.


def test_the_sum_can_be_followed_line_by_line(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk).update(page_count=48)
    mark(issue, cast, part="cover", wrong="六", right="七")
    page = at_desk("chief").get(at("issue_error_rate", issue.pk))
    text = re.sub(r"<[^>]+>|\s+", " ", page.content.decode())
    found = page.context["sum"]
    assert (found.characters, found.budget, found.errors) == (80_000, 16, 2)
    for step in ("× 40 × 40", "× 50%", "= 3200", "80000", "16.0", "1.0 × 2 = 2.0", "0.25"):
        assert step in text, step


def test_pages_of_pictures_are_named_by_who_assembles_the_issue(
    at_desk: Sit, cast: Cast, issue: Issue
) -> None:
    send = {"picture-text": "2", "picture": "3-4", "blank": "", "cover_pages": "4", "version": issue.version}
    address = at("issue_error_rate_pages", issue.pk)
    assert at_desk("proofreader").post(address, send).status_code == 403
    assert at_desk("head").post(address, {**send, "blank": "2"}).status_code == 422
    assert at_desk("head").post(address, {**send, "picture": "9"}).status_code == 422
    assert at_desk("head").post(address, {**send, "version": "0"}).status_code == 409
    assert at_desk("head").post(address, send).status_code == 302
    issue.refresh_from_db()
    assert issue.page_kinds == {"2": "picture-text", "3": "picture", "4": "picture"}


def test_a_part_of_the_issue_may_have_been_checked(at_desk: Sit, cast: Cast, issue: Issue) -> None:
    address = at("issue_error_rate", issue.pk)
    assert at_desk("chief").get(address + "?pages=1-2&covers=1").context["sum"].characters == 4_000
    assert at_desk("chief").get(address + "?pages=1-2").context["sum"].characters == 3_200
    for wrong in ("?pages=9", "?pages=x"):
        answer = at_desk("chief").get(address + wrong)
        assert (answer.status_code, bool(answer.context["refusal"])) == (200, True)


def test_an_error_of_the_printed_copy_is_noted_and_may_turn_out_to_be_none(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.PUBLISHED)
    article = issue.articles.first()
    assert article is not None
    send = {"where": f"article-{article.pk}", "kind": "sense", "page": "1", "wrong": "一九", "right": "二〇"}
    assert at_desk("head").post(at("issue_error_rate_mark", issue.pk), send).status_code == 403
    assert at_desk("proofreader").post(at("issue_error_rate_mark", issue.pk), send).status_code == 302
    found = ProofMark.objects.get()
    assert (found.article, found.required) == (article, False)
    assert at_desk("chief").get(at("issue_error_rate", issue.pk)).context["sum"].errors == 1
    settle = {"mark": found.pk}
    assert at_desk("editor").post(at("issue_error_rate_settle", issue.pk), settle).status_code == 302
    assert at_desk("chief").get(at("issue_error_rate", issue.pk)).context["sum"].errors == 0


def test_the_office_weighs_errors_its_own_way_on_the_journal_s_page(at_desk: Sit, cast: Cast) -> None:
    journal = make_journal()
    address = at("journal_change", journal.pk)
    form = at_desk("chief").get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {"weight_sense": "2", "weight_format": "", "characters_per_line": "38"}
    answer = at_desk("chief").post(address, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    journal.refresh_from_db()
    assert (journal.error_weights, journal.characters_per_line) == ({"sense": "2"}, 38)


@pytest.mark.parametrize(
    ("words", "pages"), [("3, 12-14", [3, 12, 13, 14]), ("", []), ("5，5、4", [4, 5]), ("2–3", [2, 3])]
)
def test_lists_of_pages_are_read_as_people_write_them(words: str, pages: list[int]) -> None:
    assert pages_in(words) == pages
    assert pages_in(pages_line(pages)) == pages


@pytest.mark.parametrize("words", ["a", "3-", "5-3", "-1", "12345", "³"])
def test_what_is_no_list_of_pages_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        pages_in(words)


# The press order.


def test_everything_that_blocks_stands_there_with_the_way_to_its_place(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    inside = mark(issue, cast, article=article, wrong="缆绳", right="缆索")
    on_cover = mark(issue, cast, part="cover", wrong="六", right="七")
    article.toc_title = "另一个题目"
    article.save()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make_journal(publication_type="internal", licence_expires=yesterday)
    page = at_desk("chief").get(at("issue_press", issue.pk))
    places = {place for group in page.context["groups"] for _blocker, place in group.blockers}
    journal = Journal.objects.current()
    assert places >= {
        at("article_proof", article.pk, f"#mark-{inside.pk}"),
        at("issue_proofs", issue.pk, f"#mark-{on_cover.pk}"),
        at("issue_proofs", issue.pk, f"#article-{article.pk}"),
        at("issue_proofs", issue.pk, "#rounds"),
        f"#title-{article.pk}",
        at("journal_change", journal.pk, "#id_licence_expires"),
        "#signatures",
    }
    assert page.context["count"] == len(press.blockers(issue))
    shown = [b for group in page.context["groups"] for b, _place in group.blockers]
    assert len(shown) == page.context["count"]


def test_every_place_a_blocker_leads_to_is_there(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    """The field, mark or row named behind the address stands on the page the address opens."""
    mark(issue, cast, article=article, wrong="缆绳", right="缆索")
    mark(issue, cast, part="cover")
    article.toc_title, journal = "另一个题目", make_journal()
    article.save()
    licence = Blocker("licence-expired", "", None, "licence_expires")
    found = [place_of(b, issue, journal) for b in [*press.blockers(issue), licence]]
    for place in {p for p in found if not p.startswith("#")}:
        address, _hash, anchor = place.partition("#")
        page = at_desk("chief").get(address)
        assert page.status_code == 200, place
        assert not anchor or f'id="{anchor}"' in page.content.decode(), place


def test_the_title_on_the_contents_page_is_mended_where_it_blocks(
    at_desk: Sit, cast: Cast, issue: Issue, article: Article
) -> None:
    """A title corrected on the proof leaves another one on the contents page; the text is closed by then."""
    article.toc_title = article.title_line
    article.save()
    workflow.perform("correct_proof", article, cast.editor, text={"title": "渡口新记"})
    page = at_desk("head").get(at("issue_press", issue.pk)).content.decode()
    assert f'id="title-{article.pk}"' in page
    send = {"action": "name_in_contents", "article": article.pk, "version": page_version(page)}
    address = at("issue_press_act", issue.pk)
    assert at_desk("head").post(address, {**send, "toc_title": "别的题目"}).status_code == 409
    assert at_desk("proofreader").post(address, {**send, "toc_title": "渡口新记"}).status_code == 403
    assert at_desk("head").post(address, {**send, "toc_title": "渡口新记"}).status_code == 302
    assert "title-differs" not in {b.code for b in press.blockers(issue)}
    assert "contents-changed" in {b.code for b in press.blockers(issue)}


def page_version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_who_cannot_mend_the_licence_is_not_sent_to_it(at_desk: Sit, issue: Issue) -> None:
    blocker = Blocker("licence-expired", "", None, "licence_expires")
    assert place_of(blocker, issue, None) == ""


def test_the_press_order_is_signed_on_the_screen_that_lists_what_blocks_it(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    address = at("issue_press_act", issue.pk)

    def press_button(who: str, action: str) -> int:
        issue.refresh_from_db()
        return at_desk(who).post(address, {"action": action, "version": str(issue.version)}).status_code

    assert press_button("chief", "sign") == 409
    assert press_button("editor", "sign") == 403
    assert press_button("editor", "sign_reading") == 302
    assert press_button("chief", "sign") == 302
    issue.refresh_from_db()
    assert issue.stage == IssueStage.SIGNED
    page = at_desk("chief").get(at("issue_press", issue.pk))
    assert page.context["signed"]
    assert [s.step for s in page.context["signoffs"]] == ["contents", "reading", "press"]


# Paper.


def test_proofs_are_printed_with_numbers_and_pages(at_desk: Sit, issue: Issue, article: Article) -> None:
    whole = at_desk("proofreader").get(at("issue_proofs_print", issue.pk))
    one = at_desk("proofreader").get(at("issue_proofs_print", issue.pk, f"?article={article.pk}"))
    assert {leaf.article.pk for leaf in whole.context["leaves"]} == {a.pk for a in issue.articles.all()}
    assert {leaf.article.pk for leaf in one.context["leaves"]} == {article.pk}
    assert at_desk("proofreader").get(at("issue_proofs_print", issue.pk, "?article=0")).status_code == 404


def test_a_long_text_goes_on_on_the_next_sheet(at_desk: Sit, cast: Cast, article: Article) -> None:
    make_journal(lines_per_page=10)
    workflow.perform("correct_proof", article, cast.editor, text={"body": "<p>水位。</p>" * 33})
    assert article.issue_id is not None
    answer = at_desk("head").get(at("issue_proofs_print", article.issue_id, f"?article={article.pk}"))
    leaves = answer.context["leaves"]
    assert [len(leaf.lines) for leaf in leaves] == [10, 10, 10, 5]
    assert [leaf.page for leaf in leaves] == [1, 2, 2, 2]


@pytest.mark.parametrize("form", ["hand-over", "press-order", "sample-check", "errata"])
@pytest.mark.parametrize("stage", [IssueStage.PLANNING, IssueStage.PUBLISHED])
def test_every_form_prints_at_every_stage(at_desk: Sit, cast: Cast, form: str, stage: str) -> None:
    issue = make_issue(cast, stage)
    answer = at_desk("publisher").get(at("issue_form", issue.pk, f"?form={form}"))
    assert answer.status_code == 200
    assert answer.content.decode().count('class="sheet"') == 1


def test_a_form_or_a_round_that_is_not_there_is_not_made_up(at_desk: Sit, issue: Issue) -> None:
    for query in ("?form=other", "?form=hand-over&round=7"):
        assert at_desk("head").get(at("issue_form", issue.pk, query)).status_code == 404


def test_the_press_order_form_names_who_read_and_who_signed(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    page = at_desk("chief").get(at("issue_form", issue.pk, "?form=press-order")).content.decode()
    for person in (
        cast.proofreader,
        cast.second_proofreader,
        cast.third_proofreader,
        cast.chief,
        cast.editor,
    ):
        assert person.name in page


def test_the_list_of_errata_holds_what_was_printed_wrong(at_desk: Sit, cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.PUBLISHED)
    mark(issue, cast, part="masthead", wrong="编缉", right="编辑", required=False)
    page = at_desk("editor").get(at("issue_form", issue.pk, "?form=errata")).content.decode()
    assert "编缉" in page
    assert "编辑" in page


# All of it.


@pytest.mark.parametrize("name", ["issue_proofs", "issue_error_rate", "issue_press", "issue_proofs_print"])
@pytest.mark.parametrize("who", ["reader", "contributor", "audit_officer", "system_officer"])
def test_who_sees_no_manuscripts_sees_no_proofs(at_desk: Sit, issue: Issue, name: str, who: str) -> None:
    answer = at_desk(who).get(at(name, issue.pk))
    assert answer.status_code in {302, 403}


#: Each page with the eyes of who works there most.
PAGES = {
    "issue_proofs": "head",
    "issue_error_rate": "head",
    "issue_press": "chief",
    "issue_proofs_print": "proofreader",
    "issue_form": "chief",
    "article_proof": "second_proofreader",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_proof_page_asks_more_with_more_articles_rounds_and_marks(
    at_desk: Sit, cast: Cast, name: str
) -> None:
    def asked(issue: Issue) -> int:
        thing = issue.articles.order_by("pk").first() if name.startswith("article") else issue
        assert thing is not None
        client = at_desk(PAGES[name])
        client.get(at(name, thing.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, thing.pk)).status_code == 200
        return len(queries)

    few, many = make_issue(cast, IssueStage.PLANNING, page_count=4), make_issue(cast, page_count=12)
    filled(few, cast, 2)
    filled(many, cast, 6)
    assert asked(many) == asked(few)
    assert asked(many) <= 25


def filled(issue: Issue, cast: Cast, articles: int) -> None:
    """In its second round, with an open mark and a correction in every article."""
    make_journal()
    for number in range(articles):
        article = make_article(cast, "accepted")
        place = {"first_page": number * 2 + 1, "last_page": number * 2 + 2}
        workflow.perform("place", article, cast.head, issue=issue, **place)
        workflow.perform("release", article, cast.editor)
    drive_issue(issue, cast, IssueStage.TYPESET)
    read_round(issue, cast, 1)
    press.perform("open_round", issue, cast.head)
    for article in issue.articles.all():
        mark(issue, cast, article=article, wrong="缆绳", right="缆索")
        mark(issue, cast, part="cover")
        text = {"body": article.body.replace("船工", "艄公")}
        workflow.perform("correct_proof", article, cast.editor, text=text)
