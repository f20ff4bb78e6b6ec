"""Who may do what: the editorial roles of the office, one readable table.

A new role is a new entry, a changed right one changed line; ``manage.py migrate`` carries the table into
Django's groups (a group's name is the role's code). Nobody is given rights one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.refusals import Refused

__all__ = ["ROLES", "Role", "label_of", "mixed", "sync_roles", "works_at_desk"]


@dataclass(frozen=True, slots=True)
class Role:
    """``code`` names the group, ``label`` is what people read, ``rights`` is the whole of what it may do.

    ``staff`` says whether people of this role work at the desk. An ``officer`` keeps accounts, roles or the
    record and holds no other role besides, except a reader's.
    """

    code: str
    label: Any
    rights: tuple[str, ...]
    staff: bool = True
    officer: bool = False


SEE_MANUSCRIPTS = (
    "articles.view_article",
    "articles.view_author",
    "articles.view_byline",
    "articles.view_figure",
    "articles.view_issue",
    "articles.view_section",
    "articles.view_revision",
    "articles.view_signoff",
    "articles.view_comment",
)
PHRASES = ("articles.view_phrase", "articles.add_phrase", "articles.change_phrase")
REMARK = ("articles.add_comment", "articles.change_comment")
EDIT_TEXT = (
    "articles.add_article",  # editors write, too; they review nothing of their own
    "articles.change_article",
    *(f"articles.{verb}_{noun}" for noun in ("byline", "figure") for verb in ("add", "change", "delete")),
    "articles.add_author",
    "articles.change_author",
)
#: Readers' comments: who answers for what stands under the articles.
COMMENTS = ("articles.moderate_comments",)
CALLS = tuple(f"articles.{verb}_call" for verb in ("view", "add", "change", "delete"))
WRITE_LETTERS = ("notices.view_notice", "notices.add_notice")
KEEP_WORDING = (
    *WRITE_LETTERS,
    "notices.change_notice",  # try again what was not sent
    *(f"notices.{verb}_noticetemplate" for verb in ("view", "add", "change")),
)

ROLES: tuple[Role, ...] = (
    Role("reader", _("Reader"), (), staff=False),
    Role("contributor", _("Contributor"), ("articles.add_article",), staff=False),
    Role("unit-approver", _("Unit approver"), ("articles.sign_for_unit",), staff=False),
    Role(
        "registrar",
        _("Registrar"),
        (
            *SEE_MANUSCRIPTS,
            *KEEP_WORDING,
            *CALLS,
            "articles.add_article",
            "articles.change_article",
            "articles.register_article",
            "articles.import_article",
            "articles.add_author",
            "articles.change_author",
        ),
    ),
    Role(
        "responsible-editor",
        _("Responsible editor"),
        (
            *SEE_MANUSCRIPTS,
            *WRITE_LETTERS,
            *EDIT_TEXT,
            *REMARK,
            *COMMENTS,
            "articles.first_review",
            "articles.release_article",
            "articles.read_issue",
        ),
    ),
    Role(
        "head-of-section",
        _("Head of section"),
        (
            *SEE_MANUSCRIPTS,
            *KEEP_WORDING,
            *CALLS,
            *EDIT_TEXT,
            *REMARK,
            *PHRASES,
            *COMMENTS,
            "articles.second_review",
            "articles.place_article",
            "articles.assemble_issue",
            "articles.import_article",
            "articles.add_issue",
            "articles.change_issue",
            *(f"articles.{verb}_mastheadline" for verb in ("view", "add", "change", "delete")),
            "articles.add_section",
            "articles.change_section",
        ),
    ),
    Role(
        "chief-editor",
        _("Chief editor"),
        (
            *SEE_MANUSCRIPTS,
            *KEEP_WORDING,
            *CALLS,
            *EDIT_TEXT,
            *REMARK,
            *PHRASES,
            *COMMENTS,
            "articles.final_review",
            "articles.pull_article",
            "articles.correct_published",
            "articles.approve_contents",
            "articles.sign_for_press",
            "articles.open_issue",
            "articles.view_journal",
            "articles.change_journal",
            "articles.view_delegation",
            "articles.add_delegation",
            "articles.view_event",
        ),
    ),
    Role("proofreader", _("Proofreader"), (*SEE_MANUSCRIPTS, *REMARK, "articles.sign_proof")),
    Role(
        "publisher",
        _("Publisher"),
        (*SEE_MANUSCRIPTS, "articles.publish_issue", "articles.apply_correction"),
    ),
    # The three officers: accounts, roles, record – none of them sees a manuscript, none does another's work.
    Role(
        "system-officer",
        _("System officer"),
        ("people.view_user", "people.add_user", "people.change_user"),
        officer=True,
    ),
    Role(
        "security-officer",
        _("Security officer"),
        ("people.view_user", "people.assign_roles", "auth.view_group"),
        officer=True,
    ),
    Role("audit-officer", _("Audit officer"), ("articles.view_event", "people.view_user"), officer=True),
)


def label_of(code: str) -> str:
    """What people read instead of a group's name; other groups keep their own."""
    return next((str(role.label) for role in ROLES if role.code == code), code)


def sync_roles(**kwargs: Any) -> None:
    """Bring the groups in line with the table; running it again changes nothing.

    Listens to ``post_migrate``. Raises ``LookupError`` for a right that does not exist.
    """
    from django.contrib.auth.models import Group

    known = permissions({right for role in ROLES for right in role.rights})
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.code)
        group.permissions.set(known[right] for right in role.rights)


def mixed(codes: Iterable[str]) -> Refused | None:
    """What refuses these roles in one hand: an officer watches the work and takes no part in it."""
    held = [role for role in ROLES if role.code in set(codes) and role.code != "reader"]
    officer = next((role for role in held if role.officer), None)
    if officer is None or len(held) == 1:
        return None
    other = next(role for role in held if role is not officer)
    return Refused(
        gettext(
            "One person cannot be %(officer)s and %(other)s at once: the three officers are separate from "
            "each other and from the editorial office. Choose another person, or take the other role away "
            "first."
        )
        % {"officer": officer.label, "other": other.label},
        code="mixed-roles",
        field="groups",
    )


def works_at_desk(codes: Iterable[str]) -> bool:
    """Whether one of these roles opens the desk."""
    return any(role.staff and role.code in set(codes) for role in ROLES)


def permissions(rights: Iterable[str]) -> dict[str, Any]:
    """The permission behind each ``app.codename``, made first where migrate has not come to it yet."""
    from django.contrib.auth.models import Permission

    rights = set(rights)
    for label in sorted({right.partition(".")[0] for right in rights}):
        create_permissions(apps.get_app_config(label), verbosity=0)
    found = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    if missing := rights - found.keys():
        raise LookupError(f"no such permission: {', '.join(sorted(missing))}")
    return found
