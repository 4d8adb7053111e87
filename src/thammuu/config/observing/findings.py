"""Findings about what runs: the clocks, the sealer, the followers, the jobs, the connections."""

from collections.abc import Iterator
from datetime import datetime

from thammuu.config.language import _
from thammuu.config.observing.finding import Finding
from thammuu.config.observing.health import BEAT_BOUND, LAG_BOUND
from thammuu.config.observing.vitals import Vitals

CLOCKS_APART = 5.0
AHEAD = 60.0
BEHIND = 5000
"""Entries that a follower may lag behind: more than ten of its batches."""
BACKLOG = 1000
CROWDED = 0.8


def findings_of(vitals: Vitals, machine: datetime) -> Iterator[Finding]:
    """Judge the vital signs that were read when this machine's clock said `machine`."""
    yield from _clocks(vitals, machine)
    yield _sealer(vitals)
    yield _followers(vitals)
    yield from _jobs(vitals)
    yield _connections(vitals)


def _clocks(vitals: Vitals, machine: datetime) -> Iterator[Finding]:
    apart = round((vitals.clock - machine).total_seconds())
    says = _("The database's clock and this machine's differ by {seconds} s.").format(seconds=apart)
    remedy = _("Let both follow the same time server ('timedatectl set-ntp true').")
    yield Finding("clocks", abs(apart) <= CLOCKS_APART, says, remedy)
    ahead = vitals.newest is not None and (vitals.newest - machine).total_seconds() > AHEAD
    says = _("No entry is newer than this machine's clock.")
    if ahead and vitals.newest is not None:
        says = _("One of the last entries is of {time}, and this machine's clock has not come so far.").format(
            time=vitals.newest.isoformat()[:16]
        )
    remedy = _("Set the clock by a time server; if it had been ahead, write into the duty log from when to when.")
    yield Finding("newest entry", not ahead, says, remedy)


def _sealer(vitals: Vitals) -> Finding:
    says = _("Every entry has its position.")
    if vitals.unsealed:
        says = _("{count} entries wait for their position, the oldest for {seconds} s.").format(
            count=vitals.unsealed, seconds=round(vitals.lag)
        )
    remedy = _("See that 'thammuu run' or 'thammuu worker' runs, and what the sealer says in the log.")
    return Finding("sealer", vitals.stuck <= LAG_BOUND, says, remedy)


def _followers(vitals: Vitals) -> Finding:
    name, lag = max(vitals.followers.items(), key=lambda each: each[1], default=("", 0))
    says = _("The followers are up to date.")
    if lag:
        says = _("The follower {name} has {count} entries before it.").format(name=name, count=lag)
    remedy = _("See that the worker runs, and whether the log says that this follower fails.")
    return Finding("followers", lag <= BEHIND, says, remedy)


def _jobs(vitals: Vitals) -> Iterator[Finding]:
    says = _("No job has failed.")
    if vitals.jobs_failed:
        says = _("Jobs that have failed: {count}.").format(count=vitals.jobs_failed)
    remedy = _("See the log for why, mend that, and let them run again on the page System.")
    yield Finding("failed jobs", not vitals.jobs_failed, says, remedy, advised=True)
    silent = vitals.jobs_queued > 0 and (vitals.beat is None or vitals.beat > BEAT_BOUND)
    held = vitals.jobs_queued >= BACKLOG or vitals.jobs_stalled > 0 or silent
    says = _("Jobs: {queued} wait, {running} run, {stalled} of a worker that fell silent.").format(
        queued=vitals.jobs_queued, running=vitals.jobs_running, stalled=vitals.jobs_stalled
    )
    yield Finding("jobs", not held, says, _("See that the worker runs; several may run at the same time."))


def _connections(vitals: Vitals) -> Finding:
    says = _("The database has {count} of {allowed} connections.").format(
        count=vitals.connections, allowed=vitals.connections_allowed
    )
    few = vitals.connections <= CROWDED * vitals.connections_allowed
    return Finding("connections", few, says, _("See who holds them (pg_stat_activity), or raise max_connections."))
