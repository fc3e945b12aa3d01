"""Addresses of remarks for everybody, beside the pages of their consultation."""

from django.urls import path

from .views import following, maps, mine, public, writing

app_name = "remarks"
urlpatterns = [
    path("uwagi/moje/<str:token>/", mine.mine, name="mine"),
    path("uwagi/moje/<str:token>/pokwitowanie.pdf", mine.stub, name="stub"),
    path("uwagi/obserwuj/<str:token>/", following.confirm, name="follow-confirm"),
    path("uwagi/nie-pisz/<str:token>/", following.stop, name="follow-stop"),
    path("<slug:slug>/uwagi/", public.remarks, name="list"),
    path("<slug:slug>/uwagi/mapa/", maps.remarks_on_map, name="map"),
    path("<slug:slug>/uwagi/uwagi.<str:kind>", public.download, name="download"),
    path("<slug:slug>/uwagi/dodaj/<int:form>/", writing.write, name="write"),
    path("<slug:slug>/uwagi/formularz-<int:form>.pdf", public.paper, name="paper"),
    path("<slug:slug>/uwagi/dodaj/<int:form>/uk/", writing.write_in_ukrainian, name="write-uk"),
    path("<slug:slug>/uwagi/<int:number>/", public.remark, name="remark"),
    path("<slug:slug>/uwagi/<int:number>/obserwuj/", following.follow, name="follow"),
]
