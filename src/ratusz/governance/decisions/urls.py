"""Addresses of "You asked, we did": the list, cards, feeds, open data, following, and the page of a city's entity."""

from django.urls import path

from .views import entity, feeds, following, public

app_name = "decisions"
urlpatterns = [
    path("", public.decisions, name="list"),
    path("ustalenia.csv", feeds.open_data, name="csv"),
    path("kanal.<str:form>", feeds.feed, name="feed"),
    path("dowod/<uuid:public_id>/", public.evidence, name="evidence"),
    path("jednostka/<str:token>/", entity.page, name="entity"),
    path("obserwuj/<str:token>/", following.confirm, name="confirm"),
    path("koniec/<str:token>/", following.stop, name="stop"),
    path("<str:slug>/", public.card, name="card"),
    path("<str:slug>/obserwuj/", following.follow, name="follow"),
]
