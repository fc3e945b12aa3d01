"""Addresses of surveys for everybody: the list and what each survey is about."""

from django.urls import path

from .views import public

app_name = "surveys"
urlpatterns = [
    path("", public.surveys, name="surveys"),
    path("<slug:slug>/", public.survey, name="survey"),
]
