"""Settings, read from the environment; every variable is explained in ``.env.example``."""

from __future__ import annotations

import os
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_networks(name: str, default: str = "") -> list[IPv4Network | IPv6Network]:
    """Networks such as ``10.0.0.0/8, fd00::/8``; one that is everybody's is refused as nonsense is."""
    try:
        found = [ip_network(part) for part in env_list(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}. Write networks like 10.0.0.0/8,fd00::/8.") from error
    if any(network.prefixlen == 0 for network in found):
        raise ImproperlyConfigured(f"{name} names the whole world: then nothing would be kept inside.")
    return found


DEBUG = env_bool("DEBUG")

# The one folder for everything that is data: database file, originals, pictures, editions.
KANWU_DATA = Path(os.environ.get("KANWU_DATA", BASE_DIR / "var")).resolve()
KANWU_DATA.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """The key from the environment, or one made once and kept in the data folder, for its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = KANWU_DATA / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of ours was quicker
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
    return path.read_text(encoding="ascii")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# Absolute addresses in feeds, sitemap and citations; without it they are those of the first allowed host.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Plain HTTP is right on an office's own machine and for the demo; in production HTTPS is required.
HTTPS = env_bool("HTTPS", SITE_URL.startswith("https://"))
# Only behind a proxy of our own: then it says who is connected, and whether by HTTPS.
BEHIND_PROXY = env_bool("BEHIND_PROXY")
# Whose word about that is taken: proxies on this machine, unless they stand elsewhere.
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES", "127.0.0.0/8,::1")
# From where an issue for the inside network may be read without signing in. None: from nowhere.
INSIDE_NETWORKS = env_networks("INSIDE_NETWORKS")

INSTALLED_APPS = [
    "journal.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "js_asset",
    "ckeditor",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "articles",
    "journal.people",
    "journal.intake",
    "journal.edition",
    "journal.notices",
    "journal.public",
    "journal.portal.apps.PortalConfig",
    "journal.desk.apps.DeskConfig",
    "journal.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "journal.security.ContentSecurityPolicy",
    "journal.people.idle.IdleSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "journal.people.middleware.PeopleMiddleware",
    "journal.security.Readers",
    "journal.once.JournalReadOnce",
    "journal.edition.kept_in.KeptInPages",
    "journal.edition.preview.PreviewPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "journal.urls"
WSGI_APPLICATION = "journal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{KANWU_DATA / 'kanwu.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, announced at the start of the transaction: two people pressing at once then
    # wait for each other instead of failing; readers never wait (WAL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Compiling a plan takes far longer than any of the house's queries runs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:login"
AUTHENTICATION_BACKENDS = ["journal.people.lockout.Lockout", "django.contrib.auth.backends.ModelBackend"]
# People of the desk prove themselves twice wherever it is reachable; the demo on one machine does without.
REQUIRE_SECOND_FACTOR = env_bool("REQUIRE_SECOND_FACTOR", HTTPS and not DEBUG)
OTP_TOTP_ISSUER = "Kanwu"
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_CLIENT_IP_CALLABLE = "journal.security.address_of"
AXES_LOCKOUT_CALLABLE = "journal.people.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# The reader's edition besides the simplified one: prefixes out of journal/variants.py.
READER_VARIANTS = env_list("READER_VARIANTS", "zh-hant,en")
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = KANWU_DATA / "static"
# The second one leaves the parts of the editor's package behind that must not be served.
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "journal.editor.fence.FencedFinder",
]
# Published derivatives (random names, re-encoded) and, apart from them, what was sent to us, untouched.
MEDIA_URL = "/media/"
MEDIA_ROOT = KANWU_DATA / "media"
ORIGINALS_ROOT = KANWU_DATA / "originals"
# Behind nginx: an internal location over that folder (say /originals/), which then sends the bytes itself.
ORIGINALS_ACCEL = os.environ.get("ORIGINALS_ACCEL", "")
EDITIONS_ROOT = KANWU_DATA / "editions"
EDITIONS_KEPT = int(os.environ.get("EDITIONS_KEPT", "3"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINALS_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "journal.stylesheets.OneSheet"},
}
CSRF_FAILURE_VIEW = "journal.urls.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Notices by e-mail. Without a server they are printed to the console. A button never waits for SMTP:
# `manage.py send_notices`, run every minute, sends what the buttons have written down.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL")
EMAIL_TIMEOUT = int(os.environ.get("EMAIL_TIMEOUT", "10"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "")  # empty: the journal's submission address
NOTICES_DELIVER = os.environ.get("NOTICES_DELIVER", "command" if EMAIL_HOST else "now")

# Crossref: the prefix it gave the office, and who deposits there (else the organiser and its address).
CROSSREF_PREFIX = os.environ.get("CROSSREF_PREFIX", "")
CROSSREF_DEPOSITOR = os.environ.get("CROSSREF_DEPOSITOR", "")
CROSSREF_EMAIL = os.environ.get("CROSSREF_EMAIL", "")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 30 * 60  # idle time: renewed by every request a person makes (journal.people.idle)
SESSION_SAVE_EVERY_REQUEST = True
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", 365 * 24 * 3600))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# W001 speaks of CKEditor 4's end of support. The editor is fenced: no source view, no upload views of the
# package, plain schema, its own policy, and every text is cleaned on the server whatever the editor sends.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
