"""Addresses of moderation for everybody."""

from django.urls import path

from .views import months, public

app_name = "moderation"
urlpatterns = [
    path("", public.show_rules, name="rules"),
    path("miesiace/", months.tables, name="months"),
    path("miesiace/<str:month>/", months.table, name="month"),
    path("decyzja/<str:token>/", public.statement, name="statement"),
]
