"""The gallery and the assets alone: what browser tests of ui look at, whatever else the project serves."""

from django.urls import include, path

from ratusz.ui.views import gallery

urlpatterns = [
    path("", include("ratusz.ui.urls")),
    path("wzornik/", gallery.show_gallery),
    path("wzornik/<slug:name>/", gallery.show_sample),
]
