"""Addresses of moderation for everybody."""

from django.urls import path

from .views import public

app_name = "moderation"
urlpatterns = [
    path("", public.show_rules, name="rules"),
    path("decyzja/<str:token>/", public.statement, name="statement"),
]
