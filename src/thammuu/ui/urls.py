"""Addresses of the interface itself."""

from django.urls import path

from thammuu.ui import web

app_name = "ui"
urlpatterns = [
    path("style/", web.style, name="style"),
    path("theme/", web.theme, name="theme"),
    path("language/", web.language, name="language"),
]
