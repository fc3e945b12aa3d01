"""Addresses of meetings on the website."""

from django.urls import path

from .views import public

app_name = "meetings"
urlpatterns = [
    path("zaproszenie/<slug:token>/", public.my_place, name="invitation"),
    path("miejsce/<slug:token>/", public.my_place, name="my-place"),
]
