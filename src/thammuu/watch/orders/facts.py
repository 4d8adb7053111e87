"""What happens to orders."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant
from thammuu.watch.orders import words
from thammuu.watch.orders.rules import Act, LinkEnd


@fact("watch.order_given", subject=Subject.ORDER)
class OrderGiven(Fact):
    """An order was given by an officer, or raised by itself."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    number: int
    text: str
    urgency: str
    unit_id: UUID
    post_id: UUID | None
    behalf_id: UUID | None
    incident_id: UUID | None
    acknowledge_by: datetime
    report_by: datetime | None
    wants_read_back: bool
    given_at: datetime
    supersedes_id: UUID | None
    raised_by_id: UUID | None
    raised_for: str
    ended_at: datetime | None = None
    end: str = ""
    end_reason: str = ""
    superseded_by_id: UUID | None = None
    sentence = gettext_lazy("Order {number} given ({urgency}): {text}")

    def say(self, language: str) -> str:
        """Say its urgency in words; what raised itself says so."""
        with translation.override(language):
            sentence = _("Order {number} raised by itself ({urgency}): {text}") if self.raised_for else self.sentence
            urgency = URGENCIES[Urgency(self.urgency)]
            return str(sentence).format(number=self.number, urgency=urgency, text=self.text)


@fact("watch.order_withdrawn", subject=Subject.ORDER)
class OrderWithdrawn(Fact):
    """An order does not hold any more."""

    ended_at: datetime
    end: str
    end_reason: str
    number: Annotated[int, CONTEXT]
    sentence = gettext_lazy("Order {number} withdrawn. Reason: {end_reason}")


@fact("watch.order_superseded", subject=Subject.ORDER)
class OrderSuperseded(Fact):
    """A corrected order took the place of another one."""

    ended_at: datetime
    end: str
    superseded_by_id: UUID
    number: Annotated[int, CONTEXT]
    by: Annotated[int, CONTEXT]
    sentence = gettext_lazy("Order {number} is superseded by order {by}")


class OfAddressee(Fact):
    """The base of what happens to an order with one addressee, which it names."""

    number: Annotated[int, CONTEXT]
    to_unit: Annotated[UUID, CONTEXT]
    to_post: Annotated[UUID | None, CONTEXT] = None
    to_role: Annotated[str, CONTEXT] = ""

    def say(self, language: str) -> str:
        """Name the order and the addressee before what happened."""
        with translation.override(language):
            to = words.addressee(self.to_unit, self.to_post, self.to_role)
            return f"{words.number_of(self.number)} · {to}: {self.told(language)}"

    def told(self, language: str) -> str:
        """Return what happened."""
        return super().say(language)


class Answer(OfAddressee):
    """The base of an addressee's answers. `by_link` is the name that was typed where an order was opened by a link."""

    late: Annotated[bool, CONTEXT] = False
    by_link: Annotated[str, CONTEXT] = ""

    def told(self, language: str) -> str:
        """Say too whether it came late, and by whom as said, if by a link."""
        parts = [super().told(language)]
        if self.late:
            parts.append(_("late"))
        if self.by_link:
            parts.append(_("by link, as said: {name}").format(name=self.by_link))
        return " · ".join(parts)


