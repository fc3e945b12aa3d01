"""Addresses of consulted texts for everybody, beside the pages of their consultation."""

from django.urls import path

from ratusz.participation.remarks.views import texts

app_name = "remarks_texts"
urlpatterns = [
    path("<slug:slug>/tekst/<int:pk>/", texts.text, name="text"),
    path("<slug:slug>/tekst/<int:pk>/zmiany/<int:number>/", texts.changes, name="changes"),
]
