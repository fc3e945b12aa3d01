"""Addresses of following by e-mail."""

from django.urls import path

from .views import public

app_name = "following"
urlpatterns = [
    path("", public.follow, name="follow"),
    path("potwierdzenie/<str:token>/", public.confirm, name="confirm"),
    path("moje/<str:token>/", public.mine, name="mine"),
]
