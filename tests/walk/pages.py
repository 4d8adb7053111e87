"""Every page of the address list, each at an example that the running demo holds."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.interop.messages import message

# What answers a script or hands out a file; its own tests read it.
DATA = frozenset(
    {
        "search_suggest", "log_parse", "attachment", "attachment_thumbnail", "alert_source", "alert_areas",
        "inbound_file_content", "map_alerts", "boundaries_json", "incidents_json", "drawings_json", "style-map",
        "worker",
        "proof_checkpoint", "proof_checker", "system_export",
        "unit_template", "rights_table", "decision_draft", "document_pdf", "document_docx", "document_edxml",
        "document_signing_pdf", "register_table", "register_sheet", "follow_up_table", "follow_up_paper",
        "assignments_table", "calendar_feed",
        "findings_table",
        "orders_table",
        "incoming_table", "incoming_sheet", "incoming_follow_up_table", "incoming_follow_up_sheet",
    }
)  # fmt: skip
# What only takes a form: opened as a page it says so.
FORMS = frozenset(
    {
        "account_lock", "account_token_revocation", "account_identity_linking", "account_identity_unlinking",
        "account_codes", "account_factor_removal", "account_session_end", "account_sessions_end",
        "sign_out", "unit_naming", "unit_closure", "unit_merger", "unit_split",
        "unit_plan_confirmation", "unit_plan_removal", "opening_end", "opening_review", "substitution_end", "job_again",
        "theme", "language",
        "drawing_removal", "boundary_import",
        "log_strike", "log_incident", "log_contact", "incident_contact", "contact_showing",
        "incident_severity", "incident_status", "incident_place", "incident_closure", "incident_reopening",
        "assignment_acknowledgement", "assignment_progress", "assignment_extension", "assignment_closure",
        "assignment_reopening", "assignment_refusal", "assignment_insistence", "assignment_handing_on",
        "assignment_clause", "assignment_post",
        "assignment_guidance", "guidance_answer", "assignment_extension_request", "extension_grant",
        "extension_refusal", "assignment_withdrawal", "evidence_verification", "evidence_return",
        "document_submission", "document_agreement", "document_return", "document_approval", "document_issue",
        "document_signature", "document_signing_copy", "template_keeping", "template_striking",
        "document_abandonment", "section_taking", "section_move", "section_striking", "section_comment", "unit_symbol",
        "urging_switch", "urgings_seen", "urging_browser_removal", "number_series",
        "inspection_announcement", "inspection_move", "inspection_beginning", "inspection_report",
        "inspection_conclusion", "inspection_closure", "inspection_cancellation",
        "finding_statement", "finding_striking", "finding_closure",
        "incoming_files", "incoming_passing_on", "incoming_acknowledgement", "incoming_answer", "incoming_settlement",
        "incoming_reopening", "measure_striking", "task_import", "outgoing_import",
        "redaction_confirmation", "redaction_refusal", "redaction_withdrawal",
        "alert_acceptance", "alert_dismissal",
        "order_withdrawal", "order_acknowledgement", "order_refusal", "order_report", "order_completion",
        "order_ruling", "order_confirmation", "order_return", "order_link_making", "order_link_revocation",
    }
)  # fmt: skip
# Pages without anything to choose in their address; also empty, narrowed to nothing, and faulty ones.
PLAIN = {
    "home": "/",
    "search": "/search/",
    "time_machine": "/time-machine/",
    "journal": "/journal/",
    "proofs": "/proofs/",
    "proof_sheet": "/proofs/sheet/",
    "redactions": "/redactions/",
    "backups": "/backups/",
    "trust": "/trust/",
    "system": "/system/",
    "interface": "/api/",
    "rights": "/rights/",
    "openings": "/rights/openings/",
    "substitutions": "/rights/substitutions/",
    "new_opening": "/rights/openings/new/",
    "events": "/events/",
    "units": "/units/",
    "account": "/account/",
    "account_password": "/account/password/",
    "account_app": "/account/app/",
    "account_passkey": "/account/passkey/",
    "account_token_making": "/account/tokens/new/",
    "unit_import": "/units/import/",
    "decisions": "/decisions/",
    "new_decision": "/decisions/new/",
    "documents": "/documents/",
    "new_document": "/documents/new/",
    "new_document_file": "/documents/new/file/",
    "signature_check": "/documents/signature-check/",
    "document_templates": "/documents/templates/",
    "document_register": "/documents/register/",
    "incoming": "/documents/incoming/",
    "incoming_follow_up": "/documents/incoming/follow-up/",
    "new_incoming": "/documents/incoming/new/",
    "incoming_edxml": "/documents/incoming/edxml/",
    "register_import": "/documents/incoming/import/",
    "assignments": "/assignments/",
    "follow_up": "/follow-up/",
    "clause_gaps": "/follow-up/gaps/",
    "inspections": "/inspections/",
    "new_inspection": "/inspections/new/",
    "checklists": "/inspections/checklists/",
    "deadline_calendar": "/follow-up/calendar/",
    "calendar_feed_making": "/follow-up/calendar/feeds/new/",
    "urging": "/urging/",
    "urging_channels": "/urging/channels/",
    "urging_browsers": "/urging/browsers/",
    "alerts": "/alerts/",
    "alert_intake": "/alerts/intake/",
    "inbound_files": "/alerts/files/",
    "board": "/watch/",
    "log": "/watch/log/",
    "incidents": "/incidents/",
    "incident_opening": "/incidents/new/",
    "orders": "/orders/",
    "my_orders": "/orders/mine/",
    "new_order": "/orders/new/",
    "map": "/map/",
    "style": "/style/",
}
# What the administrator of accounts sees.
ADMINISTERED = {
    "accounts": "/accounts/",
    "account_tokens": "/accounts/tokens/",
    "account_letters": "/accounts/letters/",
    "new_event": "/events/new/",
    "document_types": "/documents/types/",
}
# Opened by a link with a token; `test_orders` looks at it.
BY_LINK = frozenset({"order_by_link"})
# Pages on the way into an account; `test_account` and `test_other_provider` look at each where it comes.
ON_THE_WAY = frozenset(
    {
        "sign_in", "sign_in_second", "sign_in_first_use", "account_unlock", "account_reset",
        "oidc_sign_in", "oidc_callback", "oidc_signed_out", "account_identities",
        "new_grant", "grant_withdrawal", "delegation_withdrawal",
    }
)  # fmt: skip
STATES = (
    "/search/?q=nước",
    "/search/?q=zzzz",
    "/watch/?q=zzzz",
    "/watch/log/?q=zzzz",
    "/incidents/?q=zzzz",
    "/orders/?q=zzzz",
    "/orders/?which=overdue",
    "/decisions/?q=zzzz",
    "/assignments/?q=zzzz",
    "/follow-up/?until=2020-01-01",
    "/follow-up/gaps/?since=2020-01-01&until=2020-01-02",
    "/follow-up/calendar/?whose=all",
    "/documents/?q=zzzz",
    "/inspections/?q=zzzz",
    "/alerts/?group=all&q=zzzz",
    "/units/?q=zzzz",
    "/time-machine/?at=2020-01-01T00:00",
    "/proofs/?position=5",
    "/proofs/sheet/?day=2020-01-01",
    "/nowhere/",
    "/units/?on=2024-01-01",
)
# Whose unit leads the assignment among the objects.
LEAD = "danang"


def names() -> set[str]:
    """The names of every address that the product answers to people; `tests/api` asks those for programs."""

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for each in patterns:
            if isinstance(each, URLResolver):
                if each.namespace == "api":
                    continue
                yield from walk(each.url_patterns)
            else:
                yield str(each.name)

    return set(walk(get_resolver().url_patterns))


def objects_of(page: Page, url: str) -> dict[str, str]:
    """The pages of single objects, by name: what the chief reaches from the lists, after one good and one bad alert."""

    def first(address: str, selector: str) -> str:
        page.goto(f"{url}{address}")
        return str(page.locator(selector).first.get_attribute("href"))

    page.goto(f"{url}/alerts/intake/")
    good, bad = (
        {"name": name, "mimeType": "application/xml", "buffer": content}
        for name, content in (("good.xml", message().encode()), ("bad.xml", b"<alert"))
    )
    page.set_input_files("input[type=file]", [good, bad])
    page.locator("form.form button.primary").click()
    page.wait_for_selector("a[href^='/alerts/files/']")
    incident = first("/incidents/", "#main .rows a.row-title")
    page.goto(f"{url}{incident}")
    page.locator("details:has([name=contact]) summary").click()
    page.fill("[name=contact]", "0912 345 678")
    page.locator("details:has([name=contact]) button").click()
    page.wait_for_selector("a[href^='/contacts/']")
    proposal = first("/watch/log/", "#main .rows a.row-title").replace("/watch/log/", "/redactions/new/log_entry/")
    page.goto(f"{url}/redactions/")
    if not page.locator("#redactions a.row-title").count():
        page.goto(f"{url}{proposal}")
        page.select_option("[name=reason_class]", "personal")
        page.fill("[name=reason]", "Có dữ liệu cá nhân")
        page.locator("#proposal button").click()
        page.wait_for_url("**/redactions/*/")
    decision = first("/decisions/", "#main table a")
    # It was submitted once: what other walks have begun has no version yet.
    draft = first("/documents/?state=draft", "#main .rows a.row-title:has-text('kết quả đưa khán giả')")
    issued = first("/documents/?state=issued", "#main .rows a.row-title")
    page.goto(f"{url}{draft}")
    section = str(page.locator("#text article").first.get_attribute("id")).removeprefix("section-")
    incoming = first("/documents/incoming/", "#main table tbody a")
    own = first("/rights/?q=truc chi huy", "#main .rows a.row-title")
    policy = first("/urging/", "#main .rows a.row-title")
    visit = first("/inspections/", "#main .rows a.row-title")
    finding = first(visit, "#findings a.row-title")
    assignment = first("/assignments/", "#main .rows li:has-text('Đà Nẵng') a.row-title")
    return {
        "incident": incident,
        "new_redaction": proposal,
        "redaction": first("/redactions/", "#redactions a.row-title"),
        "contact": first(incident, "a[href^='/contacts/']"),
        "log_entry": first("/watch/log/", "#main .rows a.row-title"),
        "order": first("/orders/", "#main .rows a.row-title"),
        "decision": decision,
        "new_assignments": f"{decision}assignments/",
        "assignment_proposals": f"{decision}proposals/",
        "decision_cascade": f"{decision}cascade/",
        "decision_release": f"{decision}release/",
        "document": draft,
        "document_description": f"{draft}description/",
        "document_version": f"{draft}versions/1/",
        "document_comparison": f"{draft}comparison/",
        "document_file": f"{draft}file/",
        "incoming_document": incoming,
        "incoming_correction": f"{incoming}correction/",
        "incoming_trace": f"{incoming}trace/",
        "incoming_assignments": f"{incoming}assignments/",
        "incoming_signatures": f"{incoming}signatures/",
        "document_signing": f"{issued}signing/",
        "document_assignments": f"{issued}assignments/",
        "new_section": f"{draft}sections/new/",
        "document_section": f"/sections/{section}/",
        "assignment": assignment,
        "assignment_evidence": f"{assignment}evidence/",
        "inspection": visit,
        "inspection_sheet": first(visit, "#sheets a.row-title"),
        "new_finding": f"{visit}findings/new/",
        "finding": finding,
        "finding_correction": f"{finding}correction/",
        "checklist": first("/inspections/checklists/", "#main .rows a.row-title"),
        "urging_policy": policy,
        "urging_trial": f"{policy}trial/",
        "alert": first("/alerts/?group=all", "#alerts .rows a.row-title"),
        "inbound_file": first("/alerts/files/", "#main table a"),
        "why": f"/why{incident.replace('/incidents/', '/incident/')}",
        "post_rights": first("/rights/", "#main .rows a.row-title"),
        "new_delegation": first(own, "a[href$='/delegations/new/']"),
        "substitutes": f"{own}substitutes/",
        "new_substitution": f"{own}substitutions/new/",
        "unit": first("/units/?q=hue", "#main table a"),
        "journal_entry": first("/journal/", "#main table a"),
        "thread": f"/thread{incident.replace('/incidents/', '/incident/')}",
    }
