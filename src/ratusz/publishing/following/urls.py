"""Addresses of following by e-mail."""

from django.urls import path

from .views import public, things

app_name = "following"
urlpatterns = [
    path("", public.follow, name="follow"),
    path("potwierdzenie/<str:token>/", public.confirm, name="confirm"),
    path("moje/<str:token>/", public.mine, name="mine"),
    path("sprawa/potwierdzenie/<str:token>/", things.confirm, name="thing-confirm"),
    path("sprawa/koniec/<str:token>/", things.stop, name="thing-stop"),
    path("sprawa/<str:kind>/<int:number>/", things.follow, name="thing"),
]
