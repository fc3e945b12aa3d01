"""Addresses of citizens' resolution initiatives."""

from django.urls import path

from ratusz.participation.initiatives.notices.views import public as notices
from ratusz.participation.initiatives.views import public

app_name = "initiatives"
urlpatterns = [
    path("", public.register, name="register"),
    path("zawiadomienie.pdf", public.blank, name="blank"),
    path("zawiadomienie/", notices.write, name="notice"),
    path("zawiadomienie/<uuid:key>/", notices.sent, name="notice-sent"),
    path("rejestr.<str:kind>", public.download, name="download"),
    path("<slug:slug>/", public.initiative, name="initiative"),
    path("<slug:slug>/projekt.pdf", public.draft, name="draft"),
]
