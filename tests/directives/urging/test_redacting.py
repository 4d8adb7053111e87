"""The address of a unit goes with every message that was sent there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.desk.redaction.ground import redact
from tests.directives.thread import Thread
from tests.directives.urging.test_channels import OUT, set_up
from tests.directives.urging.test_sending import morning
from tests.ground import client_of
from thammuu.desk.redaction.scanning import found_in
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import carriers_of
from thammuu.directives.urging.models import UrgingAddress, UrgingDelivery, sent_to
from thammuu.directives.urging.rules import Channel
from thammuu.directives.urging.sending import deliver, prepare
from thammuu.directives.urging.working import Rounds
from thammuu.journal.subjects import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
MAILBOX = "nguyen.van.an@example.vn"


def test_a_mailbox_is_redacted_with_its_messages_and_nothing_is_sent_there(
    thread: Thread, seal: Callable[[], int]
) -> None:
    out = replace(OUT, mail_host="127.0.0.1", mail_port=1)
    organisation = thread.organisation
    set_up(thread, Channel.MAIL, out=out, mail=MAILBOX)
    now, carriers = morning(thread, 1), carriers_of(out)
    assert (Rounds().go(now), prepare(now, carriers), deliver(now, carriers)) == (1, 1, 0)
    address, message = UrgingAddress.objects.get(), UrgingDelivery.objects.get()
    assert sent_to(address.id) == [(Subject.URGING_DELIVERY, message.id)]
    assert (message.address, message.state) == (MAILBOX, "waiting") and message.fault
    redact(organisation, thread.now, seal, f"urging_address:{address.id}", f"urging_delivery:{message.id}")
    assert list(found_in([MAILBOX])) == []
    address.refresh_from_db()
    message.refresh_from_db()
    assert (address.mailbox, address.webhook, message.address, message.fault) == ("", "", "", "")
    later = now + timedelta(hours=2)
    assert deliver(later, carriers) == 0
    message.refresh_from_db()
    assert message.state == "failed" and message.fault
    page = client_of(organisation.hanoi_officer).get("/urging/channels/").content.decode()
    assert MAILBOX not in page and "No unit has an address yet" in page
    actions.set_address(
        actor=organisation.admin, now=thread.now, unit=organisation.hanoi, addresses={"mail": "vp@example.vn"},
        carriers=carriers,
    )  # fmt: skip
    assert UrgingAddress.objects.get().mailbox == "vp@example.vn"


def test_the_page_leads_whoever_redacts_to_the_address(thread: Thread) -> None:
    set_up(thread, Channel.MAIL, out=replace(OUT, mail_host="127.0.0.1"), mail=MAILBOX)
    address = UrgingAddress.objects.get()
    place = f"/redactions/new/urging_address/{address.id}/"
    staff = client_of(thread.organisation.staff)
    assert place in staff.get("/urging/channels/").content.decode()
    assert MAILBOX in staff.get(place).content.decode()
