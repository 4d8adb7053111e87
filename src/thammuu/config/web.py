"""The operators' page of backups and drills."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.config import queries
from thammuu.config.backup.plan import read_plan
from thammuu.config.backup.standing import Standing, standing
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict, require
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, actor_or_none, signed_in

LOOK_EVERY = 60.0
_looked: tuple[float, int] = (-LOOK_EVERY, 0)


def may_read_backups(actor: Actor) -> Verdict:
    """Say whether the actor answers for the installation: who administers units or reads the journal."""
    answers = actor.may_somewhere(Permission.UNIT_ADMIN) or actor.may_somewhere(Permission.JOURNAL_READ)
    return answers or Refusal(_("Your post does not look after the installation."))


@signed_in
@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """Show how the backups stand and which drills were held."""
    actor, now = actor_of(request), clock.now()
    require(may_read_backups(actor))
    stands = _stands()
    context = {
        "stands": stands,
        "embedded": settings.INSTALLATION.embedded,
        "backup_late": stands.backup_late(now),
        "log_late": stands.log_late(),
        "drill_late": stands.drill_late(now),
        "size": sum(stands.last.sizes.values()) if stands.last else 0,
        "history": [(one, one.say(actor.language)) for one in queries.history()[:20]],
    }
    return render(request, "config/backups.html", context)


def shown(request: HttpRequest) -> bool:
    """Say whether the page stands in the rail."""
    actor = actor_or_none(request)
    return actor is not None and may_read_backups(actor) is True


def warnings(request: HttpRequest) -> int:
    """Return 1 in the rail of those who answer for it when something is late; looked at once a minute."""
    global _looked
    if not shown(request) or not settings.INSTALLATION.embedded:
        return 0
    if time.monotonic() - _looked[0] >= LOOK_EVERY:
        _looked = (time.monotonic(), int(_stands().warns(clock.now())))
    return _looked[1]


def _stands() -> Standing:
    return standing(settings.HOME, read_plan(settings.HOME), queries.last_drill())
