"""What the fenced editor may do, as data: its schema, its buttons, and the words its own plugins say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

__all__ = ["CONFIG", "OWN_PLUGINS", "words"]

#: Plugins of the core build that stay out: doors to code, frames, fonts, foreign services, base64 pictures.
REMOVED = (
    "sourcearea,image,iframe,flash,forms,smiley,font,colorbutton,colordialog,stylescombo,exportpdf,scayt,wsc,"
    "preview,print,save,newpage,templates,language,bidi,div,pagebreak,copyformatting,about,elementspath,"
    "filebrowser,uploadimage,uploadwidget,pastefromgdocs,wysiwygarea"
)
#: The house's own, each one script of its own: pictures, notes, paragraphs, and what comes in by pasting.
OWN_PLUGINS = {
    "divarea": "vendor/ckeditor4-divarea/plugin.js",
    "kanwuparagraphs": "js/editor-paragraphs.js",
    "kanwufigure": "js/editor-figure.js",
    "kanwufootnote": "js/editor-footnote.js",
    "kanwupaste": "js/editor-paste.js",
}
#: ``articles.richtext`` as the editor says it. ``data-…`` on ``img`` lives only while a text is edited.
SCHEMA = (
    "p{text-align,text-indent}(no-indent,sign); h2 h3 h4{text-align}; blockquote ul li hr; ol[start]; "
    "figure(wide,half); figcaption; img[!src,alt,width,height,data-widget,data-cke-upload-id]; table(wide); "
    "caption colgroup thead tbody tfoot tr; col[span]; th[colspan,rowspan,scope]{text-align}; "
    "td[colspan,rowspan]{text-align}; a[!href]; strong em b i u s sub br ruby rt rp; sup(footnote)"
)
CONFIG: dict[str, Any] = {
    "versionCheck": False,
    "entities": False,
    "stylesSet": [],
    "basicEntities": True,
    "forcePasteAsPlainText": "allow-word",
    "clipboard_handleImages": False,
    "disableNativeSpellChecker": False,
    "allowedContent": SCHEMA,
    "removePlugins": REMOVED,
    "extraPlugins": ",".join(OWN_PLUGINS),
    "format_tags": "p;h2;h3;h4",
    "coreStyles_italic": {"element": "em", "overrides": "i"},
    "toolbar": [
        ["Undo", "Redo"],
        ["Format", "NoIndent", "Sign"],
        ["Bold", "Italic", "Superscript", "Subscript", "RemoveFormat"],
        ["BulletedList", "NumberedList", "Blockquote"],
        ["Link", "Unlink", "Table", "HorizontalRule", "SpecialChar"],
        ["Figure", "Footnote"],
        ["Find", "Replace", "Maximize"],
    ],
    "removeDialogTabs": "link:advanced;link:target;table:advanced",
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "magicline_color": "#a6281e",
    "width": "100%",
    "height": 560,
    "resize_dir": "vertical",
}


def words() -> dict[str, str]:
    """What the house's plugins say, in the language of the request."""
    return {
        "paragraph": pgettext("in the editor", "Text"),
        "heading1": pgettext("in the editor", "Heading, first rank"),
        "heading2": pgettext("in the editor", "Heading, second rank"),
        "heading3": pgettext("in the editor", "Heading, third rank"),
        "emphasis": _("Emphasis dots"),
        "noIndent": pgettext("in the editor", "No indent"),
        "sign": pgettext("in the editor", "Signature"),
        "figure": pgettext("in the editor", "Picture"),
        "figureTitle": _("Picture with its caption"),
        "figureFile": _("Choose a picture (JPEG, PNG, WebP, GIF; at most 40 MB)"),
        "figurePick": _("Or one already sent"),
        "figureNone": _("none"),
        "caption": _("Caption"),
        "captionHere": _("Write the caption here"),
        "photographer": _("Photographer or supplier"),
        "credit": _("Kind of credit"),
        "alternative": _("Alternative text"),
        "alternativeHint": _("What the picture shows, for those who cannot see it."),
        "width": _("Width"),
        "widthPlain": pgettext("width of a picture", "as wide as the text"),
        "widthWide": pgettext("width of a picture", "wide"),
        "widthHalf": pgettext("width of a picture", "half"),
        "figureMissing": _("Choose a picture, or write a caption for one that will come."),
        "figureAwaits": _("A picture is still to come here"),
        "nobodyCredited": _("Say who took or supplied the picture, or choose no credit."),
        "uploading": _("Sending the picture"),
        "uploaded": _("The picture stands in the text. Double-click it for its caption."),
        "uploadLost": _("The picture did not arrive: there is no connection. Nothing was stored; try again."),
        "uploadFailed": _("The picture was not taken. Reload the page, sign in if asked, then try again."),
        "uploadSignedOut": _("You are no longer signed in. Sign in in another tab, then send it again."),
        "uploadNotHere": _("Save the manuscript first; then pictures can be added to it."),
        "noPicture": _("Only pictures (JPEG, PNG, WebP, GIF) can be put into the text."),
        "wordPicture": _(
            "Word keeps its pictures to itself, so they did not come along. Save them as files and drop "
            "them into the text."
        ),
        "foreignPicture": _(
            "Pictures of other sites are not fetched. Save them as files, if they may be printed, and drop "
            "them into the text."
        ),
        "footnote": pgettext("in the editor", "Footnote"),
        "footnoteText": _("Text of the note"),
        "footnoteHint": _("It stands at its place in the text; each page numbers its notes by itself."),
        "footnoteEmpty": _("Write the note."),
    }
