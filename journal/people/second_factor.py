"""The second proof of who works at the desk: a six-figure code of the telephone, or a recovery code on paper.

The secret is made in the session and becomes a device with the first right code. Recovery codes are shown
once and kept as digests; they stand behind the same brake as the codes of the telephone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from binascii import unhexlify
from typing import Any

import django_otp
import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from journal.people.changes import tell
from journal.people.models import RecoveryCode, User

__all__ = [
    "confirm",
    "device_of",
    "key_of",
    "new_codes",
    "owes",
    "picture_of",
    "remember_debt",
    "reset",
    "seconds_to_wait",
    "shown",
    "verify",
]

KEY, DEBT = "second-factor-key", "second-factor-owed"
CODES, LENGTH = 10, 10
#: Without letters and figures that are mistaken for each other on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def device_of(user: Any) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def remember_debt(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whoever has a device owes its code from the moment of signing in; listens to ``user_logged_in``."""
    if user.is_staff or user.is_superuser:
        request.session[DEBT] = device_of(user) is not None


def owes(request: HttpRequest) -> bool:
    """Whether this person works at the desk and has yet to give the second proof in this session."""
    user: Any = request.user
    if not user.is_authenticated or not (user.is_staff or user.is_superuser) or user.is_verified():
        return False
    return bool(settings.REQUIRE_SECOND_FACTOR or request.session.get(DEBT))


def key_of(request: HttpRequest) -> str:
    """The secret being set up, in hexadecimal: the same until it is confirmed or the session ends."""
    return str(request.session.setdefault(KEY, random_hex(20)))


def shown(key: str) -> str:
    """The secret as it is typed into an application: letters in fours."""
    letters = b32encode(unhexlify(key)).decode("ascii")
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def picture_of(key: str, user: User) -> str:
    """The secret as a picture to be photographed: a ``data:`` address of an SVG, black on white."""
    address = TOTPDevice(user=user, key=key).config_url
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def confirm(request: HttpRequest, code: str) -> list[str] | None:
    """Make the device with its first code: the recovery codes, or ``None`` when the code is wrong."""
    user: Any = request.user
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if device_of(user) is not None:
            return None
        device = TOTPDevice(user=user, name="totp", key=key_of(request), confirmed=True)
        device.save()
        if not device.verify_token(code):
            transaction.set_rollback(True)
            return None
        codes = write_codes(user)
        tell("second_factor_made", user)
    request.session.pop(KEY, None)
    django_otp.login(request, device)
    return codes


def verify(request: HttpRequest, code: str) -> bool:
    """Whether a code of the telephone or a recovery code is right; then this session is proven."""
    user: Any = request.user
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None or not device.verify_is_allowed()[0]:
            return False
        if code.isdigit() and len(code) == device.digits:
            right = device.verify_token(code)
        elif right := use_code(user, code):
            device.throttle_reset(commit=True)
        else:
            device.throttle_increment(commit=True)
    if right:
        django_otp.login(request, device)
    return bool(right)


def seconds_to_wait(user: Any) -> int:
    """How long the brake after wrong codes still holds."""
    device = device_of(user)
    if device is None:
        return 0
    allowed, told = device.verify_is_allowed()
    if allowed or not told or "locked_until" not in told:
        return 0
    return max(1, round((told["locked_until"] - timezone.now()).total_seconds()))


def new_codes(user: User) -> list[str]:
    """Throw the old recovery codes away and make new ones; an event."""
    with transaction.atomic():
        codes = write_codes(user)
        tell("recovery_codes_made", user)
    return codes


def reset(user: User) -> bool:
    """Take the device and its codes away, so that a new one can be set up; whether there was one."""
    with transaction.atomic():
        gone, _each = TOTPDevice.objects.filter(user=user).delete()
        user.recovery_codes.all().delete()
        if gone:
            tell("second_factor_reset", user)
    return bool(gone)


def write_codes(user: User) -> list[str]:
    codes = ["".join(secrets.choice(ALPHABET) for _n in range(LENGTH)) for _code in range(CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=digest(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_code(user: User, code: str) -> bool:
    plain = "".join(c for c in code.upper() if c in ALPHABET)
    unused = user.recovery_codes.filter(digest=digest(plain), used_at=None)
    if not plain or not unused.update(used_at=timezone.now()):
        return False
    tell("recovery_code_used", user, left=user.recovery_codes.filter(used_at=None).count())
    return True


def digest(code: str) -> str:
    """The codes have fifty random bits each: a keyed digest is enough and quick."""
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()
