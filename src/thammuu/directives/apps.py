from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "thammuu.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which tables hold what the facts of this package tell, and how its subjects show themselves."""
        from thammuu.directives import registering
        from thammuu.directives.documents import registering as documents
        from thammuu.directives.followup import registering as followup
        from thammuu.directives.incoming import registering as incoming
        from thammuu.directives.inspection import registering as inspection
        from thammuu.directives.urging import registering as urging

        registering.register()
        documents.register()
        followup.register()
        inspection.register()
        incoming.register()
        urging.register()
