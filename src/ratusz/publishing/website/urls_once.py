"""Addresses that exist once, in no language: what machines ask for."""

from django.urls import path

from .views import feeds

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("favicon.ico", feeds.favicon, name="favicon"),
]
