"""A load that is killed leaves whole issues or none; the next run makes up what is missing."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.models import Article, Figure, Issue
from journal.sample import desk_day
from journal.sample.content import issues

pytestmark = pytest.mark.django_db


def test_what_breaks_off_is_made_up_by_the_next_run(
    plain_paper: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: desk_day.Life) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk_day.Life, "reply", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("load_sample", verbosity=0)
    assert set(Issue.objects.values_list("stage", flat=True)) == {"published"}
    assert Article.objects.filter(issue=None).count() == 0

    call_command("load_sample", verbosity=0)
    samples = [article for issue in issues() for article in issue.articles]
    written = [article for article in samples if article.meta.get("stage") != "file"]
    assert Issue.objects.count() == 4
    assert Article.objects.count() == len(written)
    assert Figure.objects.count() == sum(len(article.meta.get("figures", [])) for article in written)
