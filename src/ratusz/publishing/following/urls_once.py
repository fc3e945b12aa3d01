"""Addresses that exist once, in no language: what machines and other websites take."""

from django.urls import path

from .views import banner_json

urlpatterns = [
    path("baner.json", banner_json.banner, name="banner"),
]
