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
NOBODY = "00000000-0000-7000-8000-000000000000"
DIRECTIVES = (
    _page("urging"),
    Cell("urging", "post", data={"unit": ""}),
    Cell("urgings_seen", "post"),
    _page("urging_browsers"),
    Cell("urging_browsers", "post", data={"name": "Máy trực", "given": "x"}),
    Cell("urging_browser_removal", "post", made="browser", sees=LEADS),
    _page("urging_channels"),
    Cell("urging_channels", "post", does=ADMINISTERS),
    Cell("urging_policy", made="policy", sees=MINISTRY),
    Cell("urging_policy", "post", made="policy", sees=MINISTRY, does=DECIDES),
    Cell("urging_switch", "post", made="policy", sees=MINISTRY, does=DECIDES),
    Cell("urging_trial", made="policy", sees=MINISTRY, does=DECIDES),
    _page("decisions"),
    _page("new_decision", does=DECIDES),
    Cell("new_decision", "post", does=DECIDES),
    _of_hanoi("decision", "decision"),
    _of_hanoi("decision_draft", "decision"),
    _of_hanoi("new_assignments", "decision", does=DECIDES),
    _act("new_assignments", "decision", DECIDES),
    _of_hanoi("assignment_proposals", "decision", does=DECIDES),
    _act("assignment_proposals", "decision", DECIDES, text="1. Giao Công an xã chủ trì.", signed_on="2026-11-20"),
    _of_hanoi("decision_cascade", "decision", does=DECIDES),
    _act("decision_cascade", "decision", DECIDES, task="rà soát", product="báo cáo", term_days="9"),
    _of_hanoi("decision_release", "decision", does=DECIDES),
    _act("decision_release", "decision", DECIDES, reason="đã thay thế"),
    _page("assignments"),
    _page("assignments_table"),
    _page("follow_up"),
    _page("clause_gaps"),
    _page("follow_up_table"),
    Cell("follow_up_paper", before=("pdf",)),
    _page("deadline_calendar"),
    _page("calendar_feed_making"),
    Cell("calendar_feed_making", "post"),
    # Its token opens it, and nothing else does: tests/interop/test_calendar_feed.py.
    Cell("calendar_feed", before=("thammuu_x",), sees=frozenset(), public=True),
    _of_hanoi("assignment", "assignment"),
    _act("assignment_acknowledgement", "assignment", LEADS),
    _act("assignment_progress", "assignment", LEADS, percent="10", note="đang làm"),
    _of_hanoi("assignment_evidence", "assignment", does=LEADS),
    _act("assignment_evidence", "assignment", LEADS, text="đã xong"),
    _act("assignment_extension", "assignment", DECIDES, **{"extension-deadline": LATER, "extension-reason": "mưa"}),
    _act("assignment_withdrawal", "assignment", DECIDES, **{"withdrawal-reason": "không cần nữa"}),
    _act("assignment_closure", "assignment", DECIDES),
    _act("assignment_reopening", "assignment", DECIDES, **{"reopening-reason": "chưa xong"}),
    _act("assignment_refusal", "assignment", LEADS, **{"refusal-reason": "của đơn vị khác"}),
    _act("assignment_insistence", "assignment", DECIDES, **{"insistence-reason": "của Hà Nội"}),
    _act(
        "assignment_handing_on",
        "assignment",
        LEADS,
        **{"hand_on-unit": NOBODY, "hand_on-title": "chốt", "hand_on-product": "ảnh", "hand_on-deadline": LATER},
    ),
    _act("assignment_clause", "assignment", DECIDES),
    _act("assignment_post", "assignment", LEADS),
    _act("assignment_guidance", "assignment", LEADS, **{"question-question": "làm thế nào?"}),
    _act("guidance_answer", "guidance", DECIDES, **{"answer-answer": "như đã nói"}),
    _act("assignment_extension_request", "assignment", LEADS, **{"request-deadline": LATER, "request-reason": "mưa"}),
    _act("extension_grant", "extension_request", DECIDES),
    _act("extension_refusal", "extension_request", DECIDES, **{"ruling-ruling": "việc gấp"}),
    _act("evidence_verification", "evidence", DECIDES),
    _act("evidence_return", "evidence", DECIDES, **{"return-reason": "thiếu ảnh"}),
    _of_hanoi("attachment", "attachment"),
    _of_hanoi("attachment_thumbnail", "attachment"),
)
DOCUMENTS = (
    _page("documents"),
    _page("document_register"),
    _page("register_table"),
    _page("register_sheet"),
    _page("document_types", does=ADMINISTERS),
    Cell("document_types", "post", does=ADMINISTERS),
    Cell("unit_symbol", "post", does=ADMINISTERS),
    Cell("number_series", "post", does=ADMINISTERS),
    _page("document_templates", does=DECIDES),
    Cell("template_keeping", "post", "document", sees=MINISTRY, does=DECIDES),
    Cell("template_striking", "post", "template", sees=MINISTRY, does=DECIDES),
    _page("new_document", does=DECIDES),
    Cell("new_document", "post", does=DECIDES),
    _page("new_document_file", does=DECIDES),
    Cell("new_document_file", "post", does=DECIDES),
    Cell("document_file", "get", "document", sees=MINISTRY, does=DECIDES),
    Cell("document_file", "post", "document", sees=MINISTRY, does=DECIDES),
    _of_hanoi("document", "issued"),
    _of_hanoi("document_pdf", "issued"),
    _of_hanoi("document_docx", "issued"),
    _of_hanoi("document_edxml", "issued"),
    _of_hanoi("document_version", "issued", after=("1",)),
    _of_hanoi("document_comparison", "issued"),
    Cell("document_signing", "get", "issued", sees=SEES_HANOI, does=DECIDES),
    Cell("document_signing", "post", "issued", sees=SEES_HANOI, does=DECIDES),
    Cell("document_signing_copy", "post", "issued", sees=SEES_HANOI, does=DECIDES),
    Cell("document_signing_pdf", "get", "issued", sees=SEES_HANOI, does=DECIDES),
    Cell("document_signature", "post", "issued", sees=SEES_HANOI, does=DECIDES),
    _page("signature_check"),
    Cell("signature_check", "post"),
    Cell("document_description", "get", "document", sees=MINISTRY, does=DECIDES),
    Cell("document_description", "post", "document", sees=MINISTRY, does=DECIDES),
    Cell("new_section", "get", "document", sees=MINISTRY, does=DECIDES),
    Cell("new_section", "post", "document", sees=MINISTRY, does=DECIDES),
    *(
        Cell(f"document_{step}", "post", "document", sees=MINISTRY, does=DECIDES)
        for step in ("submission", "agreement", "return", "approval", "issue", "abandonment")
    ),
    Cell("document_section", "get", "section", sees=MINISTRY, does=DECIDES),
    Cell("document_section", "post", "section", sees=MINISTRY, does=DECIDES),
    *(
        Cell(f"section_{act}", "post", "section", sees=MINISTRY, does=DECIDES, data={"version": "1"})
        for act in ("taking", "move", "striking")
    ),
    Cell("section_comment", "post", "section", sees=MINISTRY, data={"text": "rõ"}),
)
ORDERED = {"task": "x", "product": "x", "term_days": "1", "urgency": "normal"}
INSPECTED = frozenset({"hanoi_officer"})
INSPECTION = (
    _page("inspections"),
    _page("findings_table"),
    _page("new_inspection", does=DECIDES),
    Cell("new_inspection", "post", does=DECIDES),
    _page("checklists", does=DECIDES),
    Cell("checklists", "post", does=DECIDES),
    Cell("checklist", "get", "checklist", sees=MINISTRY),
    Cell("checklist", "post", "checklist", sees=MINISTRY, does=DECIDES),
    _of_hanoi("inspection", "inspection"),
    _of_hanoi("inspection_sheet", "sheet"),
    _act("inspection_sheet", "sheet", DECIDES),
    *(
        _act(f"inspection_{step}", "inspection", DECIDES)
        for step in ("announcement", "move", "beginning", "report", "conclusion", "closure", "cancellation")
    ),
    _of_hanoi("new_finding", "inspection", does=DECIDES),
    _act("new_finding", "inspection", DECIDES),
    _of_hanoi("finding", "finding"),
    _act("finding_statement", "finding", INSPECTED),
    _of_hanoi("finding_correction", "finding", does=DECIDES),
    _act("finding_correction", "finding", DECIDES, **ORDERED),
    _act("finding_striking", "finding", DECIDES),
    _act("finding_closure", "finding", DECIDES),
)
# Who decides, assigns or carries out for a unit registers and deals with what comes to it.
WORKS = DECIDES | {"hanoi_officer", "hue_officer", "commune_officer"}
INCOMING = (
    _page("incoming"),
    _page("incoming_table"),
    _page("incoming_sheet"),
    _page("incoming_follow_up"),
    _page("incoming_follow_up_table"),
    _page("incoming_follow_up_sheet"),
    _page("new_incoming", does=WORKS),
    Cell("new_incoming", "post", does=WORKS),
    _page("incoming_edxml", does=WORKS),
    Cell("incoming_edxml", "post", does=WORKS),
    _page("register_import", does=WORKS),
    Cell("register_import", "post", does=WORKS),
    Cell("outgoing_import", "post", does=DECIDES),
    Cell("task_import", "post", does=DECIDES),
    _of_hanoi("incoming_document", "incoming"),
    _of_hanoi("incoming_trace", "incoming"),
    _of_hanoi("incoming_signatures", "incoming"),
    _of_hanoi("incoming_correction", "incoming", does=DECIDES),
    _act("incoming_correction", "incoming", DECIDES),
    _act("incoming_passing_on", "incoming", DECIDES),
    _act("incoming_acknowledgement", "incoming", DECIDES | LEADS),
    _act("incoming_answer", "incoming", DECIDES | LEADS),
    _act("incoming_settlement", "incoming", DECIDES | LEADS, **{"settle-reason": "để biết"}),
    _act("incoming_reopening", "incoming", DECIDES, **{"reopen-reason": "nhầm"}),
    _act("incoming_trace", "incoming", DECIDES | LEADS),
    _act("measure_striking", "measure", DECIDES | LEADS),
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
    Cell("ui:worker", public=True),
    Cell("ui:theme", "post", public=True, data={"theme": "dim"}),
    Cell("ui:language", "post", public=True, data={"language": "en"}),
)
CELLS = (
    *ORG, *WATCH_FLOOR, *ALERTS, *DIRECTIVES, *DOCUMENTS, *INSPECTION, *INCOMING, *DESK, *REDACTION, *OPERATION,
    *INTERFACE,
)  # fmt: skip
