"""The public page on plain language."""

from django.urls import path

from .views import public

app_name = "gates"
urlpatterns = [path("", public.plain_language, name="plain-language")]
