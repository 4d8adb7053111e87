"""Addresses of the follow-up board."""

from django.urls import path

from thammuu.directives.followup import calendar, gaps, web

urlpatterns = [
    path("follow-up/", web.follow_up, name="follow_up"),
    path("follow-up/gaps/", gaps.clause_gaps, name="clause_gaps"),
    path("follow-up/calendar/", calendar.deadline_calendar, name="deadline_calendar"),
    path("follow-up/follow-up.xlsx", web.follow_up_table, name="follow_up_table"),
    path("follow-up/follow-up.<slug:ending>", web.follow_up_paper, name="follow_up_paper"),
    path("assignments/assignments.xlsx", web.assignments_table, name="assignments_table"),
]
