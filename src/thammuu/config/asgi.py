"""The product as an ASGI application (what each serve process runs)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")

from django.core.wsgi import get_wsgi_application

from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE
from thammuu.config.observing.requests import Observed


def application() -> Observed:
    """Called once in a process: makes Django ready, the front before it, the guard before that; all of it observed."""
    pages = get_wsgi_application()
    from django.conf import settings

    from thammuu.config.front.short_way import ShortWay
    from thammuu.config.live import Live
    from thammuu.config.observing import health

    health.install()
    front = Front(ShortWay(pages), Live(), NATIVE)
    guard = Guard(front, settings.TRANSPORT, settings.ALLOWED_HOSTS, settings.INSTALLATION.port)
    return Observed(guard)
