"""Downloads: by account, and by a signed link."""

from django.urls import path

from ratusz.foundation.files.views import public

app_name = "files"
urlpatterns = [
    path("plik/<uuid:public_id>/", public.download, name="download"),
    path("link/<str:token>/", public.by_link, name="by-link"),
]
