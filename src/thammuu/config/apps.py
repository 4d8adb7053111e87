from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    name = "thammuu.config"
    label = "config"

    def ready(self) -> None:
        """Once the settings stand."""
        from thammuu.config.instants import use_on

        connection_created.connect(use_on, dispatch_uid="thammuu.config.instants")
