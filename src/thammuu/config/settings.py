"""Django settings. What differs from one machine to the next comes from `thammuu.config.installation`."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC
from psycopg.conninfo import conninfo_to_dict

from thammuu.config.front.reports import REPORTS
from thammuu.config.installation import read_installation
from thammuu.config.observing import logs
from thammuu.config.outgoing import read_outgoing
from thammuu.config.transport.plan import read_transport

# Django's generic classes take their type parameters at run time too.
django_stubs_ext.monkeypatch()

INSTALLATION = read_installation()
BASE = Path(__file__).resolve().parent.parent
HOME = INSTALLATION.home
DEBUG = False
SECRET_KEY = INSTALLATION.secret_key
CAP_FOLDER = INSTALLATION.cap_folder
CAP_UNIT = INSTALLATION.cap_unit
OUTGOING = read_outgoing(HOME)
SIGNING = INSTALLATION.signing
TRUST_ROOTS = INSTALLATION.trust_roots
SIGNING_TSA = INSTALLATION.signing_tsa
CONTACT_DAYS = INSTALLATION.contact_days
ALLOWED_HOSTS = list(INSTALLATION.hosts)
TRANSPORT = read_transport(HOME)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "thammuu.journal",
    "thammuu.ui",
    "thammuu.paper",
    "thammuu.org",
    "thammuu.directives",
    "thammuu.watch",
    "thammuu.interop",
    "thammuu.desk",
    "thammuu.config",
]
MIDDLEWARE = [
    "thammuu.config.observing.requests.RouteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "thammuu.config.transport.policy.PagePolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thammuu.org.middleware.ActorMiddleware",
    "thammuu.ui.middleware.RefusalMiddleware",
    "thammuu.config.room.RoomMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "thammuu.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "thammuu.ui.context.page",
            ],
        },
    }
]

FORM_RENDERER = "thammuu.ui.forms.Renderer"
MESSAGE_STORAGE = "thammuu.config.transport.notes.Messages"
CSRF_FAILURE_VIEW = "thammuu.ui.faults.stale"


def _database(url: str) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    options = {name: value for name, value in parts.items() if name not in _OWN_KEYS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{_OWN_KEYS[name]: str(value) for name, value in parts.items() if name in _OWN_KEYS},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Statements that ask for it are prepared once for each connection (Django's own are not).
        "OPTIONS": {"application_name": "thammuu", "prepare_threshold": 5, **options},
    }


_OWN_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
DATABASES = {"default": _database(INSTALLATION.database_url)}
AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["thammuu.org.sign_in.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "thammuu.org.account.guessable.OwnWordsValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name",)},
    },
]
OIDC_PROVIDERS = INSTALLATION.oidc
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 13 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TRANSPORT.https
# A browser takes a cookie of such a name from this very host only, and only by HTTPS.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    f"{'__Host-' if TRANSPORT.https else ''}{name}" for name in ("sessionid", "csrftoken")
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The page's own script by the nonce of this very answer, and what that script fetches; nothing by its address.
        "script-src": [NONCE, STRICT_DYNAMIC],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # MapLibre's signs; previews of files that are not yet sent
        "connect-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["thammuu", "default"],  # ui/frontend/src/trusted.ts
        "report-uri": REPORTS,
    }
}
ATTACHMENT_LIMIT = 25 * 1024 * 1024  # bytes of one file; the front takes a mebibyte more for the whole request
ATTACHMENT_PIXELS = 64_000_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS: list[Path] = []
# The build gives its files hashed names, which browsers keep for ever. `thammuu run` collects and compresses
# them; not collected, they are served as they lie.
COLLECTED = (STATIC_ROOT / "fingerprint").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page has a use for ours
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/ui/dist/assets/.+-[\w-]{8}\.\w+$"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

LOGGING = logs.settings(requests=INSTALLATION.log_requests)
