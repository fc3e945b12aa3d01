"""Addresses of the public log and the results of a vote, under the participatory budget's."""

from django.urls import path

from ratusz.participation.voting.views import log, results

app_name = "voting"
urlpatterns = [
    path("<slug:edition_slug>/glosowanie/", results.page, name="results"),
    path("<slug:edition_slug>/glosowanie/pobierz/<str:file_name>", results.file, name="file"),
    path("<slug:edition_slug>/dziennik-glosowania/", log.page, name="log"),
    path("<slug:edition_slug>/dziennik-glosowania/sumy.atom", log.feed, name="feed"),
    path("<slug:edition_slug>/dziennik-glosowania/wpisy.txt", log.entries, name="entries"),
    path("<slug:edition_slug>/dziennik-glosowania/numery.txt", log.numbers, name="numbers"),
    path("<slug:edition_slug>/dziennik-glosowania/dowod.json", log.proof, name="proof"),
]
