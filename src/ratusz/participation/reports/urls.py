"""Addresses of reports: all of them, the newest version of one, each version, its files and its page to print."""

from django.urls import path

from ratusz.participation.reports.views import public

app_name = "reports"
urlpatterns = [
    path("raporty/", public.reports, name="reports"),
    path("raporty/co-sie-zmienilo/", public.changes, name="changes"),
    path("<slug:slug>/raport/", public.report, name="report"),
    path("<slug:slug>/raport/v/<int:number>/", public.report, name="version"),
    path("<slug:slug>/raport/v/<int:number>/uwagi/", public.register_page, name="register"),
    path("<slug:slug>/raport/v/<int:number>/plik/<str:name>", public.file, name="file"),
]
