from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "thammuu.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the facts and the table of redactions."""
        from thammuu.journal.fold import register_table
        from thammuu.journal.models import Redaction
        from thammuu.journal.redaction import facts  # noqa: F401 - registers its facts
        from thammuu.journal.subjects import Subject

        register_table(Subject.REDACTION, Redaction)
