"""Addresses of the interface itself."""

from django.urls import path

from thammuu.ui import web

app_name = "ui"
urlpatterns = [
    path("worker.js", web.worker, name="worker"),
    path("style/", web.style, name="style"),
    path("style/map/<str:layer>.json", web.style_map, name="style-map"),
    path("theme/", web.theme, name="theme"),
    path("language/", web.language, name="language"),
]
