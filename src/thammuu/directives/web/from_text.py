"""From a text that is kept clause by clause to assignments: its tasks prepared, corrected or struck, and confirmed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thammuu.directives.actions import Order
from thammuu.directives.actions.from_texts import CarriedOut, WrongOrder
from thammuu.directives.carrying_out import Carried
from thammuu.directives.documents.labels import CLAUSES
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.forms import OrderForm
from thammuu.directives.models import Decision
from thammuu.directives.texts import Offer, Offers, TextClause, free_of, offers_of
from thammuu.directives.web.changing import tell_if_moved
from thammuu.directives.web.decisions import receivers
from thammuu.directives.web.sending import submission_of
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.unit_names import unit_names

AT_ONCE = 12
"""Proposals on a page: each of them is a whole form."""

FURTHER = ("watching_units", "lead_post", "urgency")
Given = Sequence[tuple[UUID, Order]]


@dataclass(frozen=True, slots=True)
class Source:
    """A text from which tasks of a unit are assigned: where it is shown (`home`), and what is done with the orders.

    `decision` is the one on which the assignments will hang, None if there is none yet; `new_decision` says in words
    what then becomes the decision. `urgency` is that of the whole; `due` its deadline, offered where a clause has none.
    """

    title: str
    home: str
    unit: UUID
    clauses: Sequence[TextClause]
    carried: Carried
    signed_on: date
    decision: Decision | None
    new_decision: str
    give: Callable[[Given, datetime, Submission | None], list[UUID]]
    urgency: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields below a line that is opened; `recognised` says what the text gave for them."""

    title: str
    recognised: str
    fields: Sequence[BoundField]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form that is prepared from a clause; `word` names the clause where it has no label."""

    offer: Offer
    word: Promise
    form: OrderForm
    struck: bool

    @property
    def folds(self) -> list[Fold]:
        """The lists of units, and what many do without; each is open where it was changed, or must be looked at."""
        one, further = self.offer.proposed, [self.form[name] for name in FURTHER]
        lead, supporting = self.form["lead_units"], self.form["supporting_units"]
        leads, supporters = (_recognised(one.leads), _recognised(one.supporting)) if one else ("", "")
        return [
            Fold(str(lead.label), leads, [lead], self._changed(lead) or not lead.value()),
            Fold(str(supporting.label), supporters, [supporting], self._changed(supporting)),
            Fold(_("Watching units, answering post, urgency"), "", further, any(map(self._changed, further))),
        ]

    def _changed(self, field: BoundField) -> bool:
        return self.form.is_bound and (bool(field.errors) or field.name in self.form.changed_data)


def assign_from(request: HttpRequest, actor: Actor, source: Source) -> HttpResponse:
    """Show the forms that are prepared from the text (`clause` in the address: of one clause), or issue them."""
    reach = {unit.id for unit in org.units_for(actor, Permission.ASSIGN)}
    names = unit_names(directory.current(), actor.scope)
    offers = offers_of(source.clauses, source.carried, source.signed_on, names, reach)
    near = {UUID(unit) for unit, _name in receivers(actor, source.unit)}
    status = 200
    if request.method == "POST":
        rows = [_prepared(one, source, near, request.POST) for one in _sent(offers, request.POST.getlist("proposal"))]
        told, status = _issue(request, actor, source, rows)
        if status == 200:
            return redirect(source.home)
    else:
        told, rows = "", []
    one_clause = request.GET.get("clause", "")
    page = Paginator(_asked(offers, source, one_clause), AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "rows": rows or [_prepared(one, source, near) for one in page.object_list],
        "page": page,
        "others": [] if one_clause else [(one, CLAUSES[one.clause.kind]) for one in offers.others],
        "assigned": offers.assigned,
        "one_clause": one_clause,
        "carried": not free_of(source.clauses, {one_clause}, offers.done),
        "told": told,
    }
    return render(request, "directives/assign_from_text.html", context, status=status)


def _asked(offers: Offers, source: Source, clause: str) -> Sequence[Offer]:
    """Return what the address asks for. Raises `Missing` for a clause that the text has not."""
    if not clause:
        return offers.recognised
    if clause not in {one.id for one in source.clauses}:
        raise Missing(_("The document has no such clause."))
    return offers.of_clause(clause)


def _sent(offers: Offers, keys: Sequence[str]) -> list[Offer]:
    """Return the offers that the page carried. Raises `BadInput` for what the text never offered."""
    if not set(keys) <= offers.every.keys():
        raise BadInput("proposal", _("The form is damaged. Reload the page and send it again."))
    return [offers.every[key] for key in dict.fromkeys(keys)]


def _prepared(offer: Offer, source: Source, near: set[UUID], data: Any = None) -> Prepared:
    initial = offer.initial()
    form = OrderForm(
        data,
        prefix=offer.key,
        initial={"urgency": source.urgency, **initial, "deadline": initial.get("deadline") or source.due},
        units=org.unit_options(directory.current().in_order(near | offer.units())),
        use_required_attribute=False,
    )
    struck = data is not None and f"{offer.key}-strike" in data
    return Prepared(offer, CLAUSES[offer.clause.kind], form, struck)


def _placed(offer: Offer, order: Order) -> tuple[UUID, Order]:
    return UUID(offer.clause.id), replace(order, clause_at=offer.at)


def _recognised(units: Collection[UUID]) -> str:
    return ", ".join(org.unit_labels(list(units)))


def _issue(request: HttpRequest, actor: Actor, source: Source, rows: Sequence[Prepared]) -> tuple[str, int]:
    """Issue what is not struck; return what is wrong with the whole and the status, 200 if it is done."""
    wanted = [row for row in rows if not row.struck]
    if not all([row.form.is_valid() for row in wanted]):
        return "", 422
    given = [(row, order) for row in wanted for order in row.form.orders()]
    try:
        source.give([_placed(row.offer, order) for row, order in given], clock.now(), submission_of(request))
    except CarriedOut as conflict:
        for row in wanted:
            if UUID(row.offer.clause.id) in conflict.clauses:
                row.form.add_error(None, str(conflict))
        return "", 409
    except WrongOrder as fault:
        add_fault(given[fault.place][0].form, fault)
        return "", 422
    except BadInput as fault:
        return fault.reason, 422
    told = ngettext("{count} assignment is issued.", "{count} assignments are issued.", len(given))
    messages.success(request, told.format(count=len(given)))
    for row in wanted:
        tell_if_moved(request, actor, row.form.cleaned_data["deadline"], clock.now())
    return "", 200
