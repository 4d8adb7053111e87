"""Every sheet that is printed of something classified says so at its head."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.chromium import NewContext
from tests.desk.printed import pages_of
from tests.ground import NOW, build_organisation, client_of
from thammuu.directives.actions import take_decision
from thammuu.journal.models import Entry
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db(transaction=True)
MARK = {"vi": "Mức độ hạn chế: Hạn chế", "en": "Classification: Limited"}


def test_every_sheet_of_what_is_classified_is_marked(new_context: NewContext, live_server: LiveServer) -> None:
    organisation = build_organisation()
    common: dict[str, Any] = {"actor": organisation.chief, "now": NOW, "at": NOW, "unit": organisation.hanoi}
    marked = watch.open_incident(**common, title="Cháy chợ", classification=2).answer
    for number in range(40):
        entry = watch.write_log_entry(**common, text=f"Diễn biến {number}", incident=marked).answer
    openly = watch.open_incident(**common, title="Tắc đường").answer
    decision = take_decision(
        actor=organisation.chief, now=NOW, unit=organisation.hanoi, title="Điều động", reason="Cháy", classification=2
    )
    told = Entry.objects.get(subject_id=entry).id
    session = str(client_of(organisation.chief).cookies["sessionid"].value)
    addresses = {
        f"/incidents/{marked}/": True, f"/thread/incident/{marked}/": True, f"/watch/log/{entry}/": True,
        f"/decisions/{decision}/": True, f"/journal/{told}/": True, f"/incidents/{openly}/": False,
    }  # fmt: skip
    for language, mark in MARK.items():
        page = new_context(live_server.url, session=session, language=language).new_page()
        for address, is_marked in list(addresses.items())[: 1 if language == "en" else None]:
            answer = page.goto(f"{live_server.url}{address}")
            assert answer is not None and answer.status == 200, address
            sheets = pages_of(page.pdf())
            assert ["".join(mark.split()) in sheet for sheet in sheets] == [is_marked] * len(sheets), (address, sheets)
            if address.startswith("/incidents/") and is_marked:
                assert len(sheets) > 1
