"""Addresses of consultations on the website."""

from django.urls import path

from ratusz.participation.consultations.views import public

app_name = "consultations"
urlpatterns = [
    path("", public.consultations, name="list"),
    path("kanal.<str:form>", public.feed, name="feed"),
    path("jak-to-dziala/", public.how, name="how"),
    path("<slug:slug>/", public.consultation, name="consultation"),
    path("<slug:slug>/konsultacje.ics", public.calendar, name="ics"),
    path("<slug:slug>/ogloszenie/<int:pk>/", public.evidence, name="evidence"),
]
