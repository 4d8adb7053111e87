"""Addresses of the watch floor."""

from django.urls import path

from thammuu.watch.orders.web import links, lists, one
from thammuu.watch.web import board, contacts, incidents, log, map

urlpatterns = [
    path("watch/", board.board, name="board"),
    path("watch/log/", log.log, name="log"),
    path("watch/log/parse/", log.parse_line, name="log_parse"),
    path("watch/log/<uuid:id>/", log.entry, name="log_entry"),
    path("watch/log/<uuid:id>/strike/", log.strike, name="log_strike"),
    path("watch/log/<uuid:id>/incident/", log.attach, name="log_incident"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.opening, name="incident_opening"),
    path("incidents/<uuid:id>/", incidents.incident, name="incident"),
    path("incidents/<uuid:id>/severity/", incidents.severity, name="incident_severity"),
    path("incidents/<uuid:id>/status/", incidents.status, name="incident_status"),
    path("incidents/<uuid:id>/place/", incidents.place, name="incident_place"),
    path("incidents/<uuid:id>/closure/", incidents.closure, name="incident_closure"),
    path("incidents/<uuid:id>/reopening/", incidents.reopening, name="incident_reopening"),
    path("incidents/<uuid:id>/contact/", contacts.of_incident, name="incident_contact"),
    path("watch/log/<uuid:id>/contact/", contacts.of_log_entry, name="log_contact"),
    path("contacts/<uuid:id>/", contacts.contact, name="contact"),
    path("contacts/<uuid:id>/showing/", contacts.showing, name="contact_showing"),
    path("orders/", lists.orders, name="orders"),
    path("orders/orders.xlsx", lists.orders_table, name="orders_table"),
    path("orders/mine/", lists.my_orders, name="my_orders"),
    path("orders/new/", one.giving, name="new_order"),
    path("orders/<uuid:id>/", one.order, name="order"),
    path("orders/<uuid:id>/withdrawal/", one.withdrawal, name="order_withdrawal"),
    path("orders/to/<uuid:id>/acknowledgement/", one.acknowledgement, name="order_acknowledgement"),
    path("orders/to/<uuid:id>/refusal/", one.refusal, name="order_refusal"),
    path("orders/to/<uuid:id>/report/", one.report, name="order_report"),
    path("orders/to/<uuid:id>/completion/", one.completion, name="order_completion"),
    path("orders/to/<uuid:id>/read-back/", one.ruling, name="order_ruling"),
    path("orders/to/<uuid:id>/confirmation/", one.confirmation, name="order_confirmation"),
    path("orders/to/<uuid:id>/return/", one.returning, name="order_return"),
    path("orders/to/<uuid:id>/link/", links.link_making, name="order_link_making"),
    path("orders/to/<uuid:id>/link/revocation/", links.link_revocation, name="order_link_revocation"),
    path("orders/by-link/<str:token>/", links.by_link, name="order_by_link"),
    path("map/", map.map_page, name="map"),
    path("map/drawings/<uuid:id>/removal/", map.drawing_removal, name="drawing_removal"),
    path("map/boundaries/", map.boundary_import, name="boundary_import"),
    path("map/boundaries.json", map.boundaries_json, name="boundaries_json"),
    path("map/incidents.json", map.incidents_json, name="incidents_json"),
    path("map/drawings.json", map.drawings_json, name="drawings_json"),
]
