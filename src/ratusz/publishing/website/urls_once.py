"""Addresses that exist once, in no language: what machines ask for."""

from django.urls import path

from .views import machines, pictures

urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("media/images/<str:name>", pictures.picture, name="picture"),
    path("favicon.ico", machines.favicon, name="favicon"),
]
