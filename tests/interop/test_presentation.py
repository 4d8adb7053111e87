"""Alerts in threads, search and on open pages."""

from datetime import datetime

import pytest

from tests.ground import Organisation
from tests.interop.messages import message
from tests.interop.test_intake import take_in
from thammuu.interop.models import Alert
from thammuu.journal import feed
from thammuu.journal.presentation import cards_of, fragments_of
from thammuu.journal.subjects import Subject

pytestmark = pytest.mark.django_db


def test_a_card_is_seen_by_whom_the_alert_concerns(organisation: Organisation, now: datetime) -> None:
    took = take_in(organisation.duty, now, message(status="Exercise"))
    subjects = [(Subject.ALERT, Alert.objects.get().id), (Subject.INBOUND_FILE, took.file.id)]
    cards = cards_of(subjects, organisation.duty.scope, "en")
    assert [cards[id].title for _kind, id in subjects] == ["[EXERCISE] Bão số 9", "a.cap"]
    assert cards[took.file.id].state == "Taken in"
    assert cards_of(subjects, organisation.hue_officer.scope, "en") == {}


def test_a_fragment_is_the_row_of_the_page(organisation: Organisation, now: datetime) -> None:
    take_in(organisation.duty, now, message())
    alert = Alert.objects.get()
    entries = feed.of_subjects([alert.id])
    for language, word in (("vi", "Chờ quyết định"), ("en", "Awaiting decision")):
        [piece] = fragments_of(entries, language)[entries[0].id]
        assert (piece.target, piece.key) == ("alerts", f"alert-{alert.id}")
        assert piece.html.startswith(f'<li id="alert-{alert.id}"')
        assert f'data-sort="{piece.sort}"' in piece.html
        assert word in piece.html