@fact("watch.order_addressed", subject=Subject.ORDER_ADDRESSEE)
class OrderAddressed(OfAddressee):
    """An order goes to this addressee."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    order_id: UUID
    unit_id: UUID
    post_id: UUID | None
    role: str
    state: str
    answered_at: datetime | None = None
    read_back: str = ""
    read_back_ruling: str = ""
    correction: str = ""
    refusal: str = ""
    report: str = ""
    reported_at: datetime | None = None
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None
    acknowledgement_overdue_at: datetime | None = None
    report_overdue_at: datetime | None = None
    sentence = gettext_lazy("given")


@fact("watch.order_acknowledged", subject=Subject.ORDER_ADDRESSEE)
class OrderAcknowledged(Answer):
    """The addressee has the order; with the words in which it was read back."""

    state: str
    answered_at: datetime
    read_back: str
    read_back_ruling: str
    sentence = gettext_lazy("acknowledged")

    def told(self, language: str) -> str:
        """Add the words of the read-back."""
        told = super().told(language)
        read_back = _("read back: “{text}”").format(text=self.read_back)
        return f"{told} · {read_back}" if self.read_back else told


@fact("watch.order_refused", subject=Subject.ORDER_ADDRESSEE)
class OrderRefused(Answer):
    """The addressee cannot carry the order out."""

    state: str
    answered_at: datetime
    refusal: str
    sentence = gettext_lazy("refused. Reason: {refusal}")


@fact("watch.order_progress_reported", subject=Subject.ORDER_ADDRESSEE)
class OrderProgressReported(Answer):
    """The addressee says how far it is."""

    state: str
    answered_at: datetime
    report: str
    reported_at: datetime
    sentence = gettext_lazy("reports: {report}")


@fact("watch.order_completed", subject=Subject.ORDER_ADDRESSEE)
class OrderCompleted(Answer):
    """The addressee says that it is done."""

    state: str
    answered_at: datetime
    report: str
    reported_at: datetime
    completed_at: datetime
    sentence = gettext_lazy("completed: {report}")


@fact("watch.order_answer_kept", subject=Subject.ORDER_ADDRESSEE)
class OrderAnswerKept(Answer):
    """The addressee answered what did not hold any more: kept, and it changes nothing."""

    act: Annotated[str, CONTEXT]
    words: Annotated[str, CONTEXT]
    sentence = gettext_lazy("{act}, after the order had ended: {words}")

    def told(self, language: str) -> str:
        """Name the act in words."""
        plain = self.model_copy(update={"act": str(words.ACTS[Act(self.act)]), "words": self.words or "–"})
        return super(OrderAnswerKept, plain).told(language)


@fact("watch.order_read_back_confirmed", subject=Subject.ORDER_ADDRESSEE)
class OrderReadBackConfirmed(OfAddressee):
    """Whoever gave the order says that it was understood."""

    read_back_ruling: str
    sentence = gettext_lazy("the read-back is right")


@fact("watch.order_read_back_corrected", subject=Subject.ORDER_ADDRESSEE)
class OrderReadBackCorrected(OfAddressee):
    """Whoever gave the order says what was misunderstood; it is to be read back anew."""

    read_back_ruling: str
    correction: str
    sentence = gettext_lazy("the read-back is corrected: {correction}")


@fact("watch.order_completion_confirmed", subject=Subject.ORDER_ADDRESSEE)
class OrderCompletionConfirmed(OfAddressee):
    """Whoever gave the order made sure that it is done."""

    state: str
    confirmed_at: datetime
    sentence = gettext_lazy("confirmed done")


@fact("watch.order_completion_returned", subject=Subject.ORDER_ADDRESSEE)
class OrderCompletionReturned(OfAddressee):
    """Whoever gave the order found that it is not done yet."""

    state: str
    completed_at: None = None
    confirmed_at: None = None
    reason: Annotated[str, CONTEXT]
    sentence = gettext_lazy("not done yet: {reason}")


@fact("watch.order_acknowledgement_missed", subject=Subject.ORDER_ADDRESSEE)
class OrderAcknowledgementMissed(OfAddressee):
    """The time to acknowledge ran out without an answer."""

    acknowledgement_overdue_at: datetime
    sentence = gettext_lazy("not acknowledged in time")


@fact("watch.order_report_missed", subject=Subject.ORDER_ADDRESSEE)
class OrderReportMissed(OfAddressee):
    """The time to report ran out without a report."""

    report_overdue_at: datetime
    sentence = gettext_lazy("not reported in time")


@fact("watch.order_link_made", subject=Subject.ORDER_LINK)
class OrderLinkMade(OfAddressee):
    """Whoever has the link reads and answers the order for this addressee. No fact tells its token."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    addressee_id: UUID
    prefix: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    end: str = ""
    sentence = gettext_lazy("link made: {prefix}, until {until}")

    def told(self, language: str) -> str:
        """Say until when it opens the order."""
        with translation.override(language):
            return str(self.sentence).format(prefix=self.prefix, until=format_instant(self.ends_at, language))


@fact("watch.order_link_ended", subject=Subject.ORDER_LINK)
class OrderLinkEnded(OfAddressee):
    """A link opens nothing any more."""

    ended_at: datetime
    end: str
    prefix: Annotated[str, CONTEXT]
    sentence = gettext_lazy("link ended: {prefix} ({end})")

    def told(self, language: str) -> str:
        """Say why in words."""
        with translation.override(language):
            return str(self.sentence).format(prefix=self.prefix, end=words.LINK_ENDS[LinkEnd(self.end)])
