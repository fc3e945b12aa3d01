"""Short addresses of the ballot, the same in every language it speaks: /glosuj/2026/."""

from django.urls import path

from ratusz.participation.voting.views import address_identity, ballot

app_name = "ballot"
urlpatterns = [
    path("to-nie-ja/<str:token>/<str:language>/", ballot.not_me, name="not-me"),
    path("<slug:edition_slug>/", ballot.entrance, name="entrance"),
    path("<slug:edition_slug>/<str:language>/", ballot.start, name="start"),
    path("<slug:edition_slug>/<str:language>/kim-jestem/", address_identity.who, name="who"),
    path("<slug:edition_slug>/<str:language>/kod/", address_identity.code, name="code"),
    path("<slug:edition_slug>/<str:language>/karta/", ballot.ballot, name="ballot"),
    path("<slug:edition_slug>/<str:language>/urna/", ballot.cast, name="cast"),
    path("<slug:edition_slug>/<str:language>/oddany/", ballot.done, name="done"),
    path("<slug:edition_slug>/<str:language>/wyjscie/", ballot.leave, name="leave"),
]
