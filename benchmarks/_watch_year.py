"""A journal of a year's watch for the benchmark of search: made up from a seed, written by COPY."""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from thammuu.kernel.actor import Actor

START = datetime(2025, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=365)
BATCH = 50_000
NEWEST = 200
PROVINCES, COMMUNES = 34, 129
INCIDENT_EVERY = 50
# Some words of the floor, the frequent ones first.
SYLLABLES = tuple(
    each
    for line in (
        "cháy chợ đường phố quận phường xã tàu hỏa xe tải cầu sông mưa lũ ngập bão gió điện nước cấp cứu người dân",
        "tai nạn giao thông ùn tắc hòa bình thủy đê vỡ rừng khói nổ gas kho xăng trường học bệnh viện sân vận động",
        "khán giả đông vé cổng an ninh trật tự lực lượng công quân đội cảnh sát chữa tổ trực ban báo cáo yêu hỗ trợ",
        "tăng cường tuần tra kiểm soát chốt chặn phân luồng sơ tán di dời thiệt hại mất tích bị thương đã xử lý",
    )
    for each in line.split()
)


class Tree:
    """A ministry, provinces and communes."""

    def __init__(self) -> None:
        chance = random.Random(7)
        self.ministry = uuid_of(chance)
        self.provinces = [uuid_of(chance) for _number in range(PROVINCES)]
        self.communes = {province: [uuid_of(chance) for _number in range(COMMUNES)] for province in self.provinces}

    def readers(self) -> dict[str, "Actor"]:
        """Return the reader of everything, of a province with all below it, and of a commune."""
        from thammuu.kernel.actor import Actor, Scope

        province = self.provinces[3]
        scopes = {
            "ministry": None,
            "province": frozenset({province, *self.communes[province]}),
            "commune": frozenset({self.communes[province][5]}),
        }
        return {name: Actor(None, None, None, scope=Scope(units)) for name, units in scopes.items()}


def uuid_of(chance: random.Random) -> UUID:
    """Return a random id that is the same in every run."""
    return UUID(int=chance.getrandbits(128), version=4)


def told(text: str) -> None:
    """Say how far the run is, on standard error."""
    sys.stderr.write(f"{text}\n")


