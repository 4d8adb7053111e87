"""Addresses of sign-in and of the directory."""

from django.urls import path

from thammuu.org import unit_pages, unit_plans, web

urlpatterns = [
    path("sign-in/", web.sign_in, name="sign_in"),
    path("sign-out/", web.sign_out, name="sign_out"),
    path("units/", unit_pages.unit_list, name="units"),
    path("units/import/", unit_plans.unit_import, name="unit_import"),
    path("units/import/template.xlsx", unit_plans.unit_template, name="unit_template"),
    path("units/plans/<uuid:id>/", unit_plans.rehearsal, name="unit_plan"),
    path("units/plans/<uuid:id>/confirmation/", unit_plans.confirmation, name="unit_plan_confirmation"),
    path("units/plans/<uuid:id>/removal/", unit_plans.removal, name="unit_plan_removal"),
]
