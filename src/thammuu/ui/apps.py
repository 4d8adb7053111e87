from django.apps import AppConfig
from django.core.checks import register


class UiConfig(AppConfig):
    name = "thammuu.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thammuu.ui import assets

        register(assets.check_front_end)
