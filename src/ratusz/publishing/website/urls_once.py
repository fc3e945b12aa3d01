"""Addresses that exist once, in no language: what machines ask for."""

from django.urls import path

from .views import feeds, pictures

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("media/images/<str:name>", pictures.picture, name="picture"),
    path("favicon.ico", feeds.favicon, name="favicon"),
]
