"""Addresses of alerts, of documents as edXML, and of deadlines as iCalendar."""

from django.urls import path

from thammuu.interop import incoming_web, web
from thammuu.interop.calendars import web as calendars

urlpatterns = [
    path("alerts/", web.alert_list, name="alerts"),
    path("alerts/intake/", web.intake, name="alert_intake"),
    path("alerts/files/", web.file_list, name="inbound_files"),
    path("alerts/files/<uuid:file>/", web.file_page, name="inbound_file"),
    path("alerts/files/<uuid:file>/content/", web.file_content, name="inbound_file_content"),
    path("alerts/<uuid:alert>/", web.alert_page, name="alert"),
    path("alerts/<uuid:alert>/areas.json", web.alert_areas, name="alert_areas"),
    path("alerts/<uuid:alert>/source/", web.alert_source, name="alert_source"),
    path("alerts/<uuid:alert>/acceptance/", web.acceptance, name="alert_acceptance"),
    path("alerts/<uuid:alert>/dismissal/", web.dismissal, name="alert_dismissal"),
    path("follow-up/calendar/feeds/new/", calendars.feed_making, name="calendar_feed_making"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("documents/<uuid:id>/edxml/", web.document_edxml, name="document_edxml"),
    path("documents/incoming/edxml/", incoming_web.incoming_edxml, name="incoming_edxml"),
    path("map/alerts.json", web.map_alerts, name="map_alerts"),
]
