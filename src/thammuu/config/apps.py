from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    name = "thammuu.config"
    label = "config"

    def ready(self) -> None:
        """Once the settings stand: instants, the facts of the installation itself, the operators' page."""
        from django.utils.translation import gettext_lazy as _

        from thammuu.config import (
            facts,  # noqa: F401 - facts register themselves
            witnesses,
        )
        from thammuu.config.instants import use_on
        from thammuu.config.observing import web
        from thammuu.config.room import warning
        from thammuu.config.web import shown, warnings
        from thammuu.desk import proof_pages
        from thammuu.ui import context, navigation

        connection_created.connect(use_on, dispatch_uid="thammuu.config.instants")
        navigation.register(
            "system", _("System"), "system", icon="server", order=96, shown=web.shown, count=web.warnings
        )
        context.provide("warning", warning)
        proof_pages.provide_witnesses(witnesses.of_this_installation)
        navigation.register("backups", _("Backups"), "backups", icon="archive", order=95, shown=shown, count=warnings)
