"""The public page of the city's mark."""

from django.urls import path

from ratusz.publishing.newsroom.views import public

app_name = "newsroom"
urlpatterns = [
    path("", public.brand, name="brand"),
    path("plik/<uuid:public_id>/", public.brand_file, name="brand-file"),
]
