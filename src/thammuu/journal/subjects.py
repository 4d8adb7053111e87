"""What a fact may be about and how subjects may be linked. Both lists are closed.

Adding a subject is a reviewed change: none may describe a person, other than the account an officer signs in with.
"""

from enum import StrEnum
from uuid import UUID


class Subject(StrEnum):
    """The kinds of thing a fact or a link may name."""

    UNIT = "unit"
    UNIT_SPELL = "unit_spell"
    UNIT_SUCCESSION = "unit_succession"
    POST = "post"
    HOLDING = "holding"
    ACCOUNT = "account"
    FACTOR = "factor"
    SESSION = "session"
    SIGN_IN_IDENTITY = "sign_in_identity"
    API_TOKEN = "api_token"  # noqa: S105 - the name of a kind
    ADDRESS_BLOCK = "address_block"
    GRANT = "grant"
    DELEGATION = "delegation"
    SUBSTITUTION = "substitution"
    EMERGENCY_OPENING = "emergency_opening"
    EVENT = "event"
    SITE = "site"
    DRAWING = "drawing"
    BOUNDARY = "boundary"
    LOG_ENTRY = "log_entry"
    INCIDENT = "incident"
    INCIDENT_CHANGE = "incident_change"
    REPORTER_CONTACT = "reporter_contact"
    ORDER = "order"
    ORDER_ADDRESSEE = "order_addressee"
    ORDER_LINK = "order_link"
    DECISION = "decision"
    ASSIGNMENT = "assignment"
    ASSIGNMENT_CHANGE = "assignment_change"
    PROGRESS = "progress"
    GUIDANCE = "guidance"
    EXTENSION_REQUEST = "extension_request"
    EVIDENCE = "evidence"
    DOCUMENT = "document"
    DOCUMENT_SECTION = "document_section"
    DOCUMENT_VERSION = "document_version"
    DOCUMENT_CHANGE = "document_change"
    DOCUMENT_COMMENT = "document_comment"
    DOCUMENT_SIGNATURE = "document_signature"
    DOCUMENT_TYPE = "document_type"
    DOCUMENT_TEMPLATE = "document_template"
    NUMBER_SERIES = "number_series"
    UNIT_SYMBOL = "unit_symbol"
    INSPECTION = "inspection"
    INSPECTION_CHANGE = "inspection_change"
    INSPECTION_SHEET = "inspection_sheet"
    FINDING = "finding"
    FINDING_STATEMENT = "finding_statement"
    CHECKLIST = "checklist"
    INCOMING_DOCUMENT = "incoming_document"
    INCOMING_TEXT = "incoming_text"
    CLAUSE_MEASURE = "clause_measure"
    URGING_POLICY = "urging_policy"
    URGING = "urging"
    URGING_ADDRESS = "urging_address"
    URGING_BROWSER = "urging_browser"
    URGING_DELIVERY = "urging_delivery"
    ATTACHMENT = "attachment"
    ALERT = "alert"
    NOTICE = "notice"
    INBOUND_FILE = "inbound_file"
    REDACTION = "redaction"
    INSTALLATION = "installation"


class Relation(StrEnum):
    """How the subject of a fact relates to what its link names."""

    ARISES_FROM = "arises_from"
    CONCERNS = "concerns"
    EVIDENCE_FOR = "evidence_for"
    ASSIGNED_TO = "assigned_to"
    SUPPORTED_BY = "supported_by"
    WATCHED_BY = "watched_by"
    REFERENCES = "references"
    SUPERSEDES = "supersedes"
    ATTACHED_TO = "attached_to"
    ANSWERED_BY = "answered_by"


INSTALLATION = UUID("018f0000-0000-7000-8000-000000000001")
"""The subject of facts about the installation: every journal tells of one only, its own."""
