"""Pages behind the links in our messages."""

from django.urls import path

from ratusz.foundation.notifications.views import public

app_name = "notifications"
urlpatterns = [
    path("", public.ask_link, name="ask-link"),
    path("ustawienia/<str:token>/", public.preferences, name="preferences"),
    path("rezygnacja/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("potwierdzenie/<str:token>/", public.confirm, name="confirm"),
]
