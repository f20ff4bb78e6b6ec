"""The door of the whole house for a WSGI server: the baked edition first, the application behind it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "journal.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings need the line above

from journal.edition.serve import EditionFiles  # noqa: E402
from journal.security import POLICY  # noqa: E402


def edition_headers() -> list[tuple[str, str]]:
    """What a baked page says to the browser: the same as any other answer of the house."""
    headers = [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.HTTPS:
        headers.append(
            (
                "Strict-Transport-Security",
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload",
            )
        )
    return headers


application = EditionFiles(django_application, settings.EDITIONS_ROOT, edition_headers())
