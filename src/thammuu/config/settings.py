"""Django settings. Read from the environment; `thammuu init` writes what a real installation needs."""

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

BASE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("THAMMUU_HOME", "var")).resolve()
DEBUG = False
SECRET_KEY = os.environ.get("THAMMUU_SECRET_KEY", "development-only-key-never-used-by-thammuu-run")
ALLOWED_HOSTS = os.environ.get("THAMMUU_HOSTS", "localhost,127.0.0.1,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "thammuu.journal",
    "thammuu.ui",
    "thammuu.paper",
    "thammuu.org",
    "thammuu.directives",
    "thammuu.watch",
    "thammuu.interop",
    "thammuu.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thammuu.org.middleware.ActorMiddleware",
    "thammuu.ui.middleware.RefusalMiddleware",
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


def _database(url: str) -> dict[str, object]:
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "thammuu"},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/thammuu"))}
AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["thammuu.org.sign_in.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 13 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS: list[Path] = []
