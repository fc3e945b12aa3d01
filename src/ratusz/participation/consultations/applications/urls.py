"""Addresses of applications for consultations."""

from django.urls import path

from .views import public

app_name = "consultation_applications"
urlpatterns = [
    path("", public.register, name="register"),
    path("nowy/", public.apply, name="apply"),
    path("wyslany/", public.sent, name="sent"),
    path("formularz.pdf", public.blank, name="blank"),
    path("rejestr.<str:kind>", public.download, name="download"),
    path("moj/<str:token>/", public.mine, name="mine"),
    path("<slug:slug>/", public.application, name="application"),
    path("<slug:slug>/wniosek.pdf", public.paper, name="paper"),
]
