"""Assets everywhere; the gallery in the demo and while developing."""

from django.urls import path

from ratusz.ui.views import files

app_name = "ui"
urlpatterns = [path("-/ui/<slug:digest>/<str:name>", files.serve_asset, name="asset")]
