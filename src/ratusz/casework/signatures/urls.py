"""Addresses of collections for everybody."""

from django.urls import path

from .views import public

app_name = "signatures"
urlpatterns = [
    path("<uuid:public_id>/", public.collection, name="collection"),
    path("<uuid:public_id>/podpisz/", public.sign, name="sign"),
    path("<uuid:public_id>/arkusz/", public.print_sheets, name="print-sheets"),
    path("<uuid:public_id>/protokol.<str:kind>", public.protocol, name="protocol"),
    path("arkusz/<str:code>/", public.sheet, name="sheet"),
    path("moj/<str:token>/", public.my_signature, name="my-signature"),
]
