"""Addresses where a survey is answered, in each of its languages; short ones for posters."""

from django.urls import path

from .views import answering, doors, drafts, papers

app_name = "answer"
urlpatterns = [
    path("<slug:slug>/", answering.entrance, name="entrance"),
    path("<slug:slug>/papier.pdf", papers.paper, name="paper"),
    path("<slug:slug>/<slug:language>/", answering.start, name="start"),
    path("<slug:slug>/<slug:language>/kod/", doors.door, name="door"),
    path("<slug:slug>/<slug:language>/kiosk/<str:kiosk>/", answering.start, name="kiosk"),
    path("<slug:slug>/<slug:language>/dziekujemy/<str:receipt>/", answering.done, name="done"),
    path("<slug:slug>/<slug:language>/dosc/", answering.enough, name="enough"),
    path("<slug:slug>/<slug:language>/dalej/<str:key>/", drafts.draft, name="draft"),
    path("<slug:slug>/<slug:language>/dalej/<str:key>/<int:number>/", drafts.part, name="part"),
]
