"""Addresses of the desk."""

from django.urls import path

from thammuu.desk.web import home, thread

urlpatterns = [
    path("", home.home, name="home"),
    path("thread/<str:kind>/<uuid:id>/", thread.thread, name="thread"),
]
