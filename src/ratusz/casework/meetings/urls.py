"""Addresses of meetings on the website."""

from django.urls import path

from .views import calendars, day_urls, places, public

app_name = "meetings"
urlpatterns = [
    *day_urls.urlpatterns,
    path("", public.meetings, name="meetings"),
    path("kalendarz/<slug:feed>.ics", calendars.feed, name="feed"),
    path("kalendarz/urzad/<str:token>.ics", calendars.staff_feed, name="staff-feed"),
    path("miejsce/<slug:token>/", places.my_place, name="my-place"),
    path("zaproszenie/<slug:token>/", places.invitation, name="invitation"),
    path("<int:pk>/spotkanie.ics", calendars.one, name="ics"),
    path("<int:pk>/zapisy/", public.sign_up, name="sign-up"),
    path("<int:pk>/zapisy/wyslane/", public.sent, name="sent"),
    path("<int:pk>/zapisy/kod/<str:token>/", public.code, name="code"),
    path("<int:pk>-<slug:slug>/", public.meeting, name="meeting"),
]
