"""Addresses that exist once, in no language: what machines and other websites take."""

from django.urls import path

from .views import banner_json, cards

urlpatterns = [
    path("karta/<slug:code>/", cards.card, name="card"),
    path("karta/<slug:code>/wstaw/", cards.embed, name="embed-card"),
    path("baner.json", banner_json.banner, name="banner"),
]
