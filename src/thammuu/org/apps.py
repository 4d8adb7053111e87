from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "thammuu.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which tables hold what the facts of this package tell, and what every page shows."""
        from django.urls import reverse_lazy
        from django.utils.translation import gettext_lazy as _

        from thammuu.journal import feed
        from thammuu.journal.fold import register_table
        from thammuu.journal.subjects import Subject
        from thammuu.org import facts, models  # noqa: F401 - facts register themselves
        from thammuu.ui import context, navigation

        register_table(Subject.UNIT, models.Unit)
        register_table(Subject.UNIT_SPELL, models.UnitSpell)
        register_table(Subject.UNIT_SUCCESSION, models.UnitSuccession)
        register_table(Subject.POST, models.Post)
        # The secret is the one thing about an account that no fact tells.
        register_table(Subject.ACCOUNT, models.Account, derived={"password"})
        register_table(Subject.HOLDING, models.Holding)
        register_table(Subject.GRANT, models.Grant)
        register_table(Subject.EVENT, models.Event)

        navigation.register("units", _("Units"), "units", icon="building-2", order=80)
        context.provide("sign_out_url", lambda request: str(reverse_lazy("sign_out")))
        context.provide("stream_position", lambda request: str(feed.head()) if navigation.signed_in(request) else "")
