"""Addresses of projects: submitting by a link, and every submitted project with its card."""

from django.urls import path

from ratusz.participation.projects.views import answering, public, writing

app_name = "projects"
urlpatterns = [
    path("<slug:edition_slug>/zglos/", writing.start, name="start"),
    path("<slug:edition_slug>/zglos/podobne/", writing.similar, name="similar"),
    path("<slug:edition_slug>/zglos/<str:token>/", writing.draft, name="draft"),
    path("<slug:edition_slug>/zglos/<str:token>/plik/", writing.attach, name="attach"),
    path("<slug:edition_slug>/zglos/<str:token>/wspolautor/", writing.invite, name="invite"),
    path("<slug:edition_slug>/zglos/<str:token>/potwierdzenie/", writing.receipt, name="receipt"),
    path("<slug:edition_slug>/zaproszenie/<str:token>/", writing.invitation, name="invitation"),
    path("<slug:edition_slug>/odpowiedz/<str:token>/", answering.call, name="call"),
    path("<slug:edition_slug>/odpowiedz/<str:token>/plik/", answering.attach, name="call-attach"),
    path("<slug:edition_slug>/zgloszenia/", public.projects, name="list"),
    path("<slug:edition_slug>/zgloszenia/<slug:project_slug>/", public.card, name="card"),
]
