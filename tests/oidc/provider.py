"""A provider of identities in a process of its own: django-oauth-toolkit, as organisations run it.

`python provider.py FOLDER` prints its address once it serves. One officer, `an`, with the password `an`; one client,
`thammuu`. `FOLDER/ways.json` says in which ways it departs from a good provider, and is read at every request.
"""

import json
import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from provider_facts import PORTS, SECRET

FOLDER = Path(sys.argv[1])


def new_key() -> str:
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


KEYS = {"first": new_key(), "second": new_key()}


def ways() -> dict[str, Any]:
    """How it departs: `signs` and `publishes` name keys, `expires` is in seconds, `claims` are added to the token."""
    file = FOLDER / "ways.json"
    said = json.loads(file.read_text()) if file.exists() else {}
    return {"signs": "first", "publishes": "first", "expires": 600, "issuer": "", "claims": {}, **said}


class Departing:
    """Sets the provider's own settings before each request."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from oauth2_provider.settings import oauth2_settings

        said = ways()
        publishes = request.path.endswith("jwks.json")
        settings.OAUTH2_PROVIDER = {
            **settings.OAUTH2_PROVIDER,
            "OIDC_RSA_PRIVATE_KEY": KEYS[said["publishes"] if publishes else said["signs"]],
            "OIDC_ISS_ENDPOINT": said["issuer"] if request.path.endswith("token/") else "",
            "ID_TOKEN_EXPIRE_SECONDS": said["expires"],
        }
        oauth2_settings.reload()
        answer: HttpResponse = self.get_response(request)
        return answer


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


settings.configure(
    DEBUG=False,
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    LOGIN_URL="/login/",
    SESSION_COOKIE_NAME="provider",
    CSRF_COOKIE_NAME="provider_csrf",
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware", f"{__name__}.Departing",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [str(Path(__file__).parent / "templates")],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "provider.sqlite")}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": KEYS["first"],
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "PKCE_REQUIRED": True,
        "SCOPES": {"openid": "OpenID"},
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
    },
    USE_TZ=True,
)  # fmt: skip
django.setup()

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from oauth2_provider.models import Application
from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return dict(ways()["claims"])


urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html")),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    officer = User.objects.create_user("an", password="an")
    homes = ["http://testserver", *(f"http://localhost:{port}" for port in PORTS)]
    Application.objects.create(
        client_id="thammuu",
        client_secret=SECRET,
        user=officer,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        skip_authorization=True,
        redirect_uris=" ".join(f"{home}/sign-in/oidc/sso/callback/" for home in homes),
        post_logout_redirect_uris=" ".join(f"{home}/sign-in/" for home in homes),
    )
    server = make_server("localhost", 0, get_wsgi_application(), Threaded, Quiet)
    sys.stdout.write(f"http://localhost:{server.server_port}/o {officer.pk}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    sys.modules["provider"] = sys.modules["__main__"]
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main()
