"""Before the issue is begun: an office, the issue before, and a pool of fifteen accepted manuscripts.

Run inside the house (``Site.shell``): everything goes through the doors, the texts are made up here.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import press, workflow
from articles.models import Article, Author, Byline, Issue, MastheadLine, Section
from articles.workflow import Stage
from tests.e2e.office import PASSWORD
from tests.factories import Cast, drive, make_article, make_draft, make_issue, make_journal, make_user

__all__ = ["ERRORS", "NAMELESS", "OTHER_TITLE", "PEOPLE", "TITLES", "release", "seed"]

#: Login, name, roles. 陆小满 publishes, too; 林舟 is the one who presses the same button at the same moment.
PEOPLE = [
    ("heyan", "何砚", ["head-of-section"]),
    ("luxiaoman", "陆小满", ["responsible-editor", "publisher"]),
    ("xiahe", "夏禾", ["proofreader"]),
    ("qinjian", "秦简", ["proofreader"]),
    ("shenwangchuan", "沈望川", ["chief-editor"]),
    ("linzhou", "林舟", ["publisher"]),
]
SECTIONS = {"人物": "people", "纪事": "chronicle", "风物": "things", "读者": "readers"}
#: In the order in which they stand in the issue; the last takes two pages, the others three.
TITLES = (
    "修堤的人",
    "摆渡一家三代",
    "灯塔下的小学",
    "水文站的一天",
    "老船厂改作图书馆",
    "岸线退了多少米",
    "一座闸的四十年",
    "鱼市搬家",
    "桥头的修车铺",
    "苇席怎样编成",
    "渡口的方言",
    "桂花糕与雨季",
    "读者的二十封信",
    "旧照片里的码头",
    "一张船票",
)
#: Title → what stands wrong in the text and what it should be: each stands in its text once.
ERRORS = {
    TITLES[0]: ("往反于两岸之间", "往返于两岸之间"),
    TITLES[1]: ("船票每张贰角一分钱整", "船票每张二角一分钱"),
    TITLES[2]: ("校长姓朱名树人", "校长姓朱名树仁"),
}
#: Whose author the office still looks for, and whose contents line says something else than its page.
NAMELESS, OTHER_TITLE = TITLES[6], TITLES[4]
PIECES = (
    ("清早", "入夜以后", "涨水那几天", "每逢集市", "开春", "霜降前后", "停航的日子", "换班的时候"),
    ("他们", "两岸的人", "站里的老师傅", "跑船的人家", "镇上的孩子", "修闸的工人", "外来的客人", "守夜的人"),
    ("沿着石阶走到水边", "把缆绳一圈圈收好", "在本子上记下水位", "听广播里的天气", "把灯擦得很亮"),
    ("并不多说什么", "说起从前的事来没有个完", "等下一班船靠岸", "算一算这个月的账", "看江面上的雾慢慢散开"),
)


def seed() -> dict[str, int]:
    """Everybody and everything; the key of the issue before."""
    journal = make_journal(name="岚江", publication_type="internal", licence_number="岚内准字第7号")
    journal.licence_expires = timezone.localdate() - datetime.timedelta(days=2)
    journal.save()
    for name, code in SECTIONS.items():
        Section.objects.create(name=name, code=code)
    cast = office()
    before = issue_before(cast)
    for number, title in enumerate(TITLES):
        accepted(cast, number, title)
    return {"before": before.pk}


def office() -> Cast:
    cast = Cast()
    for username, name, roles in PEOPLE:
        user = make_user(*roles[:1], name=name, username=username, unit="岚江杂志社")
        user.groups.add(*Group.objects.filter(name__in=roles[1:]))
    get_user_model().objects.update(password=make_password(PASSWORD))
    people = {user.username: user for user in get_user_model().objects.all()}
    cast.head, cast.editor, cast.chief = people["heyan"], people["luxiaoman"], people["shenwangchuan"]
    cast.publisher = people["luxiaoman"]
    return cast


def issue_before(cast: Cast) -> Issue:
    """Printed and out: two of its pages carry no article, its masthead has three lines."""
    named = {"24": "公益广告", "48": "征订启事"}
    issue = make_issue(cast, year=2026, number="11", fixed_pages=named, slogans=["写江，也写江边的人"])
    Issue.objects.filter(pk=issue.pk).update(page_count=48)
    for position, (label, value) in enumerate((("主编", "沈望川"), ("编辑", "何砚"), ("校对", "夏禾"))):
        MastheadLine.objects.create(issue=issue, position=position + 1, label=label, values=[value])
    for page, title in enumerate(("去年的冬汛", "江边的电影院"), start=3):
        draft = make_draft(cast, submitter=None, title=title, body=text(90 + page, 900))
        workflow.record_as_printed(draft, issue, actor_name="seed", first_page=page, last_page=page)
    press.record_as_printed(issue, actor_name="seed")
    press.perform("publish", issue, None, actor_name="seed")
    return issue


def accepted(cast: Cast, number: int, title: str) -> Article:
    section = Section.objects.get(name=list(SECTIONS)[number * len(SECTIONS) // len(TITLES)])
    body = text(number, 2400 if title == TITLES[-1] else 3600, *ERRORS.get(title, ("",))[:1])
    article = make_article(cast, Stage.DRAFT, title=title, body=body, section=section)
    if title == OTHER_TITLE:
        Article.objects.filter(pk=article.pk).update(toc_title="老船厂的新主人")
        article.refresh_from_db()
    if title == NAMELESS:
        Byline.objects.filter(article=article).delete()
    else:
        author = Author.objects.create(
            name=f"江{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰'[number]}", code=f"author-{number}"
        )
        Byline.objects.filter(article=article).update(author=author, printed_name=author.name)
    return drive(article, cast, Stage.ACCEPTED)


def text(number: int, characters: int, odd: str = "") -> str:
    """Paragraphs of some length; ``odd`` stands in the second one."""
    dice = random.Random(number)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < characters:
        sentences = "".join(sentence(dice) for _n in range(6))
        if len(paragraphs) == 1 and odd:
            sentences = f"据《岚江志》所记，{odd}。{sentences}"
        paragraphs.append(sentences)
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def sentence(dice: random.Random) -> str:
    when, who, does, then = (dice.choice(words) for words in PIECES)
    return f"{when}，{who}{does}，{dice.randint(2, 98)}年来{then}。"


def release(*titles: str) -> None:
    """What the screens have shown for others: text closed and released by the editor in charge."""
    editor: Any = get_user_model().objects.get(username="luxiaoman")
    for article in Article.objects.filter(title__in=titles):
        workflow.perform("release", article, editor)
