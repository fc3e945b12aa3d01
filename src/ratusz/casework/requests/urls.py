"""Addresses of residents' requests."""

from django.urls import path

from .models import Kind
from .views import public

app_name = "requests"
urlpatterns = [
    path("", public.choice, name="requests"),
    path("dostepnosc/", public.make_request, {"kind": Kind.ACCESSIBILITY.value}, name="accessibility"),
    path("skarga-dostepnosc/", public.make_request, {"kind": Kind.COMPLAINT.value}, name="complaint"),
    path("informacja-publiczna/", public.make_request, {"kind": Kind.INFORMATION.value}, name="information"),
    path("przyjete/<str:token>/", public.received, name="received"),
]
