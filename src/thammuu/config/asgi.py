"""The product as an ASGI application (what each serve process runs)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")

from django.core.wsgi import get_wsgi_application

from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE
from thammuu.config.observing.requests import Observed


def application(number: int = 1) -> Observed:
    """Called once in a process: makes Django ready, the front before it, the guard before that; all of it observed."""
    pages = get_wsgi_application()
    from django.conf import settings

    from thammuu.config.front import witness  # noqa: F401 - registers its address
    from thammuu.config.front.reports import REPORTS, Reports
    from thammuu.config.front.short_way import ShortWay
    from thammuu.config.live import Live
    from thammuu.config.observing import health, metrics, scraping
    from thammuu.config.transport.handing_out import files
    from thammuu.paper.sandbox import warm_up

    counting = metrics.begin(number)
    health.install()
    warm_up()
    scraping.install(counting)
    handed_out = files(settings.HOME, settings.TRANSPORT)
    front = Front(ShortWay(pages), Live(), {**NATIVE, **handed_out, ("POST", REPORTS): Reports().take})
    guard = Guard(front, settings.TRANSPORT, settings.ALLOWED_HOSTS, settings.INSTALLATION.port)
    return Observed(guard, counting)
