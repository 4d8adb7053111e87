from django.apps import AppConfig
from django.http import HttpRequest


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
        from thammuu.org import facts, lending_facts, models  # noqa: F401 - facts register themselves
        from thammuu.org.account import facts as account_facts  # noqa: F401 - facts register themselves
        from thammuu.org.account import models as account
        from thammuu.ui import context, navigation

        register_table(Subject.UNIT, models.Unit)
        register_table(Subject.UNIT_SPELL, models.UnitSpell)
        register_table(Subject.UNIT_SUCCESSION, models.UnitSuccession)
        register_table(Subject.POST, models.Post)
        # The secret is the one thing about an account that no fact tells.
        register_table(Subject.ACCOUNT, models.Account, derived={"password"})
        register_table(Subject.FACTOR, account.Factor, derived={"closed", "public", "credential", "digests", "counter"})
        register_table(Subject.SESSION, account.SignInSession, derived={"key", "seen_at"})
        register_table(Subject.SIGN_IN_IDENTITY, account.SignInIdentity, derived={"subject", "salt"})
        register_table(Subject.API_TOKEN, account.ApiToken, derived={"digest", "used_on", "uses"})
        register_table(Subject.ADDRESS_BLOCK, account.AddressBlock)
        register_table(Subject.HOLDING, models.Holding)
        register_table(Subject.GRANT, models.Grant)
        register_table(Subject.DELEGATION, models.Delegation)
        register_table(Subject.SUBSTITUTION, models.Substitution)
        register_table(Subject.EMERGENCY_OPENING, models.EmergencyOpening)
        register_table(Subject.EVENT, models.Event)

        navigation.register("units", _("Units"), "units", icon="building-2", order=80)
        navigation.register("accounts", _("Accounts"), "accounts", icon="lock", order=85, shown=_administers_accounts)
        navigation.register("rights", _("Authority"), "rights", icon="shield-check", order=87)
        context.provide("idle_minutes", _idle_minutes)
        context.provide("account_url", lambda request: str(reverse_lazy("account")))
        context.provide("sign_out_url", lambda request: str(reverse_lazy("sign_out")))
        context.provide("stream_position", lambda request: str(feed.head()) if navigation.signed_in(request) else "")


def _administers_accounts(request: HttpRequest) -> bool:
    from thammuu.org.rules import Permission

    actor = getattr(request, "actor", None)
    return actor is not None and actor.may_somewhere(Permission.ACCOUNT_ADMIN)


def _idle_minutes(request: HttpRequest) -> str:
    """After how long the page is covered; never for an account that can only look, as a wall screen's does."""
    from thammuu.org.account.rules import IDLE
    from thammuu.org.rules import Permission

    actor = getattr(request, "actor", None)
    only_looks = actor is None or actor.permits.keys() <= {Permission.VIEW, Permission.JOURNAL_READ}
    return "" if only_looks else str(int(IDLE.total_seconds()) // 60)
