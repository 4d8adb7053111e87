"""The product as an ASGI application (what each serve process runs)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")

from django.core.wsgi import get_wsgi_application

from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE


def application() -> Guard:
    """Called once in a process: makes Django ready, then the front before it, and the guard before that."""
    pages = get_wsgi_application()
    from django.conf import settings

    from thammuu.config.front.reports import REPORTS, Reports
    from thammuu.config.front.short_way import ShortWay
    from thammuu.config.live import Live
    from thammuu.config.transport.handing_out import files

    handed_out = files(settings.HOME, settings.TRANSPORT)
    front = Front(ShortWay(pages), Live(), {**NATIVE, **handed_out, ("POST", REPORTS): Reports().take})
    return Guard(front, settings.TRANSPORT, settings.ALLOWED_HOSTS, settings.INSTALLATION.port)
