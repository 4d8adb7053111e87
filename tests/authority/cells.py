"""What each post may see and do at every address: the declared side of the authority matrix.

Objects belong to Hà Nội. The posts are: of the ministry above it (chief, staff, duty, admin, viewer), of Hà Nội
itself, of a commune below it, of a sibling province, and nobody at all.
"""

from dataclasses import dataclass, field

MINISTRY = frozenset({"chief", "staff", "duty", "admin", "viewer"})
EVERYONE = MINISTRY | {"hanoi_officer", "hue_officer", "commune_officer"}
SEES_HANOI = MINISTRY | {"hanoi_officer"}
WATCH = frozenset({"chief", "duty"})
OPENS = EVERYONE - {"staff", "admin", "viewer"}


@dataclass(frozen=True)
class Cell:
    """One address and method. `sees`: whom it exists for (others 404); `does`: who is not refused (others 403).

    `before` and `after` stand in the address before and after the object's id.
    """

    name: str
    method: str = "get"
    made: str = ""
    sees: frozenset[str] = EVERYONE
    does: frozenset[str] = EVERYONE
    data: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    public: bool = False


def _page(name: str, **kwargs: object) -> Cell:
    return Cell(name, "get", **kwargs)  # type: ignore[arg-type]


def _of_hanoi(name: str, made: str, **kwargs: object) -> Cell:
    return Cell(name, "get", made, sees=SEES_HANOI, **kwargs)  # type: ignore[arg-type]


def _act(name: str, made: str, does: frozenset[str], **data: str) -> Cell:
    return Cell(name, "post", made, sees=SEES_HANOI, does=does, data=data)


