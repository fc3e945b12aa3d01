"""Addresses of consultation points for everybody."""

from django.urls import path

from .views import public

app_name = "advice"
urlpatterns = [
    path("", public.points, name="points"),
    path("moja/<str:token>/", public.mine, name="mine"),
    path("moja/<str:token>/rozmowa.ics", public.my_calendar, name="my-calendar"),
    path("<slug:slug>/", public.point, name="point"),
    path("<slug:slug>/godziny.ics", public.calendar, name="calendar"),
    path("<slug:slug>/<str:when>/", public.book, name="book"),
]
