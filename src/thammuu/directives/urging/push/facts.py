"""What happens to the browsers that receive urgings. What a browser gave, by which it is reached, no fact tells."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thammuu.directives.urging.rules import Ended
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject

WHY: Mapping[str, Promise] = {
    Ended.GONE: _("Browser taken off: its push service does not know it any more"),
    Ended.RESET: _("Browser taken off: its account was reset"),
}


@fact("directives.urging_browser_set_up", subject=Subject.URGING_BROWSER)
class UrgingBrowserSetUp(Fact):
    """An officer lets a browser receive the urgings of the unit; told again, it has another name, officer or unit."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    post_id: UUID
    account_id: UUID
    name: str
    service: str
    digest: str
    set_at: datetime
    ended_at: None = None
    reason: str = ""
    sentence = _("Browser set up to receive urgings: {name} ({service})")


@fact("directives.urging_browser_taken_off", subject=Subject.URGING_BROWSER)
class UrgingBrowserTakenOff(Fact):
    """A browser receives no urgings any more: taken off by its officer, unknown to its push service, or of an account
    that was reset.
    """

    ended_at: datetime
    reason: str
    sentence = _("Browser taken off: it receives no urgings any more")

    def say(self, language: str) -> str:
        """Say who took it off, if it was not the officer."""
        with translation.override(language):
            return str(WHY.get(self.reason, self.sentence))
