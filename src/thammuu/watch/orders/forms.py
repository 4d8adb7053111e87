"""What is typed about orders."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.granting.forms import ClassifiedForm, InstantField
from thammuu.org.rules import Permission, Role
from thammuu.org.words import ROLE_WORDS
from thammuu.watch.orders.actions import Draft
from thammuu.watch.orders.actions.answering import LONGEST_NAME
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.receivers import Addressee
from thammuu.watch.orders.rules import LONGEST_ACKNOWLEDGEMENT, TEXT_LIMIT, WITHIN, WORDS_LIMIT

_ROLES = (Role.DUTY_OFFICER, Role.CHIEF, Role.STAFF_OFFICER, Role.UNIT_OFFICER)
_USUAL = " / ".join(str(minutes) for minutes in WITHIN.values())


def _words(label: Any, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 2}), **said)


class OrderForm(ClassifiedForm):
    """An order: what, to whom, how urgent, and until when it is acknowledged and reported on.

    Posts stand last: most orders go to units, and there are many posts.
    """

    text = forms.CharField(label=_("Order"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3}))
    units = forms.MultipleChoiceField(label=_("To units"), required=False, widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(
        label=_("Whom at these units"),
        choices=[("", _("The whole unit")), *((str(role), ROLE_WORDS[role]) for role in _ROLES)],
        required=False,
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[(str(degree), word) for degree, word in URGENCIES.items()], initial=Urgency.URGENT
    )
    minutes = forms.IntegerField(
        label=_("Acknowledge within, minutes"),
        help_text=format_lazy(_("Empty: {minutes}, by urgency."), minutes=_USUAL),
        required=False,
        min_value=1,
        max_value=LONGEST_ACKNOWLEDGEMENT,
    )
    report_by = InstantField(label=_("Report until"), help_text=_("Empty: no report is asked for."), required=False)
    wants_read_back = forms.BooleanField(
        label=_("To be read back"),
        help_text=_(
            "Whoever acknowledges writes in his own words what is to be done, and you say whether it is right."
        ),
        required=False,
    )
    posts = forms.MultipleChoiceField(label=_("To posts"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = org.units_for(actor, Permission.ORDER_GIVE)
        self._choose("units", org.unit_options(units))
        self._choose("posts", org.post_options({unit.id for unit in units}))

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        cast(forms.MultipleChoiceField, self.fields[name]).choices = choices

    def draft(self, incident: UUID | None, log_entry: UUID | None) -> Draft:
        """Return what was typed."""
        given, posts = self.cleaned_data, directory.current().posts
        to = [Addressee(UUID(unit), role=given["role"]) for unit in given["units"]]
        to.extend(Addressee(posts[UUID(post)].unit, post=UUID(post)) for post in given["posts"])
        return Draft(
            text=given["text"],
            to=to,
            urgency=given["urgency"],
            minutes=given["minutes"],
            report_by=given["report_by"],
            wants_read_back=given["wants_read_back"],
            incident=incident,
            log_entry=log_entry,
            event=given.get("event"),
            classification=given.get("classification") or 0,
        )


def typed_again(order: Order, addressees: Sequence[OrderAddressee]) -> dict[str, Any]:
    """Return what the form of an order would hold, for one that corrects it."""
    roles = {one.role for one in addressees if one.post_id is None}
    return {
        "text": order.text,
        "units": [str(one.unit_id) for one in addressees if one.post_id is None],
        "posts": [str(one.post_id) for one in addressees if one.post_id is not None],
        "role": roles.pop() if len(roles) == 1 else "",
        "urgency": order.urgency,
        "report_by": order.report_by,
        "wants_read_back": order.wants_read_back,
        "classification": order.classification,
        "event": str(order.event_id or ""),
    }


class AcknowledgementForm(forms.Form):
    """That the order has arrived, and how it was understood."""

    read_back = _words(_("Read back: what you will do, in your own words"), required=False)


class RefusalForm(forms.Form):
    """Why an order cannot be carried out."""

    reason = _words(_("Why it cannot be carried out"))


class ReportForm(forms.Form):
    """How far it is."""

    report = _words(_("How far it is"))


class CompletionForm(forms.Form):
    """How it stands now that it is done."""

    report = _words(_("How it stands now"))


class RulingForm(forms.Form):
    """What was misunderstood; empty: nothing."""

    correction = _words(_("What was misunderstood"), required=False)


class ReturnForm(forms.Form):
    """What is not done yet."""

    reason = _words(_("What is not done yet"))


class WithdrawalForm(forms.Form):
    """Why an order holds no more."""

    reason = _words(_("Why the order is withdrawn"))


class NoWordsForm(forms.Form):
    """A press, without words."""


class LinkForm(forms.Form):
    """For how long a link holds."""

    hours = forms.TypedChoiceField(
        label=_("It holds for"),
        coerce=int,
        initial=4,
        choices=[(1, _("1 hour")), (4, _("4 hours")), (12, _("12 hours")), (24, _("24 hours"))],
    )


class ByLinkForm(forms.Form):
    """Who answers, as he says."""

    name = forms.CharField(
        label=_("Who answers"),
        help_text=_("Rank, name and post. It is recorded as you say it, with your answer."),
        max_length=LONGEST_NAME,
    )
