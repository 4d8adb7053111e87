"""The demo: a fictional scenario for a home of its own."""

from datetime import timedelta


def load() -> bool:
    """Load the scenario unless it is there; True when it was loaded now. Django must be ready."""
    from django.db import transaction

    from thammuu.config.demo.organisation import build
    from thammuu.config.demo.playing import play
    from thammuu.kernel.clock import now
    from thammuu.org.models import Account

    if Account.objects.exists():
        return False
    with transaction.atomic():  # a load that was killed half-way leaves nothing
        start = now()
        play(build(start - timedelta(days=1)), start)
    return True
