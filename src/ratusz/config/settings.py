"""Settings, fed by the environment: RATUSZ_HOME, RATUSZ_DATABASE_URL, RATUSZ_ROLE, RATUSZ_DEBUG, RATUSZ_HOSTS, RATUSZ_DEMO."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from ratusz.config.accounts import *  # noqa: F403
from ratusz.config.database_server import socket_folder
from ratusz.config.home import home, secret
from ratusz.config.logs import LOGGING as LOGGING

PACKAGE = Path(__file__).resolve().parents[1]
HOME = home()
DEBUG = os.environ.get("RATUSZ_DEBUG") == "1"
DEMO = os.environ.get("RATUSZ_DEMO") == "1"
CITY = os.environ.get("RATUSZ_CITY", "Katowice")
# The Office's name, then the lines of its postal address.
OFFICE_LINES = tuple(
    line.strip() for line in os.environ.get("RATUSZ_OFFICE", f"Urząd Miasta {CITY}; ul. Młyńska 4; 40-098 Katowice").split(";")
)
SECRET_KEY = os.environ.get("RATUSZ_SECRET_KEY") or secret("django")
ALLOWED_HOSTS = os.environ.get("RATUSZ_HOSTS", "localhost,127.0.0.1,testserver").split(",")
PUBLIC_ADDRESS = os.environ.get("RATUSZ_ADDRESS", "http://127.0.0.1:8000")
# The participatory budget's own site, for example https://budzet.example.pl; empty: its pages stand at the city's address alone.
BUDGET_ADDRESS = os.environ.get("RATUSZ_BUDGET_ADDRESS", "").rstrip("/")
# Names that site had before; each leads to the same path of today's.
BUDGET_FORMER_HOSTS = [host for host in os.environ.get("RATUSZ_BUDGET_FORMER_HOSTS", "").lower().split(",") if host]
# 0: the city's address goes on showing these pages too, with a note where they belong.
BUDGET_LEADS_THERE = os.environ.get("RATUSZ_BUDGET_LEADS_THERE", "1") == "1"
if BUDGET_ADDRESS:
    if BUDGET_ADDRESS.partition("://")[0] != PUBLIC_ADDRESS.partition("://")[0] or BUDGET_ADDRESS == PUBLIC_ADDRESS:
        raise ImproperlyConfigured("RATUSZ_BUDGET_ADDRESS: its own host, with https:// where RATUSZ_ADDRESS has it")
    ALLOWED_HOSTS += [BUDGET_ADDRESS.partition("://")[2].partition(":")[0], *BUDGET_FORMER_HOSTS]
TRUSTED_PROXIES = [network for network in os.environ.get("RATUSZ_TRUSTED_PROXIES", "").split(",") if network]

OUR_MODULES = [
    # Top floor first: a module's templates may replace those of Django, allauth and Wagtail below.
    "ratusz.demo",
    "ratusz.coordination.desk",
    "ratusz.coordination.calendar",
    "ratusz.coordination.campaigns",
    "ratusz.coordination.strategy",
    "ratusz.governance.acts",
    "ratusz.governance.decisions",
    "ratusz.participation.reports",
    "ratusz.participation.forum",
    "ratusz.participation.polls",
    "ratusz.participation.remarks",
    "ratusz.participation.consultations",
    "ratusz.participation.initiatives",
    "ratusz.participation.projects",
    "ratusz.participation.voting",
    "ratusz.participation.budget",
    "ratusz.participation.surveys",
    "ratusz.channels.newsletter",
    "ratusz.channels.bulletin",
    "ratusz.channels.social",
    "ratusz.publishing.newsroom",
    "ratusz.publishing.intranet",
    "ratusz.publishing.ledger",
    "ratusz.publishing.following",
    "ratusz.publishing.editing",
    "ratusz.publishing.website",
    "ratusz.publishing.messages",
    "ratusz.publishing.gates",
    "ratusz.casework.moderation",
    "ratusz.casework.meetings",
    "ratusz.casework.signatures",
    "ratusz.casework.advice",
    "ratusz.casework.requests",
    "ratusz.casework.documents",
    "ratusz.casework.deadlines",
    "ratusz.foundation.territory",
    "ratusz.foundation.units",
    "ratusz.foundation.people",
    "ratusz.foundation.incoming",
    "ratusz.foundation.notifications",
    "ratusz.foundation.files",
    "ratusz.foundation.fetching",
    "ratusz.foundation.once",
    "ratusz.foundation.jobs",
    "ratusz.foundation.audit",
    "ratusz.ui",
]
INSTALLED_APPS = [
    *OUR_MODULES,
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "ratusz.foundation.people.wagtail_users.AccountsInWagtail",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "ratusz.config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "ratusz.participation.voting.box.BallotBox",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ratusz.publishing.website.own_sites.OwnSites",
    "ratusz.publishing.website.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "ratusz.publishing.website.content_security.AdminContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ratusz.foundation.audit.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ratusz.foundation.people.middleware.StaffGateMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "ratusz.publishing.website.page_gates.middleware.StoppedAtTheGates",
    "ratusz.config.nul_bytes.NulBytesRefused",
]

ROOT_URLCONF = "ratusz.config.urls"
WSGI_APPLICATION = "ratusz.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database() -> dict:
    """The named server, or the private one of RATUSZ_HOME; the role is `app` unless RATUSZ_ROLE says `owner` or `count`."""
    connection = {"host": str(socket_folder(HOME)), "dbname": "ratusz"}
    if url := os.environ.get("RATUSZ_DATABASE_URL"):
        connection = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": connection.get("dbname", "ratusz"),
        "USER": os.environ.get("RATUSZ_ROLE") or connection.get("user") or "app",
        "PASSWORD": connection.get("password", ""),
        "HOST": connection.get("host", ""),
        "PORT": connection.get("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "ratusz_people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "ratusz.foundation.people.passwords.PredictablePasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
RATUSZ_SCHEDULE = "ratusz.config.schedule.SCHEDULE"

LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [PACKAGE / "foundation/kit/locale", PACKAGE / "config/locale"]  # these two are no apps
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "ratusz_website.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "ratusz.publishing.website.passports.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # what foundation/files draws anew; no SVG, which may hold a script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024  # as foundation/files says
KEEP_PARTS = os.environ.get("RATUSZ_KEEP_PARTS", "1") == "1"  # menus and result tables, until public content changes
PAGE_CACHE_SECONDS = int(os.environ.get("RATUSZ_PAGE_CACHE_SECONDS", "60"))  # pages for visitors without a session; 0 keeps none

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # What people upload: no address leads there, no web server may serve it.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "media" / "private", "base_url": None,
            "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700,
        },
    },
}  # fmt: skip
if WITH_HASHED_NAMES := os.environ.get("RATUSZ_STATIC") == "manifest":
    STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
WHITENOISE_USE_FINDERS = not WITH_HASHED_NAMES

WAGTAIL_SITE_NAME = "Ratusz"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The Office works in Polish and in one time zone: nobody has to choose from four hundred.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", _("Polish"))]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address is read out on the telephone: no ą in it
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
RATUSZ_SOURCE_ADDRESS = os.environ.get(
    "RATUSZ_SOURCE_ADDRESS", ""
)  # where this Office publishes the program's source (EUPL, art. 5)
# Under what terms others may use what the feeds and the cards carry; an address of a licence.
RATUSZ_LICENCE = os.environ.get("RATUSZ_LICENCE", "https://creativecommons.org/licenses/by/4.0/deed.pl")
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# The sum a browser does before it sends a guarded form: each bit doubles it (17: under a second on an old telephone).
RATUSZ_PROOF_BITS = int(os.environ.get("RATUSZ_PROOF_BITS", "17"))
RATUSZ_PROOF_WAIT_SECONDS = int(os.environ.get("RATUSZ_PROOF_WAIT_SECONDS", "20"))  # a form without scripts waits instead

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        # A form sent at one of our two hosts may end on a page of the other.
        "form-action": [SELF, *([PUBLIC_ADDRESS, BUDGET_ADDRESS] if BUDGET_ADDRESS else [])],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PUBLIC_ADDRESS.startswith("https://"):
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    # Probes of the machine itself come without TLS.
    SECURE_REDIRECT_EXEMPT = [r"^-/(live|ready|metrics)$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

DEFAULT_FROM_EMAIL = os.environ.get("RATUSZ_MAIL_FROM", "komunikacja@ratusz.example")
RATUSZ_MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
RATUSZ_LOOKUP_KEY = os.environ.get("RATUSZ_LOOKUP_KEY") or secret("lookup")
EMAIL_BACKEND = "ratusz.foundation.notifications.adapters.django_mail.OutboxBackend"
RATUSZ_TRANSPORTS = {
    "email": "ratusz.foundation.notifications.adapters.smtp.SmtpTransport",
    "sms": "ratusz.foundation.notifications.adapters.sms.SmsTransport",
    "letter": "ratusz.foundation.notifications.adapters.letter.LetterTransport",
}
if DEMO:
    # Nothing leaves the demo: mail and text messages are read at /demo/skrzynka.
    RATUSZ_TRANSPORTS |= {"email": "ratusz.demo.mailbox.MailboxTransport", "sms": "ratusz.demo.mailbox.MailboxTransport"}
# The folder shared with the document system (EZD); empty: packages are downloaded and carried over by hand.
EZD_FOLDER = os.environ.get("RATUSZ_EZD_FOLDER", str(HOME / "ezd") if DEMO else "")
# Mailboxes that are read, by the module they are for; without a place none is read and no page names an address. A place is
# maildir:///folder, or imaps://user:password@host/INBOX (imap:// goes on only after STARTTLS); the address is what people write to.
RATUSZ_MAILBOXES = {
    "remarks": {
        "url": os.environ.get("RATUSZ_REMARKS_MAILBOX", f"maildir://{HOME / 'poczta' / 'konsultacje'}" if DEMO else ""),
        "address": os.environ.get("RATUSZ_REMARKS_ADDRESS", "konsultacje@ratusz.example" if DEMO else ""),
    },
}  # fmt: skip
RATUSZ_IMAP_TIMEOUT = 20.0
# A PEM file with the authority that signed the mail server's certificate; empty: those the system trusts.
RATUSZ_MAIL_AUTHORITIES = os.environ.get("RATUSZ_MAIL_AUTHORITIES", "")
RATUSZ_SMTP_URL = os.environ.get("RATUSZ_SMTP_URL", "smtp://127.0.0.1:25")
RATUSZ_SMTP_TIMEOUT = 20.0
RATUSZ_SMS_URL = os.environ.get("RATUSZ_SMS_URL", "http://127.0.0.1:8099/sms")
RATUSZ_SMS_TOKEN = os.environ.get("RATUSZ_SMS_TOKEN", "")
RATUSZ_SMS_TIMEOUT = 20.0
# The city's OpenID Connect provider for voters; empty: votes are not entered that way.
RATUSZ_VOTER_OIDC_URL = os.environ.get("RATUSZ_VOTER_OIDC_URL", "")
RATUSZ_VOTER_OIDC_CLIENT = os.environ.get("RATUSZ_VOTER_OIDC_CLIENT", "ratusz")
RATUSZ_VOTER_OIDC_SECRET = os.environ.get("RATUSZ_VOTER_OIDC_SECRET", "")
RATUSZ_VOTER_OIDC_CLAIM = os.environ.get("RATUSZ_VOTER_OIDC_CLAIM", "pesel")
# login.gov.pl for voters: three addresses of the node, its name and ours, a PEM file with its certificates (old and new side by
# side), a folder with signing.key, signing.crt, opening.key and opening.crt. One of them empty: no vote is entered that way.
RATUSZ_NODE_SIGN_IN = os.environ.get("RATUSZ_NODE_SIGN_IN", "")
RATUSZ_NODE_ARTIFACTS = os.environ.get("RATUSZ_NODE_ARTIFACTS", "")
RATUSZ_NODE_LOGOUT = os.environ.get("RATUSZ_NODE_LOGOUT", "")
RATUSZ_NODE_ISSUER = os.environ.get("RATUSZ_NODE_ISSUER", "")
RATUSZ_NODE_US = os.environ.get("RATUSZ_NODE_US", "")
RATUSZ_NODE_CERTIFICATES = os.environ.get("RATUSZ_NODE_CERTIFICATES", "")
RATUSZ_NODE_KEYS = os.environ.get("RATUSZ_NODE_KEYS", "")
# Tries of voters within an hour over one connection, behind which a library or a whole operator may stand; each voter has five.
RATUSZ_VOTER_TRIES_PER_LINE = int(os.environ.get("RATUSZ_VOTER_TRIES_PER_LINE", "300"))
if DEMO and not RATUSZ_NODE_SIGN_IN:
    # The demo is its own node (ratusz.demo.node); the keys of both sides are made there.
    RATUSZ_NODE_SIGN_IN, RATUSZ_NODE_ARTIFACTS, RATUSZ_NODE_LOGOUT = (
        f"{PUBLIC_ADDRESS}/demo/wezel/{step}" for step in ("sso", "artifacts", "logout")
    )
    RATUSZ_NODE_ISSUER, RATUSZ_NODE_US = "https://wezel.example/idp", "https://budzet.example/sp"
    RATUSZ_NODE_KEYS, RATUSZ_NODE_CERTIFICATES = str(HOME / "demo-wezel"), str(HOME / "demo-wezel" / "node.crt")
# "ip:port" places of our own that the guarded way out may reach all the same, for example a test server.
RATUSZ_FETCHING_EXCEPTIONS = [place for place in os.environ.get("RATUSZ_FETCHING_EXCEPTIONS", "").split(",") if place]
# Asks the addresses that pages link to; nothing of the demo leaves the machine.
RATUSZ_LINK_CHECK = os.environ.get("RATUSZ_LINK_CHECK", "0" if DEMO else "1") == "1"
RATUSZ_CLAMD = os.environ.get("RATUSZ_CLAMD", "unix:/run/clamav/clamd.ctl")
RATUSZ_CLAMD_TIMEOUT = 20.0
# Strangers' files are opened in a process of its own with limits of memory and time; tests of many small ones do without.
RATUSZ_INSPECT_APART = True
# The demo has no virus scanner: its fake knows the EICAR test file only.
RATUSZ_SCANNER = f"ratusz.foundation.files.adapters.{'fake.FakeScanner' if DEMO else 'clamd.ClamdScanner'}"
