from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "thammuu.config"
    label = "config"
