"""Metrics in Prometheus's text format: what is counted while requests are answered, and how the installation stands.

Routes are counted by their names, of which there are as many as addresses in the source; nothing that a client sends
becomes a label.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    values,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from thammuu.config.observing.counters import shared_folder
from thammuu.config.observing.current import Observation
from thammuu.config.observing.state import State

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of when it began
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one route, method and class of status adds to."""

    requests: Counter
    seconds: Histogram


class Counting:
    """The counters of one serve process; its methods belong to the event loop."""

    def __init__(self, number: int, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]  # the library leaves it untyped
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "thammuu_requests",
            "Requests answered, by route, method and class of status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "thammuu_request_duration_seconds",
            "Time from a request until its answer began.",
            ("route",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._streams = Gauge(
            "thammuu_streams_open",
            "Live streams that are open.",
            registry=self._registry,
            multiprocess_mode="sum",
        )
        self._streams.set(0)
        self._known: dict[tuple[str, str, int], _Counted] = {}

    def answered(self, seen: Observation) -> None:
        """Count an answer that has begun."""
        key = (seen.route, seen.method, seen.status // 100)
        counted = self._known.get(key)
        if counted is None:
            counted = self._known[key] = self._made(*key)
        counted.requests.inc()
        counted.seconds.observe(seen.seconds)

    def stream(self, change: int) -> None:
        """Count a live stream that was opened (1) or has ended (-1)."""
        self._streams.inc(change)

    def text(self, state: State | None) -> bytes:
        """Return all of it. May block, and be called in any thread."""
        registry = CollectorRegistry()
        if self._folder is not None:
            MultiProcessCollector(registry, str(self._folder))  # type: ignore[no-untyped-call]  # the library leaves it untyped
        else:
            registry.register(_Handed(self._registry))
        registry.register(StateCollector(state))
        return generate_latest(registry)

    def _made(self, route: str, method: str, hundreds: int) -> _Counted:
        labels = (route, method if method in METHODS else "OTHER", f"{hundreds}xx")
        return _Counted(self._requests.labels(*labels), self._seconds.labels(route))


class _Handed(Collector):
    """What another registry collects."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        """Return it."""
        return self._registry.collect()


class StateCollector(Collector):
    """How the installation stands, as gauges. Without a state the database could not be asked."""

    def __init__(self, state: State | None) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Yield what is known; what is not (no backup was made yet) is left out rather than made up."""
        yield GaugeMetricFamily(
            "thammuu_database_up", "Whether the database could be asked (1) or not (0).", float(self._state is not None)
        )
        if self._state is None:
            return
        yield from _of_journal(self._state)
        yield from _of_work(self._state)
        yield from _of_places(self._state)
        yield from _of_care(self._state)


def _gauge(name: str, says: str, value: float | None) -> Iterator[Metric]:
    if value is not None:
        yield GaugeMetricFamily(f"thammuu_{name}", says, float(value))


def _of_journal(state: State) -> Iterator[Metric]:
    vitals = state.vitals
    yield CounterMetricFamily("thammuu_journal_entries", "Entries that have their position.", float(vitals.head))
    yield from _gauge("sealer_lag_entries", "Entries without a position, counted to 10,000.", vitals.unsealed)
    yield from _gauge("sealer_lag_seconds", "How long the oldest entry has waited for its position.", vitals.lag)
    yield from _gauge("sealer_leading", "Whether a sealer holds its lease.", vitals.sealer_leads)
    yield from _gauge("followers_leading", "Whether a worker with followers holds its lease.", vitals.followers_lead)
    lags = GaugeMetricFamily(
        "thammuu_follower_lag_entries", "Entries that a follower has not worked through.", labels=("follower",)
    )
    for name, lag in vitals.followers.items():
        lags.add_metric([name], float(lag))
    yield lags


def _of_work(state: State) -> Iterator[Metric]:
    vitals, attempts = state.vitals, state.attempts
    jobs = GaugeMetricFamily("thammuu_jobs", "Jobs by state, each counted to 10,000.", labels=("state",))
    for name in ("queued", "running", "failed", "stalled"):
        jobs.add_metric([name], float(getattr(vitals, f"jobs_{name}")))
    yield jobs
    yield from _gauge("worker_silent_seconds", "Since the last sign of life of the job worker.", vitals.beat)
    yield from _gauge("sign_in_failures", "Attempts to sign in of the last quarter that failed.", attempts.failures)
    yield from _gauge("sign_in_locked_names", "Names for which no attempt is taken at present.", attempts.locked)
    yield from _gauge("sign_in_blocked_addresses", "Addresses from which none is taken.", attempts.blocked)
    messages = GaugeMetricFamily(
        "thammuu_urging_messages",
        "Messages with urgings: failed in three days, and held up (tried again).",
        labels=("channel", "state"),
    )
    for counts in state.messages:
        messages.add_metric([str(counts.channel), "failed"], float(counts.failed))
        messages.add_metric([str(counts.channel), "held_up"], float(counts.held_up))
    yield messages
    memory = GaugeMetricFamily("thammuu_process_memory_bytes", "Resident memory of a process.", labels=("process",))
    for process in state.processes:
        memory.add_metric([process.name], float(process.memory))
    yield memory


def _of_places(state: State) -> Iterator[Metric]:
    vitals = state.vitals
    yield from _gauge("database_size_bytes", "The database on its disk, without its log.", vitals.size)
    yield from _gauge("database_connections", "Connections of clients to the database server.", vitals.connections)
    yield from _gauge("database_connections_allowed", "How many connections it takes.", vitals.connections_allowed)
    yield from _gauge("disk_free_bytes", "Free where the home is.", state.free)
    yield from _gauge(
        "clock_behind_seconds",
        "How far this machine's clock lies before what was recorded already.",
        state.clock_behind,
    )
    yield from _gauge("clock_difference_seconds", "The database's clock less this machine's.", state.clock_difference)


def _of_care(state: State) -> Iterator[Metric]:
    yield from _gauge("backup_age_seconds", "Since the last base backup was begun.", state.backup_age)
    yield from _gauge("backup_log_waiting_seconds", "How long the log has waited to be carried away.", state.waiting)
    yield from _gauge("drill_age_seconds", "Since the last drill that found everything sound.", state.drill_age)
    yield from _gauge("certificate_left_seconds", "Until the server's certificate ends.", state.certificate_left)


def begin(number: int) -> Counting:
    """Begin to count in this serve process, the how manieth of its run: in the shared files if there are any."""
    return Counting(number, shared_folder())
