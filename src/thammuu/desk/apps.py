from django.apps import AppConfig
from django.http import HttpRequest


class DeskConfig(AppConfig):
    name = "thammuu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the desk's pages and its follower."""
        from django.utils.translation import gettext_lazy as _

        from thammuu.desk import indexing  # noqa: F401 - registers itself
        from thammuu.desk.redaction import live, remaining  # noqa: F401 - they register themselves
        from thammuu.ui import navigation

        navigation.register("my-work", _("My work"), "home", icon="inbox", order=10, keys="g h", phone=True)
        navigation.register("search", _("Search"), "search", icon="search", order=12, keys="g s")
        navigation.register("time-machine", _("Time machine"), "time_machine", icon="history", order=45, keys="g t")
        navigation.register(
            "journal", _("Journal"), "journal", icon="book-open", order=85, keys="g j", shown=_reads_journal
        )
        navigation.register(
            "redactions", _("Redactions"), "redactions", icon="eraser", order=87, keys="g r", shown=_redacts
        )
        navigation.register("proofs", _("Proofs"), "proofs", icon="shield-check", order=86, shown=_reads_journal)


def _redacts(request: HttpRequest) -> bool:
    from thammuu.org.rules import Permission
    from thammuu.org.web import actor_or_none

    actor = actor_or_none(request)
    return actor is not None and actor.may_somewhere(Permission.REDACT)


def _reads_journal(request: HttpRequest) -> bool:
    from thammuu.org.rules import Permission
    from thammuu.org.web import actor_or_none

    actor = actor_or_none(request)
    return actor is not None and actor.may_somewhere(Permission.JOURNAL_READ)