def write(count: int, tree: Tree) -> None:
    """Fill the journal, the index and the incidents, batch by batch.

    The index's GIN is built before the newest entries come, which therefore wait in its list as they do in the product.
    """
    from django.db import connection

    from thammuu.desk.models import SearchEntry

    [lexemes] = [index for index in SearchEntry._meta.indexes if index.name == "desk_search_lexemes"]
    entries = told_entries(count, tree)
    states: dict[UUID, dict[str, Any]] = {}
    with connection.schema_editor() as editor:
        editor.remove_index(SearchEntry, lexemes)
    fill(islice(entries, count - NEWEST), states)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
    with connection.schema_editor() as editor:
        editor.add_index(SearchEntry, lexemes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    fill(entries, states)
    copy(f"watch_incident (id, {', '.join(INCIDENT)})", incidents(states))


def fill(entries: Iterator["Told"], states: dict[UUID, dict[str, Any]]) -> None:
    """Write entries to the journal and the index, and note what they make of the incidents."""
    from thammuu.desk.indexing import COLUMNS

    while batch := list(islice(entries, BATCH)):
        copy(f"journal_entry ({ENTRY})", (entry_row(*each) for each in batch))
        copy("journal_body (entry, salt, text)", ((each[1], b"", each[7]) for each in batch))
        copy("journal_sealed (position, entry, sealed_at)", ((each[0], each[1], each[6]) for each in batch))
        copy(f"desk_search ({', '.join(COLUMNS)})", (indexed(each) for each in batch))
        note_incidents(states, batch)
        told(f"  {batch[-1][0]} entries")


ENTRY = (
    "id, sequence, kind, version, world, classification, units, claimed_at, recorded_at, subject_kind, subject_id,"
    " body_digest"
)
# (position, entry id, kind, subject kind, subject id, units, recorded at, body, text)
Told = tuple[int, UUID, str, str, UUID, list[UUID], datetime, str, str]
INCIDENT = ("world", "units", "event_id", "number", "kind", "title", "severity", "status", "mark", "unit_id",
            "place_text", "lat", "lon", "opened_at", "recorded_at", "changed_at", "closed_at", "outcome")  # fmt: skip


def told_entries(count: int, tree: Tree) -> Iterator[Told]:
    """Yield log entries, and among them incidents that open and, most of them, close a few days later."""
    import orjson

    chance = random.Random(11)
    common = SYLLABLES
    waiting: list[tuple[int, UUID, list[UUID]]] = []
    for position in range(1, count + 1):
        at = START + SPAN * (position / count)
        id, subject = uuid_of(chance), uuid_of(chance)
        if waiting and waiting[0][0] <= position:
            _due, incident, units = waiting.pop(0)
            sets: dict[str, Any] = {"status": "closed", "closed_at": at.isoformat(), "changed_at": at.isoformat(),
                                    "outcome": "Đã xử lý xong"}  # fmt: skip
            body = orjson.dumps({"sets": sets, "context": {}, "links": []}).decode()
            yield position, id, "watch.incident_closed", "incident", incident, units, at, body, sets["outcome"]
            continue
        units, text = units_of(chance, tree), words_of(chance, common, position)
        if position % INCIDENT_EVERY == 0:
            sets = incident_sets(subject, position, units, text[:60], at)
            body = orjson.dumps({"sets": sets, "context": {}, "links": []}).decode()
            if chance.random() < 0.975:
                waiting.append((position + count // 200, subject, units))
            yield position, id, "watch.incident_opened", "incident", subject, units, at, body, sets["title"]
        else:
            body = orjson.dumps({"sets": log_sets(units, text, at), "context": {}, "links": []}).decode()
            yield position, id, "watch.log_entry_written", "log_entry", subject, units, at, body, text


def units_of(chance: random.Random, tree: Tree) -> list[UUID]:
    """Return the ministry's unit and that of a commune or of its province."""
    province = chance.choice(tree.provinces)
    return [tree.ministry, chance.choice(tree.communes[province])] if chance.random() < 0.8 else [province]


def words_of(chance: random.Random, common: Sequence[str], position: int) -> str:
    """Return a line of twelve syllables, the earlier ones of the list far more frequent, now and then a rare one."""
    line = [common[min(int(chance.expovariate(1 / 30)), len(common) - 1)] for _place in range(12)]
    if chance.random() < 0.02:
        line.append(f"ma{chance.randrange(6)}")
    if chance.random() < 0.0002:
        line.append(f"hiem{chance.randrange(5)}")
    return f"{' '.join(line).capitalize()} {position % 500}"


def incident_sets(id: UUID, number: int, units: list[UUID], title: str, at: datetime) -> dict[str, Any]:
    """Return what the opening of an incident sets."""
    values = ("real", [str(unit) for unit in units], None, number, "fire", title, "serious", "reported", "",
              str(units[-1]), "", None, None, at.isoformat(), at.isoformat(), at.isoformat(), None, "")  # fmt: skip
    return dict(zip(INCIDENT, values, strict=True))


def log_sets(units: list[UUID], text: str, at: datetime) -> dict[str, Any]:
    """Return what the writing of a log entry sets."""
    return {
        "world": "real", "units": [str(unit) for unit in units], "event_id": None, "unit_id": str(units[-1]),
        "kind": "report", "happened_at": at.isoformat(), "recorded_at": at.isoformat(), "text": text,
        "place_text": "", "lat": None, "lon": None, "incident_id": None, "attachments": [], "account_id": None,
        "post_id": None, "struck_at": None, "struck_reason": "", "struck_post_id": None,
    }  # fmt: skip


def entry_row(*told: Any) -> tuple[Any, ...]:
    """Return the row of `journal_entry`."""
    position, id, kind, subject_kind, subject, units, at, _body, _text = told
    return id, position, kind, 1, "real", 0, units, at, at, subject_kind, subject, b""


def note_incidents(states: dict[UUID, dict[str, Any]], entries: Sequence[Told]) -> None:
    """Keep what the incidents' facts set."""
    import orjson

    for _position, _id, _kind, subject_kind, subject, _units, _at, body, _text in entries:
        if subject_kind == "incident":
            states.setdefault(subject, {}).update(orjson.loads(body)["sets"])


def incidents(states: dict[UUID, dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that the incidents' facts leave."""
    for id, state in states.items():
        yield id, *(([UUID(unit) for unit in state[name]] if name == "units" else state[name]) for name in INCIDENT)


def indexed(told: Told) -> tuple[Any, ...]:
    """Return the row of the search index, as the product's follower makes it."""
    from thammuu.desk.indexing import search_row

    position, id, kind, subject_kind, subject, units, at, _body, text = told
    row = search_row(position=position, entry=id, kind=kind, subject=(subject_kind, subject), world="real",
                     units=units, at=at, text=text)  # fmt: skip
    return *row[:-1], " ".join(f"'{lexeme}'" for lexeme in row[-1])


def copy(target: str, rows: Iterator[tuple[Any, ...]]) -> None:
    """Write the rows by COPY."""
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
