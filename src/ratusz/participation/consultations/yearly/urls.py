"""Addresses of yearly plans."""

from django.urls import path

from ratusz.participation.consultations.yearly import views

app_name = "consultation_plans"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/plan.<str:kind>", views.download, name="download"),
]
