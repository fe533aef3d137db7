"""Settings of a node. One file; what differs between nodes comes from the node's folder and four environment variables.

HOMEWARD_NODE       the node's folder (default: ./node)
HOMEWARD_DATABASE   postgresql://user:password@host:port/name; SQLite in the node's folder when it is not set
HOMEWARD_HOSTS      names under which the node is reached, by commas (default: this machine only)
HOMEWARD_TLS        "yes" when a proxy in front of the node speaks HTTPS: cookies then travel no other way
"""

from __future__ import annotations

import os

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from homeward.bureau.node.folder import node_folder, read_identity, secret

django_stubs_ext.monkeypatch()

NODE = node_folder()
IDENTITY = read_identity(NODE)
DEBUG = False
SECRET_KEY = secret(NODE, "django.key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("HOMEWARD_HOSTS", "").split(","))]
TLS = os.environ.get("HOMEWARD_TLS", "") == "yes"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before the login library, whose pages it draws anew.
    "homeward.bureau.pages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "homeward.bureau.access",
    "homeward.bureau.journal",
    "homeward.bureau.jobs",
    "homeward.bureau.register",
    "homeward.bureau.review",
    "homeward.bureau.exchanges",
    "homeward.bureau.handover",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "homeward.bureau.pages.language.OfficersLanguage",
    "homeward.bureau.access.middleware.DenyByDefault",
]

ROOT_URLCONF = "homeward.bureau.node.urls"
WSGI_APPLICATION = "homeward.bureau.node.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "homeward.bureau.pages.context.frame",
            ],
        },
    },
]

# -- data

_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": NODE / "node.sqlite3",
    # A thread keeps its connection: closing the last one makes SQLite write the log back into the file, which costs more than a page.
    "CONN_MAX_AGE": None,
    # A transaction that will write takes its lock at once, so that two officers wait for each other and never fail; a line that
    # was answered for is on the disk.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}
_named = os.environ.get("HOMEWARD_DATABASE", "")
DATABASES = {"default": dj_database_url.parse(_named, conn_max_age=60) if _named else _sqlite}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- officers

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "homeward.bureau.access.adapter.NoSignUp"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
#: Signing asks for the password or the second factor again when the last time was longer ago than this, in seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {"login": "homeward.bureau.access.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
#: How often somebody may try: by the login library's rates, and for one login name five times in five minutes. The counts are kept
#: in the memory of the one process that serves a node; starting it anew forgets them.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}
#: Behind a proxy the address of who tries stands in the last place of X-Forwarded-For, which the proxy itself has written.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TLS else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Homeward"
MFA_ADAPTER = "homeward.bureau.access.adapter.SealedSecrets"
# Browsers speak to security keys over HTTPS, and on the machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS
SESSION_ENGINE = "homeward.bureau.vault.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# -- the browser

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "homeward.bureau.pages.views.forged"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
# Three nodes on one machine share a host name; each has cookies of its own.
SESSION_COOKIE_NAME = f"homeward_{IDENTITY.party.lower()}"
CSRF_COOKIE_NAME = f"homeward_csrf_{IDENTITY.party.lower()}"
LANGUAGE_COOKIE_NAME = f"homeward_language_{IDENTITY.party.lower()}"

STATIC_URL = "static/"
STATIC_ROOT = NODE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# `homeward serve` lays the files of the pages, compressed, into the node's folder; anything else takes them from the package itself.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
#: A list of 20,000 people is a few megabytes; more than this is refused with a clear page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 2**20
# An upload is a list of names: it stays in memory until it is sealed, and never lies in a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
MEDIA_ROOT = NODE / "uploads"

# -- words, numbers, dates

LANGUAGE_CODE = IDENTITY.language
# Each by its own name, so that everybody finds theirs.
LANGUAGES = [("en", "English"), ("uk", "Українська"), ("ru", "Русский"), ("tr", "Türkçe"), ("ar", "العربية")]
# English dates as ISO 8601 writes them, the same on both sides of an ocean.
FORMAT_MODULE_PATH = ["homeward.bureau.pages.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- what goes wrong is told by code and place; values, which may be names, never reach a log file.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "homeward.bureau.node.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
