from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest


class WatchConfig(AppConfig):
    name = "thammuu.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the tables, cards, fragments, followers and pages of the watch floor."""
        from django.utils.translation import gettext_lazy as _

        from thammuu.journal.fold import register_check, register_table
        from thammuu.journal.presentation import present
        from thammuu.journal.subjects import Subject
        from thammuu.org import audiences, boundaries, open_work
        from thammuu.ui import navigation
        from thammuu.watch import cards, emergencies, facts, followers, live, models, queries, redacting  # noqa: F401 - some register themselves
        from thammuu.watch.actions import map
        from thammuu.watch.contact import facts as contact_facts  # noqa: F401 - registers its facts
        from thammuu.watch.orders import registering as orders

        emergencies.register()
        orders.register()

        register_table(Subject.LOG_ENTRY, models.LogEntry, derived={"audience"})
        register_check(partial(audiences.differences, Subject.LOG_ENTRY, models.LogEntry))
        register_table(Subject.INCIDENT, models.Incident)
        register_table(Subject.INCIDENT_CHANGE, models.IncidentChange)
        register_table(Subject.REPORTER_CONTACT, models.ReporterContact, derived={"salt", "sealed"})
        register_table(Subject.DRAWING, models.Drawing)
        register_table(Subject.BOUNDARY, models.Boundary, derived={"geometry"})
        redacting.register()
        open_work.provide("incidents", _("Open incidents"), queries.open_by_unit)
        boundaries.provide(map.codes_in, map.keep_boundaries)
        present(Subject.INCIDENT, cards.incident_cards)
        present(Subject.LOG_ENTRY, cards.log_cards)
        navigation.register("watch", _("Watch floor"), "board", icon="radio-tower", order=20, keys="g w", phone=True)
        navigation.register("incidents", _("Incidents"), "incidents", icon="siren", order=21, keys="g i")
        navigation.register("log", _("Duty log"), "log", icon="notebook-pen", order=22, keys="g l", phone=True)
        navigation.register("map", _("Map"), "map", icon="map", order=40, keys="g m", phone=True)
        navigation.register_action(
            "open-incident",
            _("Open an incident"),
            "incident_opening",
            icon="siren",
            order=30,
            keys="n",
            shown=_may_open,
        )


def _may_open(request: "HttpRequest") -> bool:
    from thammuu.org.rules import Permission
    from thammuu.org.web import actor_or_none

    actor = actor_or_none(request)
    return actor is not None and actor.may_somewhere(Permission.INCIDENT_OPEN)
