"""Addresses of sign-in and of the directory."""

from django.urls import path

from thammuu.org import unit_acts, unit_pages, unit_plans, web

urlpatterns = [
    path("sign-in/", web.sign_in, name="sign_in"),
    path("sign-out/", web.sign_out, name="sign_out"),
    path("units/", unit_pages.unit_list, name="units"),
    path("units/import/", unit_plans.unit_import, name="unit_import"),
    path("units/import/template.xlsx", unit_plans.unit_template, name="unit_template"),
    path("units/plans/<uuid:id>/", unit_plans.rehearsal, name="unit_plan"),
    path("units/plans/<uuid:id>/confirmation/", unit_plans.confirmation, name="unit_plan_confirmation"),
    path("units/plans/<uuid:id>/removal/", unit_plans.removal, name="unit_plan_removal"),
    path("units/<uuid:id>/", unit_pages.unit, name="unit"),
    path("units/<uuid:id>/naming/", unit_acts.naming, name="unit_naming"),
    path("units/<uuid:id>/closure/", unit_acts.closure, name="unit_closure"),
    path("units/<uuid:id>/merger/", unit_acts.merger, name="unit_merger"),
    path("units/<uuid:id>/split/", unit_acts.split, name="unit_split"),
]
