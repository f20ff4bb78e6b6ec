"""What an open page sends while somebody types: read in one way at every door."""

from __future__ import annotations

import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import working_drafts
from articles.refusals import Refused
from articles.working_drafts import Typing

__all__ = ["typing_in"]


def typing_in(request: HttpRequest) -> Typing:
    """The JSON of the page's script; ``Refused`` (422) for anything else, 403 for another person's words."""
    wrong = Refused(_("This is no working draft. Reload the page and try again."), code="not-a-draft")
    try:
        sent = json.loads(request.body)
        numbers = [sent[name] for name in ("number", "version", "person")]
        words = [sent["page"], sent.get("over", "")]
        maps = [sent["fields"], sent.get("base", {})]
    except RequestDataTooBig as error:
        raise working_drafts.too_long() from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error
    if not all(type(n) is int and 0 <= n < 2**31 for n in numbers):
        raise wrong
    if not all(isinstance(w, str) for w in words) or not all(isinstance(m, dict) for m in maps):
        raise wrong
    if sent["person"] != request.user.pk:
        raise Refused(
            _("Somebody else is logged in here now. What was typed stays on this computer."),
            code="other-person",
            kind="forbidden",
        )
    return Typing(words[0], numbers[0], numbers[1], maps[1], maps[0], over=words[1])
