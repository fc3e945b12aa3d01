"""Where somebody without an account reads a text by a link of approval."""

from django.urls import path

from .views import public

app_name = "editing"
urlpatterns = [path("<str:token>/", public.approval, name="approval")]
