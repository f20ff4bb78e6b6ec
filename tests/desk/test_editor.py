"""The fenced editor from the server's side: what it may do, what reaches the browser, what saving changes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.models import Article, Figure
from articles.richtext import ATTRIBUTES, CLASSES, TAGS, clean_html
from articles.stages import Stage
from journal.editor.config import OWN_PLUGINS, SCHEMA, words
from journal.editor.fence import FencedFinder
from journal.editor.field import CONFIG, BodyField
from tests.desk.test_articles import form_of
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db
NAME = f"figures/{'a' * 32}.jpg"


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


@pytest.fixture
def shown(article: Article) -> Figure:
    """A picture in the text, its credit in the row alone, as older texts have it."""
    row = Figure(
        article=article, position=1, caption="江面", photographer="郁青", credit="摄", alternative="晨雾"
    )
    row.image.name, row.width, row.height = NAME, 120, 80
    Figure.objects.bulk_create([row])
    article.body = (
        f'<p>甲</p>\n<figure><img src="/media/{NAME}"><figcaption>江面</figcaption></figure>\n<p>乙</p>'
    )
    article.save()
    return row


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def config_of(page: str) -> dict[str, Any]:
    found = re.search(r'data-config="([^"]*)"', page)
    assert found is not None
    return dict(json.loads(html.unescape(found[1])))


def test_the_editors_schema_is_the_cleaners() -> None:
    said: dict[str, tuple[set[str], set[str]]] = {}
    for rule in SCHEMA.split(";"):
        found = re.fullmatch(r"\s*([a-z0-9 ]+)(?:\[([^]]*)\])?(?:\{[^}]*\})?(?:\(([^)]*)\))?\s*", rule)
        assert found is not None, rule
        for tag in found[1].split():
            attributes = {name.lstrip("!") for name in (found[2] or "").split(",") if name}
            said[tag] = (attributes, {name for name in (found[3] or "").split(",") if name})
    assert set(said) == TAGS
    for tag, (attributes, classes) in said.items():
        assert classes == CLASSES.get(tag, set()), tag
        editing = {"data-widget", "data-cke-upload-id"} if tag == "img" else set()
        assert attributes - editing == ATTRIBUTES.get(tag, set()) - {"class", "style"}, tag


def test_it_is_told_where_pictures_go_and_which_there_are(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    config = config_of(at_desk("editor").get(address(article)).content.decode())
    told = config["kanwu"]
    assert told["upload"] == reverse("admin:articles_article_upload", args=[article.pk])
    assert [one["line"] for one in told["figures"]] == ["江面　郁青 摄"]
    assert config["language"] == "zh-cn"
    assert not [key for key in config if key.startswith(("filebrowser", "imageUpload", "uploadUrl"))]


def test_a_text_not_stored_yet_has_nowhere_to_send_pictures(at_desk: Callable[..., Client]) -> None:
    page = at_desk("editor").get(reverse("admin:articles_article_add")).content.decode()
    assert "upload" not in config_of(page)["kanwu"]


def test_two_requests_do_not_share_what_they_are_told(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    client = at_desk("editor")
    client.get(address(article))
    client.get(reverse("admin:articles_article_add"))
    assert "kanwu" not in CONFIG


def test_the_editor_shows_captions_spelled_out(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    body = at_desk("editor").get(address(article)).context["adminform"].form["body"].value()
    assert "<figcaption>江面　郁青 摄</figcaption>" in body
    assert 'alt="晨雾"' in body


def test_opening_and_saving_changes_neither_text_nor_row(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    client = at_desk("editor")
    data, before = form_of(client, article), article.text_hash
    # As CKEditor writes it: other line breaks, other order of attributes, measures.
    data["body"] = (
        f'<p>甲</p>\r\n\r\n<figure><img alt="晨雾" height="80" src="/media/{NAME}" width="120">'
        "<figcaption>江面　郁青 摄</figcaption></figure>\r\n\r\n<p>乙</p>\r\n"
    )
    assert client.post(address(article), data).status_code == 302
    article.refresh_from_db()
    shown = Figure.objects.get(pk=shown.pk)
    assert article.text_hash == before
    assert shown.credit_line == "郁青 摄"


def test_a_credit_taken_out_of_the_text_is_gone(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    client = at_desk("editor")
    data = form_of(client, article)
    data["body"] = data["body"].replace("　郁青 摄", "")
    assert client.post(address(article), data).status_code == 302
    shown = Figure.objects.get(pk=shown.pk)
    assert (shown.caption, shown.credit_line) == ("江面", "")


def test_one_changed_character_is_a_change() -> None:
    field = BodyField(required=False)
    field.stored = field.shown = "<p>甲 乙</p>\n<p>丙</p>"
    assert field.clean("<p>甲 乙</p><p>丙</p>") == field.stored
    for other in ("<p>甲乙</p>\n<p>丙</p>", "<p>甲 乙</p><h2>丙</h2>", '<p class="sign">甲 乙</p><p>丙</p>'):
        assert field.clean(other) == clean_html(other) != field.stored


def test_a_caption_no_row_can_hold_is_an_error_of_the_text(
    at_desk: Callable[..., Client], article: Article, shown: Figure
) -> None:
    client = at_desk("editor")
    data = form_of(client, article)
    data["body"] = data["body"].replace("江面", "长" * 501)
    response = client.post(address(article), data)
    assert response.context["adminform"].form.errors["body"]


def test_every_word_of_the_houses_plugins_is_given_and_used() -> None:
    scripts = [path for path in OWN_PLUGINS.values() if path.startswith("js/")]
    source = "".join(Path(str(find(path))).read_text(encoding="utf-8") for path in scripts)
    used = set(re.findall(r"\bwords\.(\w+)", source)) | {"wordPicture", "foreignPicture"}
    assert used == set(words())


def test_what_is_collected_of_the_package_is_what_is_asked_for(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", "--noinput", verbosity=0)
    kept = {str(p.relative_to(tmp_path / "static")) for p in (tmp_path / "static").rglob("*") if p.is_file()}
    package = {path for path in kept if path.startswith("ckeditor/ckeditor/")}
    assert "ckeditor/ckeditor/plugins/find/dialogs/find.js" in package
    assert "ckeditor/ckeditor/plugins/table/dialogs/table.js" in package
    assert not [p for p in package if p.endswith((".html", ".md")) and not p.endswith("LICENSE.md")]
    plugins = {
        p.split("/")[3] for p in package if p.startswith("ckeditor/ckeditor/plugins/") and p.count("/") > 3
    }
    assert not plugins & {
        "exportpdf",
        "image",
        "image2",
        "iframe",
        "flash",
        "sourcedialog",
        "uploadimage",
        "preview",
    }
    # The wheel's copies of these are of 2015; their new ones are part of the core build.
    assert "ckeditor/ckeditor/plugins/widget/plugin.js" not in package
    assert all(path in kept for path in OWN_PLUGINS.values())
    assert "vendor/ckeditor4-divarea/LICENSE.md" in kept


def test_no_finder_gives_what_is_not_collected() -> None:
    for path in (
        "plugins/exportpdf/tests/_helpers/tools.js",
        "plugins/image2/plugin.js",
        "plugins/widget/plugin.js",
    ):
        assert not FencedFinder().find(f"ckeditor/ckeditor/{path}")
        assert not find(f"ckeditor/ckeditor/{path}")
