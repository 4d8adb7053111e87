from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "thammuu.paper"
    label = "paper"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which table holds what the facts of this package tell."""
        from thammuu.journal.fold import register_table
        from thammuu.journal.redaction.registry import redactable
        from thammuu.journal.subjects import Subject
        from thammuu.paper import facts, models  # noqa: F401 - facts register themselves

        register_table(Subject.ATTACHMENT, models.Attachment)
        redactable(Subject.ATTACHMENT, {"name": "", "digest": ""})
