"""The gallery and the assets alone: what browser tests of ui look at, whatever else the project serves."""

from django.urls import include, path

urlpatterns = [path("", include("ratusz.ui.urls"))]
