"""Addresses of the calendar."""

from django.urls import path

from .views import public

app_name = "calendar"
urlpatterns = [
    path("", public.calendar, name="calendar"),
    path("miasto.ics", public.calendar_ics, name="calendar-ics"),
]
