"""Public addresses of the day of a meeting."""

from django.urls import path

from ratusz.casework.meetings.views import questions, screen

urlpatterns = [
    path("<int:pk>/ekran/<path:token>/", screen.screen, name="screen"),
    path("miejsce/<slug:token>/pytania/", questions.questions, name="questions"),
]
