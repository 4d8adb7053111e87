from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "thammuu.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which tables hold what the facts of this package tell, and how its subjects show themselves."""
        from thammuu.directives import cards, models
        from thammuu.journal.fold import register_table
        from thammuu.journal.presentation import present
        from thammuu.journal.subjects import Subject

        register_table(Subject.DECISION, models.Decision)
        register_table(Subject.ASSIGNMENT, models.Assignment)
        register_table(Subject.ASSIGNMENT_CHANGE, models.AssignmentChange)
        register_table(Subject.PROGRESS, models.Progress)
        register_table(Subject.EVIDENCE, models.Evidence)
        present(Subject.DECISION, cards.decision_cards)
        present(Subject.ASSIGNMENT, cards.assignment_cards)
        present(Subject.PROGRESS, cards.progress_cards)
        present(Subject.EVIDENCE, cards.evidence_cards)
