"""Addresses of debates on the state of the municipality."""

from django.urls import path

from ratusz.participation.initiatives.debates.views import public

app_name = "debates"
urlpatterns = [
    path("", public.register, name="register"),
    path("<int:year>/", public.debate, name="debate"),
    path("<int:year>/formularz.pdf", public.blank, name="blank"),
    path("<int:year>/zgloszenie/", public.file, name="file"),
    path("<int:year>/zgloszenie/<uuid:key>/", public.sent, name="sent"),
]
