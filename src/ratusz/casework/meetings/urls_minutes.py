"""Addresses of minutes: the published text with its older versions and files, and the page of remarks behind a personal link."""

from django.urls import path

from ratusz.casework.meetings.views import minutes

app_name = "meetings_minutes"
urlpatterns = [
    path("", minutes.published, name="published"),
    path("uwagi/<str:token>/", minutes.review, name="review"),
    path("<slug:number>/", minutes.show, name="minutes"),
    path("<slug:number>/wersja/<int:version>/", minutes.show, name="version"),
    path("<slug:number>/wersja/<int:version>/protokol.pdf", minutes.pdf, name="pdf"),
    path("<slug:number>/wersja/<int:version>/protokol.docx", minutes.docx, name="docx"),
    path("<slug:number>/wersja/<int:version>/tekst.json", minutes.text, name="text"),
]
