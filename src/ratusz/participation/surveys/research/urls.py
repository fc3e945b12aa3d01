"""Addresses of research for everybody: the register, a card with its files and results, a series with its waves."""

from django.urls import path

from ratusz.participation.surveys.research.views import public, series

app_name = "research"
urlpatterns = [
    path("", public.register, name="register"),
    path("rejestr.<str:kind>", public.download, name="download"),
    path("kanal.<str:form>", public.feed, name="feed"),
    path("cykle/<slug:slug>/", series.series, name="series"),
    path("cykle/<slug:slug>/porownanie.<str:kind>", series.download, name="series-file"),
    path("<slug:slug>/", public.card, name="card"),
    path("<slug:slug>/karta.pdf", public.document, name="pdf"),
    path("<slug:slug>/wyniki.<str:kind>", public.results, name="results"),
    path("<slug:slug>/plik/<slug:name>", public.file, name="file"),
]
