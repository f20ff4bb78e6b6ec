"""What tags and their class names say of the words inside them."""

from __future__ import annotations

import re

__all__ = ["BLOCKS", "CLOSES_ITSELF", "DROPPED", "FURNITURE_NAMES", "FURNITURE_TAGS", "VOID"]

DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "button",
        "textarea",
        "object",
        "canvas",
        "audio",
        "video",
        "map",
        "form",
        "datalist",
    ]
)
BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "article",
        "section",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "address",
        "center",
        "fieldset",
        "hr",
        "br",
        "title",
        "form",
        "caption",
    ]
)
VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "param",
    ]
)
CLOSES_ITSELF = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])
FURNITURE_TAGS = frozenset(["nav", "footer", "aside"])
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:top|main|page|site|sub|bottom|left|right|m|c)?[_-]?(?:nav\w*|menu\w*|foot(?:er)?\d*|breadcrumbs?|crumbs?|share\w*|bdshare\w*"
    r"|related\w*|recommend\w*|comments?|copyright|sidebar|hot\w*|ranking|pagination|pager|pages|toolbar|login|search\w*"
    r"|banner|ads?|advert\w*|qr\w*|ewm|weixin|friendlinks?|links|weizhi|dqwz|curpos|topbar|toplink|gotop|backtop|sitemap)(?:$|[\s_-])",
    re.I,
)
