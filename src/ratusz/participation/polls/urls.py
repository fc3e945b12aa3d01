"""Addresses of opinion ballots, beside the pages of their consultation."""

from django.urls import path

from ratusz.participation.polls.views import public

app_name = "polls"
urlpatterns = [
    path("<slug:slug>/opinia/<int:form>/", public.result, name="result"),
    path("<slug:slug>/opinia/<int:form>/wynik.<str:kind>", public.download, name="download"),
    path("<slug:slug>/opinia/<int:form>/karta.pdf", public.paper, name="paper"),
    path("<slug:slug>/opinia/<int:form>/oddaj/", public.vote, name="vote"),
    path("<slug:slug>/opinia/<int:form>/oddaj/uk/", public.vote_in_ukrainian, name="vote-uk"),
]
