"""Addresses of sign-in and of the directory."""

from django.urls import path

from thammuu.org import web

urlpatterns = [
    path("sign-in/", web.sign_in, name="sign_in"),
    path("sign-out/", web.sign_out, name="sign_out"),
    path("units/", web.unit_list, name="units"),
    path("units/import/", web.unit_import, name="unit_import"),
]
