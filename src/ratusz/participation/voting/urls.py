"""Addresses of the vote, under the participatory budget's: the ballot, the public log, "this was not me"."""

from django.urls import path

from ratusz.participation.voting.views import log

app_name = "voting"
urlpatterns = [
    path("<slug:edition_slug>/dziennik-glosowania/", log.page, name="log"),
    path("<slug:edition_slug>/dziennik-glosowania/sumy.atom", log.feed, name="feed"),
    path("<slug:edition_slug>/dziennik-glosowania/wpisy.txt", log.entries, name="entries"),
    path("<slug:edition_slug>/dziennik-glosowania/dowod.json", log.proof, name="proof"),
]
