"""Addresses of sign-in and of the directory."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
