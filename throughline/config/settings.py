"""Settings. No variable is needed: zero variables give a working SQLite install on this machine only.

Every variable is described in docs/running/settings.md; a test keeps the two in step.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from throughline.kit.private import make_private, somebody_elses

env = Env()

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "throughline"
VAR = Path(env.str("THROUGHLINE_VAR", str(ROOT / "var"))).resolve()
make_private(VAR)
PRODUCTION = env.bool("THROUGHLINE_PRODUCTION", False)
DEMO = env.bool("THROUGHLINE_DEMO", False) and not PRODUCTION
GALLERY = not PRODUCTION
DEBUG = env.bool("THROUGHLINE_DEBUG", False) and not PRODUCTION


def _secret_key() -> str:
    """The key from the environment; outside production one is made once and kept beside the database."""
    given = env.str("THROUGHLINE_SECRET_KEY", "")
    if PRODUCTION and not given:
        raise ImproperlyConfigured("In production THROUGHLINE_SECRET_KEY must be set.")
    if given:
        return given
    place = VAR / "secret-key"
    if not place.exists():
        if somebody_elses(VAR):
            return secrets.token_urlsafe(64)  # for this one command of root's; nothing is left there
        fd = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w") as out:
            out.write(secrets.token_urlsafe(64))
    return place.read_text()


SECRET_KEY = _secret_key()
# Opens what people sealed for later; made when it is first needed, kept outside the database (kit/keeping.py).
KEEPING_KEY = env.str("THROUGHLINE_KEEPING_KEY", str(VAR / "keeping-key"))
ALLOWED_HOSTS = env.list(
    "THROUGHLINE_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "In production THROUGHLINE_HOSTS must name the hosts that this server answers to."
    )
PORT = env.int("PORT", 8000)
SITE_ADDRESS = env.str("THROUGHLINE_ADDRESS", "" if PRODUCTION else f"http://127.0.0.1:{PORT}").rstrip("/")
if not SITE_ADDRESS:
    raise ImproperlyConfigured("In production THROUGHLINE_ADDRESS must be set: letters link to it.")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

INSTALLED_APPS = [
    "throughline.kit",
    "throughline.ui",
    "throughline.activity",
    "throughline.people",
    "throughline.schools",
    "throughline.rosters",
    "throughline.files",
    "throughline.frameworks",
    "throughline.records",
    "throughline.journeys",
    "throughline.elements",
    "throughline.voices",
    "throughline.plans",
    "throughline.network",
    "throughline.home",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "throughline.ui.middleware.TrustHeaders",
    "throughline.ui.middleware.SmallPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "throughline.people.middleware.PersonPreferences",
    "throughline.people.middleware.ComingAndGoing",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "throughline.ui.middleware.RoomForFiles",
    "throughline.ui.middleware.NoBlankRefusals",
    "throughline.activity.typed.KeepTyped",
    "throughline.schools.tenant.TenantOfRequest",
    "throughline.activity.middleware.OnceOnly",
]

ROOT_URLCONF = "throughline.config.urls"
WSGI_APPLICATION = "throughline.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "throughline.ui.loading.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "throughline.activity.mail.mail_context",
                "throughline.schools.tenant.tenant_context",
            ],
            "builtins": ["throughline.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "throughline.ui.forms.Renderer"

# SQLite: WAL with one sync per commit, and a transaction takes the write lock at once (docs/decisions/0003).
# recursive_triggers: without it INSERT OR REPLACE would pass by the triggers of append-only tables.
# secure_delete: what is deleted is overwritten (docs/decisions/0023).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Statements kept ready by a connection (11 kB each): the pages of a school ask more than the usual 128.
    "cached_statements": 256,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA temp_store=MEMORY;PRAGMA secure_delete=ON;"
    ),
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'throughline.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "throughline.kit.sqlite3"
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold over every server process, so the cache is a table of the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "throughline.people.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
ACCOUNT_ADAPTER = "throughline.people.adapter.PeopleAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home:home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "throughline.people.models.display_name"
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Passwords and letters have limits of our own, which slow a stranger down and never the owner (people/devices.py).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "request_login_code": None,
    "reset_password": None,
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
# In production a proxy of ours stands in front (it is believed about https as well).
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0

SESSION_ENGINE = "throughline.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "throughline.activity.typed.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("THROUGHLINE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    # What else lives under the domain is its owner's to say; a browser's list of such domains is hard to leave.
    SECURE_HSTS_PRELOAD = env.bool("THROUGHLINE_HSTS_PRELOAD", False)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD or env.bool("THROUGHLINE_HSTS_SUBDOMAINS", False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # those two, when nobody asked for them
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "en"
# Texts are written in American English; en-gb holds only what differs from it (docs/decisions/0025-english-as-written.md).
LANGUAGES = [("en", _("English")), ("en-gb", _("British English")), ("es", _("Spanish"))]
# `manage.py prepare` compiles the translations into the data folder: the code may belong to somebody else.
TRANSLATIONS = ROOT / "locale"
LOCALE_PATHS = [VAR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Fonts and icons made from packages at set-up (`manage.py prepare_assets`).
# The guide's pictures: its pages are the help inside the product (home/guide.py).
GUIDE = ROOT / "docs" / "using"
ASSETS = VAR / "assets"
STATICFILES_DIRS = [ASSETS, ("guide", ROOT / "docs" / "pictures")]
if not somebody_elses(VAR):
    ASSETS.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "files")},
    },
    # Framework files that wait to be published (throughline/frameworks/importing/storage.py).
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "imports")},
    },
    "staticfiles": {"BACKEND": "throughline.ui.storage.NamedByContent"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False
UPLOAD_LIMIT_MB = env.int("THROUGHLINE_UPLOAD_LIMIT_MB", 20)
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # what is pasted from a word processor is large
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# The first one stops an upload that is larger than any file may be, before it fills the disk.
FILE_UPLOAD_HANDLERS = [
    "throughline.files.uploading.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "throughline.files.uploading.UploadWithRoom",
]
CLAMAV_SOCKET = env.str("THROUGHLINE_CLAMAV_SOCKET", "")

_mail = env.dj_email_url("THROUGHLINE_MAIL_URL", "console:")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("THROUGHLINE_MAIL_FROM", "Throughline <throughline@localhost>")
INVITATION_DAYS = env.int("THROUGHLINE_INVITATION_DAYS", 14)

_secrets = (SECRET_KEY, DATABASES["default"].get("PASSWORD") or "", EMAIL_HOST_PASSWORD or "")
_to_console = {"handlers": ["console"], "propagate": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "no-traceback": {"()": "throughline.kit.logs.NoTraceback"},
        "untold": {"()": "throughline.kit.logs.Untold"},
    },
    "formatters": {"timed": {"()": "throughline.kit.logs.TimedLine", "secrets": _secrets}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "timed",
            "filters": ["no-traceback", "untold"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # These bring handlers of their own, without a time.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {**_to_console, "level": "INFO"},  # `runserver`, to try things out
        "_granian": _to_console,
    },
}
