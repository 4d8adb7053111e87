"""What each post may see and do at every address: the declared side of the authority matrix.

Objects belong to Hà Nội. The posts are: of the ministry above it (chief, staff, duty, admin, viewer), of Hà Nội
itself, of a commune below it, of a sibling province, and nobody at all.
"""

from tests.authority.declaring import ADMINISTERS, EVERYONE, MINISTRY, OPENS, WATCH, Cell, act, of_hanoi, page
from tests.authority.directive_cells import DIRECTIVES, DOCUMENTS, INCOMING, INSPECTION

OPENS_IN_EMERGENCY = EVERYONE - {"admin", "viewer"}
# Whose opening it is, and the superior who reviews it.
REVIEWS = frozenset({"chief", "hanoi_officer"})
# Its own rights, and those of the posts that it oversees.
OVERSEES = frozenset({"admin", "chief", "hanoi_officer"})
# Who lends its rights or names its substitutes, and the administrator above it.
LENT = OVERSEES | {"commune_officer"}
TAKES_BACK = frozenset({"admin", "hanoi_officer"})
ORG = (
    Cell("sign_in", public=True),
    Cell("sign_in", "post", public=True, data={"username": "nobody", "password": "wrong"}),
    Cell("sign_in_second", public=True),
    Cell("sign_in_second", "post", public=True),
    Cell("sign_in_first_use", public=True),
    Cell("sign_in_first_use", "post", public=True),
    Cell("sign_out", "post", public=True),
    page("account"),
    page("account_password"),
    Cell("account_password", "post"),
    Cell("account_lock", "post"),
    Cell("account_unlock", public=True),
    Cell("account_unlock", "post", public=True),
    page("account_passkey"),
    Cell("account_passkey", "post"),
    page("account_app"),
    Cell("account_app", "post"),
    Cell("account_codes", "post", sees=frozenset({"hanoi_officer"})),
    Cell("account_factor_removal", "post", "factor", sees=frozenset({"hanoi_officer"})),
    Cell("account_session_end", "post", "session", sees=frozenset({"hanoi_officer"})),
    Cell("account_sessions_end", "post"),
    Cell("oidc_sign_in", before=("sso",), public=True),
    Cell("oidc_callback", before=("sso",), public=True),
    Cell("oidc_signed_out", before=("sso",), public=True),
    Cell("account_identity_linking", "post", before=("sso",)),
    Cell("account_identity_unlinking", "post", "identity", sees=frozenset({"hanoi_officer", "admin"})),
    Cell("account_identities", "get", "account", sees=frozenset({"admin"})),
    Cell("account_identities", "post", "account", sees=frozenset({"admin"})),
    page("account_token_making"),
    Cell("account_token_making", "post"),
    # Its officer's, and the administrator's.
    Cell("account_token_revocation", "post", "token", sees=frozenset({"hanoi_officer", "admin"})),
    page("account_tokens", does=frozenset({"admin"})),
    page("accounts", does=frozenset({"admin"})),
    page("account_letters", does=frozenset({"admin"})),
    Cell("account_letters", "post", does=frozenset({"admin"})),
    Cell("account_reset", "get", "account", sees=frozenset({"admin"})),
    Cell("account_reset", "post", "account", sees=frozenset({"admin"}), data={"reason": "mất máy"}),
    page("rights"),
    Cell("post_rights", made="hanoi_post", sees=OVERSEES),
    Cell("rights_table", made="hanoi_post", sees=OVERSEES, after=("xlsx",)),
    Cell("new_grant", made="hanoi_post", does=ADMINISTERS),
    Cell("new_grant", "post", made="hanoi_post", does=ADMINISTERS),
    Cell("grant_withdrawal", made="hanoi_grant", sees=OVERSEES, does=ADMINISTERS),
    Cell("grant_withdrawal", "post", made="hanoi_grant", sees=OVERSEES, does=ADMINISTERS, data={"reason": "thôi"}),
    Cell("new_delegation", made="hanoi_grant", sees=frozenset({"hanoi_officer"})),
    Cell("new_delegation", "post", made="hanoi_grant", sees=frozenset({"hanoi_officer"})),
    Cell("delegation_withdrawal", made="delegation", sees=LENT, does=TAKES_BACK),
    Cell("delegation_withdrawal", "post", made="delegation", sees=LENT, does=TAKES_BACK, data={"reason": "về"}),
    Cell("substitutes", made="hanoi_post", sees=OVERSEES, does=TAKES_BACK),
    Cell("substitutes", "post", made="hanoi_post", sees=OVERSEES, does=TAKES_BACK),
    Cell("new_substitution", made="hanoi_post", sees=OVERSEES, does=TAKES_BACK),
    Cell("new_substitution", "post", made="hanoi_post", sees=OVERSEES, does=TAKES_BACK),
    page("substitutions"),
    Cell("substitution_end", "post", made="substitution", sees=LENT, does=TAKES_BACK | {"commune_officer"}),
    page("openings"),
    page("new_opening", does=OPENS_IN_EMERGENCY),
    Cell("new_opening", "post", does=OPENS_IN_EMERGENCY),
    Cell("opening_end", "post", made="opening", sees=REVIEWS),
    Cell("opening_review", "post", made="opening", sees=REVIEWS, does=frozenset({"chief"}), data={"review": "rõ"}),
    of_hanoi("why", "incident", before=("incident",)),
    page("events"),
    page("new_event", does=ADMINISTERS),
    Cell("new_event", "post", does=ADMINISTERS),
    page("units"),
    page("unit_import", does=ADMINISTERS),
    Cell("unit_import", "post", does=ADMINISTERS),
    page("unit_template", does=ADMINISTERS),
    of_hanoi("unit", "unit"),
    act("unit_naming", "unit", ADMINISTERS),
    act("unit_closure", "unit", ADMINISTERS),
    act("unit_merger", "unit", ADMINISTERS),
    act("unit_split", "unit", ADMINISTERS),
    Cell("unit_plan", made="plan", sees=ADMINISTERS),
    Cell("unit_plan_confirmation", "post", made="plan", sees=ADMINISTERS),
    Cell("unit_plan_removal", "post", made="plan", sees=ADMINISTERS),
)
# The order is to Hà Nội.
ADDRESSED = frozenset({"hanoi_officer"})
WATCH_FLOOR = (
    page("board"),
    page("log"),
    Cell("log", "post", does=EVERYONE - {"admin", "viewer"}, data={"text": "ghi chú"}),
    page("log_parse"),
    of_hanoi("log_entry", "entry"),
    # The author's own post may strike too, and the author here is Hà Nội's.
    act("log_strike", "entry", WATCH | {"hanoi_officer"}, reason="nhầm"),
    act("log_incident", "entry", WATCH | {"staff", "hanoi_officer"}, number="1"),
    page("incidents"),
    page("incident_opening", does=OPENS),
    Cell("incident_opening", "post", does=OPENS, data={"title": "x"}),
    of_hanoi("incident", "incident"),
    act("incident_severity", "incident", WATCH, severity="serious"),
    act("incident_status", "incident", WATCH, status="in_progress"),
    act("incident_place", "incident", WATCH, place_text="Chợ"),
    act("incident_closure", "incident", WATCH, outcome="xong"),
    act("incident_reopening", "closed_incident", WATCH, reason="tái diễn"),
    act("incident_contact", "incident", EVERYONE - {"admin", "viewer"}, contact="0912 345 678"),
    act("log_contact", "entry", EVERYONE - {"admin", "viewer"}, contact="0912 345 678"),
    of_hanoi("contact", "contact"),
    act("contact_showing", "contact", WATCH),
    page("orders"),
    page("orders_table"),
    page("my_orders"),
    page("new_order", does=WATCH),
    Cell("new_order", "post", does=WATCH, data={"text": "x"}),
    of_hanoi("order", "order"),
    act("order_withdrawal", "order", WATCH, reason="thôi"),
    act("order_acknowledgement", "addressee", ADDRESSED),
    act("order_refusal", "addressee", ADDRESSED, reason="hết xe"),
    act("order_report", "addressee", ADDRESSED, report="đang đi"),
    act("order_completion", "addressee", ADDRESSED, report="xong"),
    act("order_ruling", "addressee", WATCH, correction="cổng 2"),
    act("order_confirmation", "addressee", WATCH),
    act("order_return", "addressee", WATCH, reason="chưa"),
    act("order_link_making", "addressee", WATCH, hours="1"),
    act("order_link_revocation", "addressee", WATCH),
    # Its token opens it, and nothing else does: tests/watch/orders/test_links.py.
    Cell("order_by_link", before=("thammuu_x",), sees=frozenset(), public=True),
    Cell("order_by_link", "post", before=("thammuu_x",), sees=frozenset(), public=True),
    page("map"),
    Cell(
        "map",
        "post",
        does=WATCH | {"admin"},
        data={"name": "x", "kind": "site", "geometry": '{"type":"Point","coordinates":[105,21]}'},
    ),
    act("drawing_removal", "drawing", WATCH | {"admin"}),
    Cell("boundary_import", "post", does=WATCH | {"admin"}),
    page("boundaries_json"),
    page("incidents_json"),
    page("drawings_json"),
)
HANDLES_ALERTS = frozenset({"chief", "duty"})
ALERTS = (
    page("alerts"),
    page("alert_intake", does=HANDLES_ALERTS),
    Cell("alert_intake", "post", does=HANDLES_ALERTS),
    page("inbound_files"),
    page("map_alerts"),
    Cell("inbound_file", made="file", sees=MINISTRY),
    Cell("inbound_file_content", made="file", sees=MINISTRY),
    Cell("alert", made="alert", sees=MINISTRY),
    Cell("alert_areas", made="alert", sees=MINISTRY),
    Cell("alert_source", made="alert", sees=MINISTRY),
    Cell("alert_acceptance", "post", made="alert", sees=MINISTRY, does=HANDLES_ALERTS),
    Cell(
        "alert_dismissal",
        "post",
        made="alert",
        sees=MINISTRY,
        does=HANDLES_ALERTS,
        data={"dismissal-reason": "đã biết"},
    ),
)
DESK = (
    page("home"),
    of_hanoi("thread", "incident", before=("incident",)),
    page("search"),
    page("search_suggest"),
    page("time_machine"),
    page("journal", does=frozenset({"chief"})),
    Cell("journal_entry", made="journal_entry", does=frozenset({"chief"})),
    *(page(name, does=frozenset({"chief"})) for name in ("proofs", "proof_sheet", "proof_checkpoint", "proof_checker")),
)
REDACTS = frozenset({"chief", "staff"})
# The redaction was proposed by the staff officer.
REDACTION = (
    page("redactions", does=REDACTS),
    Cell("new_redaction", made="entry", does=REDACTS, before=("log_entry",)),
    Cell("new_redaction", "post", "entry", does=REDACTS, before=("log_entry",)),
    Cell("redaction", made="redaction", does=REDACTS),
    Cell("redaction_withdrawal", "post", "redaction", does=frozenset({"staff"}), data={"reason": "nhầm"}),
    Cell("redaction_refusal", "post", "redaction", does=frozenset({"chief"}), data={"reason": "không cần"}),
    Cell("redaction_confirmation", "post", "redaction", does=frozenset({"chief"})),
)
OPERATES = frozenset({"chief", "admin"})
OPERATION = (
    page("interface"),
    page("backups", does=OPERATES),
    Cell("trust", public=True),
    page("system", does=OPERATES),
    page("system_export", does=OPERATES),
    Cell("job_again", "post", does=OPERATES, data={"job": "1"}),
)
INTERFACE = (
    Cell("ui:style", public=True),
    Cell("ui:style-map", public=True),
    Cell("ui:worker", public=True),
    Cell("ui:theme", "post", public=True, data={"theme": "dim"}),
    Cell("ui:language", "post", public=True, data={"language": "en"}),
)
CELLS = (
    *ORG, *WATCH_FLOOR, *ALERTS, *DIRECTIVES, *DOCUMENTS, *INSPECTION, *INCOMING, *DESK, *REDACTION, *OPERATION,
    *INTERFACE,
)  # fmt: skip
