"""The product as an ASGI application (what each serve process runs)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")

from django.core.wsgi import get_wsgi_application

from thammuu.config.front.application import Front
from thammuu.config.front.native import NATIVE
from thammuu.config.observing.requests import Observed


def application() -> Observed:
    """Called once in a process: makes Django ready, then the front before it."""
    pages = get_wsgi_application()
    from thammuu.config.front.short_way import ShortWay
    from thammuu.config.live import Live
    from thammuu.config.observing import health

    health.install()
    return Observed(Front(ShortWay(pages), Live(), NATIVE))
