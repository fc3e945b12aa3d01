"""Addresses of the intranet's pages."""

from django.urls import path

from ratusz.publishing.intranet.views import directory, notices

app_name = "intranet"
urlpatterns = [
    path("", notices.home, name="home"),
    path("ogloszenia/<int:pk>/", notices.notice, name="notice"),
    path("ogloszenia/<int:pk>/potwierdz/", notices.acknowledge, name="acknowledge"),
    path("ogloszenia/<int:pk>/komentarze/", notices.comment, name="comment"),
    path("komentarze/<int:pk>/usun/", notices.remove_comment, name="remove-comment"),
    path("komentarze/<int:pk>/zglos/", notices.flag_comment, name="flag-comment"),
    path("katalog/", directory.directory, name="directory"),
    path("katalog/<int:pk>/", directory.unit, name="unit"),
]