ADMINISTERS = frozenset({"admin"})
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
    _page("account"),
    _page("account_password"),
    Cell("account_password", "post"),
    Cell("account_lock", "post"),
    Cell("account_unlock", public=True),
    Cell("account_unlock", "post", public=True),
    _page("account_passkey"),
    Cell("account_passkey", "post"),
    _page("account_app"),
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
    _page("account_token_making"),
    Cell("account_token_making", "post"),
    # Its officer's, and the administrator's.
    Cell("account_token_revocation", "post", "token", sees=frozenset({"hanoi_officer", "admin"})),
    _page("account_tokens", does=frozenset({"admin"})),
    _page("accounts", does=frozenset({"admin"})),
    _page("account_letters", does=frozenset({"admin"})),
    Cell("account_letters", "post", does=frozenset({"admin"})),
    Cell("account_reset", "get", "account", sees=frozenset({"admin"})),
    Cell("account_reset", "post", "account", sees=frozenset({"admin"}), data={"reason": "mất máy"}),
    _page("rights"),
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
    _page("substitutions"),
    Cell("substitution_end", "post", made="substitution", sees=LENT, does=TAKES_BACK | {"commune_officer"}),
    _page("openings"),
    _page("new_opening", does=OPENS_IN_EMERGENCY),
    Cell("new_opening", "post", does=OPENS_IN_EMERGENCY),
    Cell("opening_end", "post", made="opening", sees=REVIEWS),
    Cell("opening_review", "post", made="opening", sees=REVIEWS, does=frozenset({"chief"}), data={"review": "rõ"}),
    _of_hanoi("why", "incident", before=("incident",)),
    _page("events"),
    _page("new_event", does=ADMINISTERS),
    Cell("new_event", "post", does=ADMINISTERS),
    _page("units"),
    _page("unit_import", does=ADMINISTERS),
    Cell("unit_import", "post", does=ADMINISTERS),
    _page("unit_template", does=ADMINISTERS),
    _of_hanoi("unit", "unit"),
    _act("unit_naming", "unit", ADMINISTERS),
    _act("unit_closure", "unit", ADMINISTERS),
    _act("unit_merger", "unit", ADMINISTERS),
    _act("unit_split", "unit", ADMINISTERS),
    Cell("unit_plan", made="plan", sees=ADMINISTERS),
    Cell("unit_plan_confirmation", "post", made="plan", sees=ADMINISTERS),
    Cell("unit_plan_removal", "post", made="plan", sees=ADMINISTERS),
)
WATCH_FLOOR = (
    _page("board"),
    _page("log"),
    Cell("log", "post", does=EVERYONE - {"admin", "viewer"}, data={"text": "ghi chú"}),
    _page("log_parse"),
    _of_hanoi("log_entry", "entry"),
    # The author's own post may strike too, and the author here is Hà Nội's.
    _act("log_strike", "entry", WATCH | {"hanoi_officer"}, reason="nhầm"),
    _act("log_incident", "entry", WATCH | {"staff", "hanoi_officer"}, number="1"),
    _page("incidents"),
    _page("incident_opening", does=OPENS),
    Cell("incident_opening", "post", does=OPENS, data={"title": "x"}),
    _of_hanoi("incident", "incident"),
    _act("incident_severity", "incident", WATCH, severity="serious"),
    _act("incident_status", "incident", WATCH, status="in_progress"),
    _act("incident_place", "incident", WATCH, place_text="Chợ"),
    _act("incident_closure", "incident", WATCH, outcome="xong"),
    _act("incident_reopening", "closed_incident", WATCH, reason="tái diễn"),
    _act("incident_contact", "incident", EVERYONE - {"admin", "viewer"}, contact="0912 345 678"),
    _act("log_contact", "entry", EVERYONE - {"admin", "viewer"}, contact="0912 345 678"),
    _of_hanoi("contact", "contact"),
    _act("contact_showing", "contact", WATCH),
    _page("map"),
    Cell(
        "map",
        "post",
        does=WATCH | {"admin"},
        data={"name": "x", "kind": "site", "geometry": '{"type":"Point","coordinates":[105,21]}'},
    ),
    _act("drawing_removal", "drawing", WATCH | {"admin"}),
    Cell("boundary_import", "post", does=WATCH | {"admin"}),
    _page("boundaries_json"),
    _page("incidents_json"),
    _page("drawings_json"),
)
HANDLES_ALERTS = frozenset({"chief", "duty"})
ALERTS = (
    _page("alerts"),
    _page("alert_intake", does=HANDLES_ALERTS),
    Cell("alert_intake", "post", does=HANDLES_ALERTS),
    _page("inbound_files"),
    _page("map_alerts"),
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
DECIDES = frozenset({"chief", "staff"})
LEADS = frozenset({"hanoi_officer"})
LATER = "2027-01-04T10:00"
DIRECTIVES = (
    _page("decisions"),
    _page("new_decision", does=DECIDES),
    Cell("new_decision", "post", does=DECIDES),
    _of_hanoi("decision", "decision"),
    _of_hanoi("new_assignments", "decision", does=DECIDES),
    _act("new_assignments", "decision", DECIDES),
    _of_hanoi("assignment_proposals", "decision", does=DECIDES),
    _act("assignment_proposals", "decision", DECIDES, text="1. Giao Công an xã chủ trì.", signed_on="2026-11-20"),
    _page("assignments"),
    _of_hanoi("assignment", "assignment"),
    _act("assignment_acknowledgement", "assignment", LEADS),
    _act("assignment_progress", "assignment", LEADS, percent="10", note="đang làm"),
    _of_hanoi("assignment_evidence", "assignment", does=LEADS),
    _act("assignment_evidence", "assignment", LEADS, text="đã xong"),
    _act("assignment_extension", "assignment", DECIDES, **{"extension-deadline": LATER, "extension-reason": "mưa"}),
    _act("assignment_withdrawal", "assignment", DECIDES, **{"withdrawal-reason": "không cần nữa"}),
    _act("assignment_closure", "assignment", DECIDES),
    _act("evidence_verification", "evidence", DECIDES),
    _act("evidence_return", "evidence", DECIDES, **{"return-reason": "thiếu ảnh"}),
    _of_hanoi("attachment", "attachment"),
    _of_hanoi("attachment_thumbnail", "attachment"),
)
DESK = (
    _page("home"),
    _of_hanoi("thread", "incident", before=("incident",)),
    _page("search"),
    _page("search_suggest"),
    _page("time_machine"),
    _page("journal", does=frozenset({"chief"})),
    Cell("journal_entry", made="journal_entry", does=frozenset({"chief"})),
    *(
        _page(name, does=frozenset({"chief"}))
        for name in ("proofs", "proof_sheet", "proof_checkpoint", "proof_checker")
    ),
)
REDACTS = frozenset({"chief", "staff"})
# The redaction was proposed by the staff officer.
REDACTION = (
    _page("redactions", does=REDACTS),
    Cell("new_redaction", made="entry", does=REDACTS, before=("log_entry",)),
    Cell("new_redaction", "post", "entry", does=REDACTS, before=("log_entry",)),
    Cell("redaction", made="redaction", does=REDACTS),
    Cell("redaction_withdrawal", "post", "redaction", does=frozenset({"staff"}), data={"reason": "nhầm"}),
    Cell("redaction_refusal", "post", "redaction", does=frozenset({"chief"}), data={"reason": "không cần"}),
    Cell("redaction_confirmation", "post", "redaction", does=frozenset({"chief"})),
)
OPERATES = frozenset({"chief", "admin"})
OPERATION = (
    _page("interface"),
    _page("backups", does=OPERATES),
    Cell("trust", public=True),
    _page("system", does=OPERATES),
    _page("system_export", does=OPERATES),
    Cell("job_again", "post", does=OPERATES, data={"job": "1"}),
)
INTERFACE = (
    Cell("ui:style", public=True),
    Cell("ui:style-map", public=True),
    Cell("ui:theme", "post", public=True, data={"theme": "dim"}),
    Cell("ui:language", "post", public=True, data={"language": "en"}),
)
CELLS = (*ORG, *WATCH_FLOOR, *ALERTS, *DIRECTIVES, *DESK, *REDACTION, *OPERATION, *INTERFACE)
