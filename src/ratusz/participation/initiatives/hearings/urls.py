"""Addresses of public hearings."""

from django.urls import path

from ratusz.participation.initiatives.hearings.views import public

app_name = "hearings"
urlpatterns = [
    path("", public.register, name="register"),
    path("rejestr.<str:kind>", public.download, name="download"),
    path("<slug:slug>/", public.hearing, name="hearing"),
    path("<slug:slug>/teczka.pdf", public.dossier, name="dossier"),
    path("<slug:slug>/opinia.pdf", public.blank, name="blank"),
    path("<slug:slug>/opinia/", public.write, name="write"),
    path("<slug:slug>/opinia/<uuid:key>/", public.sent, name="sent"),
]
