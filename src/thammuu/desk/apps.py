from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "thammuu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the desk's pages."""
        from django.utils.translation import gettext_lazy as _

        from thammuu.ui import navigation

        navigation.register("my-work", _("My work"), "home", icon="inbox", order=10, keys="g h", phone=True)
