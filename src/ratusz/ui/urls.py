"""Assets everywhere; the gallery, whose pages exist in the demo and while developing only."""

from django.urls import path

from ratusz.ui.views import files, gallery

app_name = "ui"
urlpatterns = [
    path("-/ui/<slug:digest>/<str:name>", files.serve_asset, name="asset"),
    path("wzornik/", gallery.show_gallery, name="gallery"),
    path("wzornik/<slug:name>/", gallery.show_sample, name="sample"),
]
