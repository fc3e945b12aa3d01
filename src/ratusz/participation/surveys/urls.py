"""Addresses of surveys for everybody: the list and what each survey is about."""

from django.urls import path

from .views import public, results

app_name = "surveys"
urlpatterns = [
    path("", public.surveys, name="surveys"),
    path("<slug:slug>/wyniki/", results.results, name="results"),
    path("<slug:slug>/wyniki.csv", results.open_data, name="open-data"),
    path("<slug:slug>/wyniki.pdf", results.document, name="results-pdf"),
    path("<slug:slug>/", public.survey, name="survey"),
]
