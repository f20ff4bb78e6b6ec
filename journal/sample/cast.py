"""The office of the fictional journal: its people, their accounts, one password made here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

__all__ = ["CAST", "Person", "hire", "password", "sender"]


@dataclass(frozen=True)
class Person:
    """``role`` names a group of accounts; ``login`` shows the account in the list of logins."""

    username: str
    name: str
    role: str
    post: str = ""
    unit: str = "岚江杂志社"
    login: bool = True
    label: str = ""


CAST = (
    Person("contributor", "陶一苇", "contributor", unit="岚江市图书馆", label="投稿人"),
    Person("contributor2", "莫怀远", "contributor", unit="石塔县教育局", login=False),
    Person("contributor3", "严笠", "contributor", unit="栖云县文化馆", login=False),
    Person("contributor4", "程小莲", "contributor", unit="石塔县医院", login=False),
    Person("registrar", "方蕙", "registrar", "编务"),
    Person("editor", "陆小满", "responsible-editor", "责任编辑"),
    Person("editor2", "邱岳", "responsible-editor", "责任编辑", login=False),
    Person("section", "何砚", "head-of-section", "编辑部主任"),
    Person("chief", "沈望川", "chief-editor", "主编"),
    Person("deputy", "宋知微", "chief-editor", "副主编", login=False),
    Person("proof", "夏禾", "proofreader", "校对"),
    Person("proof2", "秦简", "proofreader", "校对", login=False),
    Person("proof3", "葛明", "proofreader", "校对", login=False),
    Person("publisher", "林舟", "publisher", "发布员"),
    Person("reader", "尹读", "reader", unit="", label="读者"),
    Person("accounts", "祝守", "system-officer", "系统管理员"),
    Person("roles", "孟衡", "security-officer", "安全保密员"),
    Person("audit", "常录", "audit-officer", "安全审计员"),
)


def password() -> str:
    """The one password of the demo accounts, made once and kept in the data folder for its owner only."""
    path = Path(settings.KANWU_DATA) / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"kanwu-{secrets.token_hex(5)}\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def hire() -> dict[str, Any]:
    """Everybody of the cast by username; accounts already there are left as they are."""
    # One password, hashed once: the hash is slow on purpose, and nobody is kept apart by it here.
    people, secret = {}, make_password(password())
    for person in CAST:
        user, new = get_user_model().objects.get_or_create(
            username=person.username,
            defaults={
                "name": person.name,
                "unit": person.unit,
                "post": person.post,
                "email": f"{person.username}@lanjiang.example",
            },
        )
        if new:
            user.password = secret
            user.save()
            user.groups.add(Group.objects.get(name=person.role))
        people[person.username] = user
    return people


def sender(names: set[str], people: dict[str, Any]) -> Any:
    """Who sends in a manuscript by these authors: one who has an account, else the office for them."""
    for person in CAST:
        if person.role == "contributor" and person.name in names:
            return people[person.username]
    return people["registrar"]
