"""Addresses of readers' answers; each also works under /en/."""

from django.urls import path

from .views import public

app_name = "ledger"
urlpatterns = [
    path("<int:page_id>/", public.useful, name="useful"),
    path("dziekujemy/<uuid:key>/", public.thanks, name="thanks"),
]
