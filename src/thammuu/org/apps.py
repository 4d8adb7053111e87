from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "thammuu.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which tables hold what the facts of this package tell."""
        from thammuu.journal.fold import register_table
        from thammuu.journal.subjects import Subject
        from thammuu.org import models

        register_table(Subject.UNIT, models.Unit)
        register_table(Subject.UNIT_SPELL, models.UnitSpell)
        register_table(Subject.POST, models.Post)
        # The secret is the one thing about an account that no fact tells.
        register_table(Subject.ACCOUNT, models.Account, derived={"password"})
        register_table(Subject.HOLDING, models.Holding)
        register_table(Subject.GRANT, models.Grant)
        register_table(Subject.EVENT, models.Event)
