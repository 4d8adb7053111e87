"""Reads of alerts and files from outside, as plain rows."""

from thammuu.interop.queries.alerts import (
    AlertFilter,
    AlertList,
    AlertRow,
    Chain,
    alert_list,
    alert_query,
    alert_row,
    chain_of,
    message_of,
    visible_alert,
    waiting_count,
)
from thammuu.interop.queries.areas import alert_features, bounds_of, map_features
from thammuu.interop.queries.files import (
    FileRow,
    Finding,
    file_list,
    file_row,
    files_named,
    told_faults,
    visible_file,
)

__all__ = [
    "AlertFilter",
    "AlertList",
    "AlertRow",
    "Chain",
    "FileRow",
    "Finding",
    "alert_features",
    "alert_list",
    "alert_query",
    "alert_row",
    "bounds_of",
    "chain_of",
    "file_list",
    "file_row",
    "files_named",
    "map_features",
    "message_of",
    "told_faults",
    "visible_alert",
    "visible_file",
    "waiting_count",
]
