"""The operators' page of the system: how it stands, what was found, and what to do."""

import time
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thammuu import __version__
from thammuu.config import actions, queries, soundness
from thammuu.config.language import speaking
from thammuu.config.observing.finding import Finding
from thammuu.config.observing.state import State, read_state
from thammuu.config.web import may_read_backups
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Verdict, require
from thammuu.org.web import actor_of, actor_or_none, signed_in

LOOK_EVERY = 30.0
JOBS_SHOWN = 20
_looked: tuple[float, int] = (-LOOK_EVERY, 0)


def may_read_system(actor: Actor) -> Verdict:
    """Say whether the actor answers for the installation: the same as for its backups."""
    return may_read_backups(actor)


@signed_in
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Show how the installation stands."""
    actor = actor_of(request)
    require(may_read_system(actor))
    with speaking(actor.language):
        findings, state = soundness.inspect(), read_state()
    wrong = [each for each in findings if not each.ok]
    context = {
        "state": state,
        "serious": [each for each in wrong if not each.advised],
        "advised": [each for each in wrong if each.advised],
        "sound": [each for each in findings if each.ok],
        "jobs": queries.failed_jobs(JOBS_SHOWN),
        "release": __version__,
        "followers": sorted(state.vitals.followers.items()),
        "embedded": settings.INSTALLATION.embedded,
        "certificate_days": round(state.certificate_left / 86400) if state.certificate_left is not None else None,
    }
    return render(request, "config/system.html", context)


@signed_in
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the same for programs, and to be sent to whoever helps."""
    actor = actor_of(request)
    require(may_read_system(actor))
    with speaking(actor.language):
        told = _as_json(read_state(), soundness.inspect())
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="thammuu-system.json"'
    return answer


@signed_in
@require_POST
def job_again(request: HttpRequest) -> HttpResponse:
    """Put a failed job back into the queue."""
    actor = actor_of(request)
    require(may_read_system(actor))
    said = request.POST.get("job", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise BadInput("job", _("No job was named."))
    actions.retry_job(actor=actor, now=clock.now(), job=int(said))
    messages.success(request, _("The job waits to be run again."))
    return redirect("system")


def shown(request: HttpRequest) -> bool:
    """Say whether the page stands in the rail."""
    actor = actor_or_none(request)
    return actor is not None and may_read_system(actor) is True


def warnings(request: HttpRequest) -> int:
    """Return how many findings make the installation unsound, in the rail of those who answer for it."""
    global _looked
    if not shown(request):
        return 0
    if time.monotonic() - _looked[0] >= LOOK_EVERY:
        found = soundness.running_findings()
        _looked = (time.monotonic(), sum(not each.ok and not each.advised for each in found))
    return _looked[1]


def _as_json(state: State, findings: list[Finding]) -> dict[str, Any]:
    return {
        "release": __version__,
        "now": state.now,
        "findings": [asdict(each) for each in findings],
        "vitals": asdict(state.vitals),
        "disk_free": state.free,
        "clock_difference": state.clock_difference,
        "clock_behind": state.clock_behind,
        "backup_age": state.backup_age,
        "backup_log_waiting": state.waiting,
        "drill_age": state.drill_age,
        "certificate_left": state.certificate_left,
        "sign_in": asdict(state.attempts),
        "processes": [asdict(each) for each in state.processes],
    }
