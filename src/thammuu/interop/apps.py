from django.apps import AppConfig
from django.http import HttpRequest

from thammuu.ui import navigation


class InteropConfig(AppConfig):
    name = "thammuu.interop"
    label = "interop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which tables hold what the facts of this package tell."""
        from django.utils.translation import gettext_lazy as _

        from thammuu.interop import followers, models, presentation  # noqa: F401 - they register themselves
        from thammuu.journal.fold import register_table
        from thammuu.journal.presentation import present
        from thammuu.journal.redaction.registry import redactable
        from thammuu.journal.subjects import Subject

        # What is read from the kept bytes is told by their digest.
        register_table(Subject.INBOUND_FILE, models.InboundFile, derived={"content"})
        register_table(Subject.ALERT, models.Alert, derived={"content", "raw", "search_text"})
        redactable(
            Subject.ALERT,
            {"headline": "", "event": "", "areas": "", "reason": "", "warnings": []},
            derived={"content": {}, "raw": b"", "search_text": ""},
            related=models.file_of,
        )
        redactable(Subject.INBOUND_FILE, {"name": "", "results": []}, derived={"content": b""})
        present(Subject.ALERT, presentation.alert_cards)
        present(Subject.INBOUND_FILE, presentation.file_cards)
        navigation.register("alerts", _("Alerts"), "alerts", icon="bell", order=25, keys="g c", count=_waiting)
        navigation.register_action(
            "take-alerts-in", _("Take alerts in"), "alert_intake", icon="upload", order=35, shown=_may_take_in
        )


def _waiting(request: HttpRequest) -> int:
    """The alerts that wait for a decision of this reader's units."""
    from thammuu.interop.queries import waiting_count
    from thammuu.org.web import actor_or_none

    actor = actor_or_none(request)
    return waiting_count(actor) if actor else 0


def _may_take_in(request: HttpRequest) -> bool:
    from thammuu.org.rules import Permission
    from thammuu.org.web import actor_or_none

    actor = actor_or_none(request)
    return actor is not None and actor.may_somewhere(Permission.ALERT_HANDLE)
