"""What each token may see and do at every address of the programming interface: the declared side.

A token acts for a post, so its cells are those of the posts, and it needs the scope besides. Objects belong to Hà Nội.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.authority.cells import ADDRESSED, HANDLES_ALERTS
from tests.authority.declaring import EVERYONE, MINISTRY, OPENS, SEES_HANOI, WATCH
from tests.authority.directive_cells import LEADS, NOBODY


@dataclass(frozen=True)
class ApiCell:
    """One address and method. `sees`: for whose tokens it exists (others 404); `does`: whose are not refused (403).

    `scope` is what the token needs, "" for none at all (then no token is needed). `said` may name what was made.
    """

    name: str
    scope: str
    method: str = "get"
    made: str = ""
    sees: frozenset[str] = EVERYONE
    does: frozenset[str] = EVERYONE
    said: dict[str, Any] = field(default_factory=dict)
    kind: str = "application/json"


def _reads(name: str, area: str, made: str = "", sees: frozenset[str] = SEES_HANOI) -> ApiCell:
    return ApiCell(name, f"{area}:read", made=made, sees=sees if made else EVERYONE)


def _act(name: str, area: str, made: str, does: frozenset[str], **said: Any) -> ApiCell:
    return ApiCell(name, f"{area}:write", "put", made, SEES_HANOI, does, said)


READS_JOURNAL = frozenset({"chief"})
WRITES_LOG = EVERYONE - {"admin", "viewer"}
API_CELLS = (
    ApiCell("openapi-json", ""),
    ApiCell("nowhere", "", sees=frozenset()),
    _reads("log", "log"),
    ApiCell("log", "log:write", "post", does=WRITES_LOG, said={"text": "ghi chú"}),
    _reads("log_entry", "log", "entry"),
    # The author's own post may strike too, and the author here is Hà Nội's.
    _act("log_strike", "log", "entry", WATCH | {"hanoi_officer"}, reason="nhầm"),
    _reads("incidents", "incidents"),
    ApiCell("incidents", "incidents:write", "post", does=OPENS, said={"title": "x"}),
    _reads("incident", "incidents", "incident"),
    _act("incident_severity", "incidents", "incident", WATCH, severity="serious"),
    _act("incident_status", "incidents", "incident", WATCH, status="in_progress"),
    _act("incident_closure", "incidents", "incident", WATCH, outcome="xong"),
    _reads("orders", "orders"),
    ApiCell("orders", "orders:write", "post", does=WATCH, said={"text": "về", "to": [{"unit": NOBODY}]}),
    _reads("order", "orders", "order"),
    _act("order_acknowledgement", "orders", "order", ADDRESSED),
    ApiCell("order_reports", "orders:write", "post", "order", SEES_HANOI, ADDRESSED, {"report": "đang đi"}),
    _reads("units", "units"),
    _reads("unit", "units", "unit"),
    _reads("unit_tree", "units", "unit"),
    _reads("assignments", "assignments"),
    _reads("assignment", "assignments", "assignment"),
    ApiCell(
        "assignment_progress",
        "assignments:write",
        "post",
        "assignment",
        SEES_HANOI,
        LEADS,
        {"percent": 10, "note": "đang làm"},
    ),
    _reads("inspections", "inspections"),
    _reads("inspection", "inspections", "inspection"),
    _reads("findings", "inspections"),
    _reads("finding", "inspections", "finding"),
    _reads("incoming_documents", "incoming"),
    _reads("incoming_document", "incoming", "incoming"),
    _reads("alerts", "alerts"),
    ApiCell("alerts", "alerts:write", "post", does=HANDLES_ALERTS, said={"x": "no XML"}, kind="text/xml"),
    _reads("alert", "alerts", "alert", MINISTRY),
    _reads("alert_cap", "alerts", "alert", MINISTRY),
    ApiCell("journal_entries", "journal:read", does=READS_JOURNAL),
    ApiCell("journal_entry", "journal:read", made="journal_entry", does=READS_JOURNAL),
    # Nothing is signed here: to a reader too it does not exist.
    ApiCell("journal_proof", "journal:read", made="journal_entry", sees=EVERYONE - READS_JOURNAL, does=frozenset()),
    ApiCell("journal_checkpoint", "journal:read", sees=EVERYONE - READS_JOURNAL, does=frozenset()),
)
